"""Telling patients that something is to be arranged: one neutral mail for all of it, one a week at most."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.ids import uuid7
from coordination.base.language import Sentence
from coordination.patients.models import CareTeam, Patient
from coordination.patients.rules import mailable, why_not_mailed
from coordination.protocols.models import Plan, Reminder, Step
from coordination.streams import log as streams
from coordination.tasks.undelivered import ask_to_check_address
from notifications.models import Delivery
from notifications.outbox import enqueue
from notifications.templates import tidy, tidy_phone

WHAT = "plan.reminder"
TEMPLATE = "plan_reminder"
BETWEEN = timedelta(days=7)
NOT_ARRIVED = Sentence(
    fr="Le mail de rappel n’est pas arrivé à {address}. Prévenez le patient autrement et corrigez son adresse.",
    en="The reminder did not arrive at {address}. Tell the patient in another way and correct the address.",
)
LOST = (Delivery.Status.FAILED, Delivery.Status.DROPPED)


def steps_to_tell() -> QuerySet[Step]:
    """The steps that are open, that the patient is told of, and that no mail has covered: sent, or still to be sent."""
    lost = Delivery.objects.filter(pk=OuterRef("delivery_id"), status__in=LOST)
    covering = Reminder.objects.filter(~Exists(lost), steps=OuterRef("pk"))
    open_ = Step.objects.filter(status=Step.Status.DUE, remindable=True, plan__status=Plan.Status.ACTIVE)
    return open_.filter(~Exists(covering))


def patients_to_tell(limit: int) -> list[UUID]:
    """Those who have something to be told and were not written to in the last seven days, in vain or not."""
    recent = Reminder.objects.filter(patient=OuterRef("pk"), created_at__gt=clock.now() - BETWEEN)
    wanted = steps_to_tell().filter(plan__patient=OuterRef("pk"))
    found = mailable().filter(Exists(wanted), ~Exists(recent))
    return list(found.order_by("pk").values_list("pk", flat=True)[:limit])


@action
def remind(patient_id: UUID) -> Reminder | None:
    """Put one mail in the outbox for everything that a patient is to be told; `None` when there is nothing any more.

    The patient's row is held meanwhile, so that two workers never write twice in a week.
    """
    held = mailable().select_for_update(of=("self",), no_key=True).select_related("organisation")
    patient = held.filter(pk=patient_id).first()
    if patient is None or Reminder.objects.filter(patient=patient, created_at__gt=clock.now() - BETWEEN).exists():
        return None
    steps = list(steps_to_tell().filter(plan__patient=patient).select_related("plan"))
    if not steps:
        return None
    reminder = _write(patient, steps)
    audit.record(None, "plan.reminded", reminder, patient=patient.pk, organisation=patient.organisation_id)
    _tell_circles(reminder)
    return reminder


def _tell_circles(reminder: Reminder) -> None:
    for circle in reminder.steps.order_by("plan__care_team").values_list("plan__care_team", flat=True).distinct():
        streams.append(circle, "story.changed", {"what": "mail", "id": str(reminder.pk)}, actor=None)


def _write(patient: Patient, steps: Iterable[Step]) -> Reminder:
    year, week, _ = clock.today(patient.organisation.time_zone).isocalendar()
    reminder = Reminder(id=uuid7(), patient=patient, week=f"{year}-W{week:02}", created_at=clock.now())
    delivery = enqueue(
        organisation_id=patient.organisation_id,
        channel="email",
        what=WHAT,
        occurrence=str(reminder.pk),
        recipient=str(patient.pk),
        address=patient.email,
        language=patient.language,
        template=TEMPLATE,
        values={
            "structure_alias": tidy(patient.organisation.alias),
            "telephone": tidy_phone(patient.organisation.phone),
        },
    )
    reminder.delivery_id = delivery.pk
    reminder.save()
    reminder.steps.set(steps)
    return reminder


def reason_to_drop(delivery: Delivery) -> str | None:
    """Asked again when the mail is about to leave: it may not any more, or not there, or nothing is to do any more."""
    reminder = Reminder.objects.select_related("patient").filter(pk=delivery.occurrence).first()
    if reminder is None:
        return "the reminder no longer exists"
    open_ = Q(status=Step.Status.DUE, plan__status=Plan.Status.ACTIVE)
    if not reminder.steps.filter(open_).exists():
        return "nothing is to be arranged any more"
    return why_not_mailed(reminder.patient, delivery.address)


def follow_mail(sender: type[Delivery], *, delivery: Delivery, **_: Any) -> None:
    """A reminder ended: the story of its circles says how; one that failed is somebody's to look into."""
    if delivery.what != WHAT:
        return
    reminder = Reminder.objects.select_related("patient__organisation").filter(pk=delivery.occurrence).first()
    if reminder is None:
        return
    _tell_circles(reminder)
    if delivery.status == Delivery.Status.FAILED:
        circle = CareTeam.objects.filter(plans__steps__reminders=reminder).order_by("circle").first()
        note = NOT_ARRIVED.say(address=delivery.address)
        ask_to_check_address(delivery, patient=reminder.patient, note=note, care_team=circle)
