"""What can be refused about a task."""

from coordination.base.errors import Conflict
from coordination.base.language import Sentence


class CannotMove(Conflict):
    """The task is in a state from which this move is not allowed."""

    code = "task_cannot_move"
    sentence = Sentence(
        fr="Cette tâche a changé d’état entre-temps. La liste vient d’être mise à jour.",
        en="This task changed state in the meantime. The list has just been refreshed.",
    )


class AlreadyClaimed(Conflict):
    """Somebody else was faster."""

    code = "task_already_claimed"
    sentence = Sentence(fr="{who} a déjà pris cette tâche.", en="{who} has already claimed this task.")


class Closed(Conflict):
    """The task is done or cancelled: its lines and its details are settled."""

    code = "task_closed"
    sentence = Sentence(
        fr="Cette tâche est close. Rouvrez-la pour la modifier.", en="This task is closed. Reopen it to change it."
    )
