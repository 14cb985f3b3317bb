"""What tasks do when something happens below: a team to serve, an emergency to look into, a refusal to honour."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import JSONObject

from coordination.accounts.models import Person, Team
from coordination.base import clock
from coordination.base.language import Sentence
from coordination.patients.models import CareTeamMember, Opposition
from coordination.streams import log as streams
from coordination.streams.models import Event
from coordination.tasks.actions import NewTask, Origin, create_task, open_queue
from coordination.tasks.models import Queue, Task

COORDINATION = "coordination"
SAYING = ("task.created", "task.changed")
"""The events of a queue that say what a task says."""
EMERGENCY = "emergency"
TITLE = Sentence(fr="Vérifier l’accès en urgence de {who}", en="Look into the emergency access of {who}")
NOTE = Sentence(
    fr="Un dossier a été ouvert en urgence le {at:%d/%m/%Y à %H:%M}, jusqu’à {until:%H:%M}. Le journal des accès "
    "dit lequel ; le motif est dans l’histoire du patient.",
    en="A file was opened in an emergency on {at:%Y-%m-%d at %H:%M}, until {until:%H:%M}. The access log says which "
    "one; the reason is in the patient’s story.",
)


def open_its_queue(sender: type[Team], *, team: Team, **_: Any) -> None:
    """A new team has a queue of its own, called as it is."""
    open_queue(team, name=team.name, code=team.code, organisation=team.organisation)


def rename_its_queue(sender: type[Team], *, team: Team, before: str, **_: Any) -> None:
    """The queue that is called as its team goes on being so."""
    Queue.objects.filter(team=team, name=before).update(name=team.name)


def ask_referent(sender: type[CareTeamMember], *, line: CareTeamMember, **_: Any) -> None:
    """A task for whoever answers for security at the centre: it names who opened a file, and nothing of the patient."""
    centre = line.care_team.patient.organisation
    referent = centre.security_referent
    queue = _queue_of(referent, centre.pk)
    if queue is None or line.person is None or line.until is None:
        return
    zone = ZoneInfo(centre.time_zone)
    when = {"at": line.since.astimezone(zone), "until": line.until.astimezone(zone)}
    asked = NewTask(
        queue=queue,
        title=TITLE.say(who=line.person.display_name),
        note=NOTE.say(**when),
        priority=Task.Priority.HIGH,
        due_on=clock.today(centre.time_zone),
        assignee=referent,
        origin=Origin(EMERGENCY, line.pk),
    )
    create_task(asked, by=None)


def _queue_of(referent: Person | None, centre: UUID) -> Queue | None:
    """A queue of the referent's own team, else Coordination."""
    queues = Queue.objects.filter(organisation_id=centre).order_by("name")
    own = queues.filter(team__people=referent).exclude(code=COORDINATION).first() if referent else None
    return own or queues.filter(code=COORDINATION).first()


def withhold(sender: type[Opposition], *, opposition: Opposition, **_: Any) -> None:
    """A patient refuses somebody their file: what the queues have said of them is taken back, and read again by whom
    it is still open to.
    """
    about = Task.objects.filter(patient_id=opposition.patient_id)
    redact(about)
    for task, queue in about.to_do().values_list("pk", "queue_id"):
        streams.append(queue, "task.withheld", {"id": str(task)}, actor=None)


def redact(tasks: QuerySet[Task]) -> None:
    """What was told of these tasks in the queues they have been in becomes their id alone; the numbers stay."""
    centres = tasks.order_by().values("organisation_id")
    told = Event.objects.filter(stream__kind="queue", stream__organisation_id__in=centres, kind__in=SAYING)
    ids = [str(task) for task in tasks.values_list("pk", flat=True)]
    told.filter(data__id__in=ids).update(kind="task.withheld", data=JSONObject(id=KT("data__id")))


def read_again(sender: type[Opposition], *, opposition: Opposition, **_: Any) -> None:
    """A refusal is lifted: the queues' people read the patient's tasks again."""
    about = Task.objects.filter(patient_id=opposition.patient_id).to_do()
    for task, queue in about.values_list("pk", "queue_id"):
        streams.append(queue, "task.withheld", {"id": str(task)}, actor=None)
