"""What a mail that never arrived asks of people: to check the patient's address."""

from coordination.base import clock
from coordination.base.action import action
from coordination.base.language import Sentence
from coordination.patients.models import CareTeam, Patient
from coordination.tasks.actions import NewTask, Origin, create_task
from coordination.tasks.models import Queue, Task
from notifications.models import Delivery

ORIGIN = "delivery"
QUEUES = ("secretariat", "coordination")
"""Whose work it is, by the code of the queue; the first that the centre has."""
TITLE = Sentence(fr="Mail non remis : vérifier l’adresse", en="Mail not delivered: check the address")


@action
def ask_to_check_address(
    delivery: Delivery, *, patient: Patient, note: str, care_team: CareTeam | None = None
) -> Task | None:
    """One task for a mail that failed for good, however often it is told; None when the centre has no such queue."""
    known = Task.objects.filter(origin_kind=ORIGIN, origin_id=delivery.pk).first()
    queue = _queue(patient)
    if known or queue is None:
        return known
    asked = NewTask(
        queue=queue,
        title=TITLE.say(),
        patient=patient,
        care_team=care_team,
        note=note,
        due_on=clock.today(patient.organisation.time_zone),
        origin=Origin(ORIGIN, delivery.pk),
    )
    return create_task(asked, by=None)


def _queue(patient: Patient) -> Queue | None:
    found = Queue.objects.filter(organisation=patient.organisation_id, code__in=QUEUES)
    return min(found, key=lambda queue: QUEUES.index(queue.code), default=None)
