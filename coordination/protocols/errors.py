"""What can be refused about protocols, plans and steps."""

from coordination.base.errors import Conflict
from coordination.base.language import Sentence


class AlreadyEnrolled(Conflict):
    """The patient follows this protocol already."""

    code = "plan_already_active"
    sentence = Sentence(fr="Ce patient suit déjà ce protocole.", en="This patient already follows this protocol.")


class PlanEnded(Conflict):
    """The plan has ended: its steps are settled."""

    code = "plan_ended"
    sentence = Sentence(fr="Ce suivi est terminé.", en="This plan has ended.")


class StepSettled(Conflict):
    """The step is done, skipped or no longer proposed."""

    code = "step_settled"
    sentence = Sentence(
        fr="Cette étape a changé d’état entre-temps. Le suivi vient d’être mis à jour.",
        en="This step changed state in the meantime. The plan has just been refreshed.",
    )


class StepFollowed(Conflict):
    """A later occurrence of the step is settled: going back would rewrite what followed from it."""

    code = "step_followed"
    sentence = Sentence(
        fr="L’étape suivante de la même série est déjà faite : celle-ci ne peut plus être rouverte.",
        en="The next step of the same series is already settled: this one can no longer be reopened.",
    )


class NoCoordination(Conflict):
    """The centre has no queue to which a role that nobody answers for could go."""

    code = "no_coordination_queue"
    sentence = Sentence(
        fr="Le centre n’a pas de file « Coordination » où envoyer les étapes à orienter.",
        en="The centre has no “Coordination” queue for the steps nobody answers for.",
    )


class OtherText(Exception):
    """A version that is already loaded was given with another text: a version is never rewritten."""
