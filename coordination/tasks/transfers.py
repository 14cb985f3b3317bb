"""Transferring a follow-up with its open tasks: what would move, and moving it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from coordination.accounts.models import Organisation, Person
from coordination.base.action import action
from coordination.patients.handover import Handover, Tree, hand_over, plan_handover, tree_of
from coordination.patients.models import CareTeam, CareTeamMember
from coordination.tasks.actions import requeue_task
from coordination.tasks.models import Queue, Task

COORDINATION = "coordination"


@dataclass(frozen=True)
class Requeued:
    """A task that changes queue or hands: from which queue to which; the same one when only its holder leaves."""

    task: Task
    to: Queue


@dataclass(frozen=True)
class Moving:
    """What a transfer does: to the circle and to its open tasks."""

    handover: Handover
    tasks: list[Requeued]

    @property
    def gone(self) -> set[UUID]:
        """The people who leave in their own name."""
        return {line.person_id for line in self.handover.leaving if line.person_id}


def plan_transfer(circle: CareTeam, to: Organisation, *, keep: Collection[UUID] = ()) -> Moving:
    """What would happen; a fixed number of queries whatever there is to move."""
    handover = plan_handover(circle, to, keep=keep)
    return Moving(handover, _requeued(circle, to, handover))


@action
def transfer(circle: CareTeam, to: Organisation, *, why: str, keep: Collection[UUID] = (), by: Person) -> Moving:
    """Hand a follow-up over to another entity: its open tasks go to whoever answers there, history stays."""
    moving = Moving(hand_over(circle, to, why=why, keep=keep, by=by), [])
    tasks = _requeued(circle, to, moving.handover)
    for one in tasks:
        requeue_task(one.task, one.to, gone=moving.gone, by=by)
    return Moving(moving.handover, tasks)


def _requeued(circle: CareTeam, to: Organisation, handover: Handover) -> list[Requeued]:
    """The open tasks of the circle that stand in a queue of another entity, or in the hands of somebody who leaves."""
    tree = tree_of(circle.patient.organisation_id)
    queues = list(Queue.objects.filter(organisation_id=circle.patient.organisation_id).select_related("team"))
    there = [queue for queue in queues if tree.serves(queue.team.entity_id, to.pk)]
    kept = _kept_teams(circle, handover.leaving)
    gone = {line.person_id for line in handover.leaving if line.person_id}
    tasks = Task.objects.filter(care_team=circle).to_do().select_related("queue__team").order_by("created_at", "pk")
    found = []
    for task in tasks:
        stays = task.queue.team_id in kept or any(queue.pk == task.queue_id for queue in there)
        queue = task.queue if stays else _queue_for(task, there, tree, to)
        if not stays or gone & {task.assignee_id, task.claimed_by_id}:
            found.append(Requeued(task, queue or task.queue))
    return found


def _kept_teams(circle: CareTeam, leaving: Sequence[CareTeamMember]) -> set[UUID]:
    """The teams that stay in the circle, wherever they work."""
    lines = CareTeamMember.objects.current().filter(care_team=circle, team__isnull=False)
    return set(lines.exclude(pk__in=[line.pk for line in leaving]).values_list("team_id", flat=True))


def _queue_for(task: Task, there: Sequence[Queue], tree: Tree, to: Organisation) -> Queue | None:
    """The destination's queue for the same role, else Coordination; its own before those of the whole centre."""
    own_first = sorted(there, key=lambda queue: (queue.team.entity_id is None, queue.name))
    roles = set(task.queue.team.roles)
    same = (queue for queue in own_first if roles & set(queue.team.roles))
    coordination = (queue for queue in own_first if queue.code == COORDINATION or "coordinateur" in queue.team.roles)
    return next(same, None) or next(coordination, None)
