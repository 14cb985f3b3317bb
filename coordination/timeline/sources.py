"""What a story is made of: one reader per kind, each a fixed number of queries, latest first, before a place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Substr

from coordination.accounts.models import Person
from coordination.accounts.schemas import PersonRef, person_ref
from coordination.agenda.models import Appointment
from coordination.patients.models import Basis, CareTeamMember, Patient, Transfer
from coordination.protocols.models import Reminder, Step, StepMove
from coordination.tasks.models import Task
from coordination.timeline.cursor import Cursor
from coordination.timeline.schemas import LinkOut, StoryEntry
from messaging.models import Message
from notifications.models import Delivery

M = TypeVar("M", bound=Model)

EXCERPT = 280


@dataclass(frozen=True)
class Asked:
    """Whose story, for whom, before which place, how much of it."""

    person: Person
    patient: Patient
    before: Cursor | None
    limit: int


Source = Callable[[Asked], list[StoryEntry]]


def messages(asked: Asked) -> list[StoryEntry]:
    """What was written in the conversations about the patient that the asker may read."""
    found = Message.objects.visible_to(asked.person).filter(conversation__patient=asked.patient)
    return [
        StoryEntry(
            kind="message",
            id=message.pk,
            at=message.at,
            title="",
            text=message.body[:EXCERPT],
            who=_who(message.author),
            status="posted",
            link=LinkOut(conversation=message.conversation_id, ordinal=message.ordinal, message=message.pk),
        )
        for message in _page(found.select_related("author"), asked, "message", "at")
    ]


def tasks(asked: Asked) -> list[StoryEntry]:
    """The tasks about the patient, at the moment they were made, as they stand now."""
    found = Task.objects.visible_to(asked.person).filter(patient=asked.patient)
    return [
        StoryEntry(
            kind="task",
            id=task.pk,
            at=task.created_at,
            title=task.title,
            text=task.note[:EXCERPT] or None,
            who=_who(task.done_by or task.claimed_by or task.created_by),
            status=task.status,
            on=task.due_on,
            link=LinkOut(
                task=task.pk,
                queue=task.queue_id,
                message=task.origin_id if task.origin_kind == "message" else None,
                plan=task.origin_id if task.origin_kind == "plan" else None,
            ),
        )
        for task in _page(found.select_related("done_by", "claimed_by", "created_by"), asked, "task", "created_at")
    ]


def appointments(asked: Asked) -> list[StoryEntry]:
    """The appointments of the patient that the asker's agendas hold, at the moment they were booked."""
    found = Appointment.objects.visible_to(asked.person).filter(patient=asked.patient)
    return [
        StoryEntry(
            kind="appointment",
            id=appointment.pk,
            at=appointment.created_at,
            title=appointment.type.name if appointment.type else "",
            who=_who(appointment.booked_by),
            status=appointment.status,
            on=appointment.wall_start.date(),
            local_start=appointment.wall_start.isoformat(timespec="minutes"),
            link=LinkOut(appointment=appointment.pk, task=appointment.task_id),
        )
        for appointment in _page(found.select_related("type", "booked_by"), asked, "appointment", "created_at")
    ]


def mails(asked: Asked) -> list[StoryEntry]:
    """What was written to the patient of something that the asker sees: never its text, which says nothing anyway."""
    found = Delivery.objects.filter(recipient=str(asked.patient.pk))
    found = found.filter(Q(pk__in=_reminders(asked)) | Exists(_appointment(asked)))
    return [
        StoryEntry(
            kind="mail",
            id=delivery.pk,
            at=delivery.created_at,
            title=delivery.what,
            who=None,
            status=delivery.status,
            link=LinkOut(),
        )
        for delivery in _page(found, asked, "mail", "created_at")
    ]


def steps(asked: Asked) -> list[StoryEntry]:
    """The steps of plans that were done or skipped, at that moment."""
    over = StepMove.objects.filter(
        step__in=Step.objects.visible_to(asked.person).filter(plan__patient=asked.patient),
        status__in=Step.OVER,
        status=F("step__status"),
    )
    return [
        StoryEntry(
            kind="step",
            id=move.pk,
            at=move.at,
            title=move.step.title,
            text=move.why or None,
            who=_who(move.by),
            status=move.status,
            on=move.step.done_on or move.step.due_on,
            link=LinkOut(plan=move.step.plan_id, task=move.step.task_id),
        )
        for move in _page(over.select_related("step", "by"), asked, "step", "at")
    ]


def emergencies(asked: Asked) -> list[StoryEntry]:
    """When a circle that the asker sees was opened in an emergency, by whom and why."""
    found = CareTeamMember.objects.visible_to(asked.person).filter(
        basis=Basis.EMERGENCY, care_team__patient=asked.patient
    )
    return [
        StoryEntry(
            kind="emergency",
            id=line.pk,
            at=line.since,
            title="",
            text=line.why,
            who=_who(line.person),
            status="opened",
            link=LinkOut(),
        )
        for line in _page(found.select_related("person"), asked, "emergency", "since")
    ]


def transfers(asked: Asked) -> list[StoryEntry]:
    """When the follow-up went to another entity; `title` is its name, or the centre's."""
    found = Transfer.objects.visible_to(asked.person).filter(care_team__patient=asked.patient)
    return [
        StoryEntry(
            kind="transfer",
            id=transfer.pk,
            at=transfer.at,
            title=(transfer.to_entity or asked.patient.organisation).name,
            text=transfer.why,
            who=_who(transfer.by),
            status="done",
            link=LinkOut(),
        )
        for transfer in _page(found.select_related("to_entity", "by"), asked, "transfer", "at")
    ]


SOURCES: dict[str, Source] = {
    "message": messages,
    "task": tasks,
    "appointment": appointments,
    "mail": mails,
    "step": steps,
    "emergency": emergencies,
    "transfer": transfers,
}


def _page(rows: QuerySet[M], asked: Asked, kind: str, at: str) -> list[M]:
    """The latest rows of a kind before the place, as many as a page can need."""
    if place := asked.before:
        earlier = Q(**{f"{at}__lt": place.at})
        if kind < place.kind:
            earlier = Q(**{f"{at}__lte": place.at})
        elif kind == place.kind:
            earlier |= Q(**{at: place.at, "pk__lt": place.id})
        rows = rows.filter(earlier)
    return list(rows.order_by(f"-{at}", "-pk")[: asked.limit + 1])


def _reminders(asked: Asked) -> QuerySet[Reminder, UUID]:
    """The mails that told of a step the asker sees."""
    told = Reminder.objects.filter(patient=asked.patient, steps__in=Step.objects.visible_to(asked.person))
    return told.values_list("delivery_id", flat=True)


def _appointment(asked: Asked) -> QuerySet[Appointment]:
    """The appointment that a mail is about, when the asker sees it; an occurrence begins with its id."""
    found = Appointment.objects.visible_to(asked.person).filter(patient=asked.patient)
    return found.annotate(key=Cast("pk", CharField())).filter(key=Substr(OuterRef("occurrence"), 1, 36))


def _who(person: Person | None) -> PersonRef | None:
    return person_ref(person) if person else None
