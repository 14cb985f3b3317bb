"""What a patient is told by mail of an appointment: when, where, whom to call; nothing of who or why."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from coordination.accounts.models import Organisation
from coordination.agenda.links import new_link
from coordination.agenda.models import Appointment
from coordination.agenda.rules import is_to_come, may_be_mailed
from coordination.base import clock
from notifications.models import Delivery
from notifications.outbox import enqueue
from notifications.templates import tidy, tidy_phone

BOOKED, MOVED, CANCELLED = "appointment.booked", "appointment.moved", "appointment.cancelled"
TEMPLATES = {BOOKED: "appointment_booked", MOVED: "appointment_moved", CANCELLED: "appointment_cancelled"}
TIME_TO_UNDO = timedelta(seconds=15)
"""A cancellation leaves only when the time to take it back has passed."""


def tell_time(appointment: Appointment) -> None:
    """Mail the time and place: as new, or as changed to a patient who was told another."""
    if may_be_mailed(appointment.patient) and is_to_come(appointment):
        _put(appointment, MOVED if knows_of_it(appointment) else BOOKED)


def tell_cancellation(appointment: Appointment) -> None:
    """Mail that it is cancelled, to a patient who was told of it; one who was not will never hear of it."""
    if may_be_mailed(appointment.patient) and is_to_come(appointment):
        _put(appointment, CANCELLED)


def place_of(appointment: Appointment) -> Organisation:
    """The site, else the centre: the only place that is named outside."""
    return appointment.site or appointment.organisation


def _put(appointment: Appointment, what: str) -> None:
    patient = appointment.patient
    assert patient is not None  # noqa: S101 – `may_be_mailed` has said so
    values = values_of(appointment)
    if what == CANCELLED:
        del values["adresse"]
    else:
        values["lien"] = new_link(appointment)
    enqueue(
        organisation_id=appointment.organisation_id,
        channel="email",
        what=what,
        occurrence=f"{appointment.pk}:{appointment.version}",
        recipient=str(patient.pk),
        address=patient.email,
        language=patient.language,
        template=TEMPLATES[what],
        values=values,
        due_at=clock.now() + TIME_TO_UNDO if what == CANCELLED else None,
    )


def values_of(appointment: Appointment) -> dict[str, str]:
    """Everything that may be said of an appointment outside the centre (rules §5.6)."""
    place = place_of(appointment)
    phone = place.phone or appointment.organisation.phone
    return {
        "structure_alias": tidy(appointment.organisation.alias) or "Liaison",
        "date": appointment.wall_start.date().isoformat(),
        "heure": appointment.wall_start.strftime("%H:%M"),
        "adresse": tidy(", ".join(filter(None, [place.alias, place.address]))),
        "telephone": tidy_phone(phone),
    }


def knows_of_it(appointment: Appointment) -> bool:
    """Whether the patient counts on it: the last mail that left, or is leaving, gave a time and was no cancellation."""
    last = _left(appointment, TEMPLATES).order_by("created_at").last()
    return last is not None and last.what != CANCELLED


def _left(appointment: Appointment, kinds: Iterable[str]) -> QuerySet[Delivery]:
    """The mails of these kinds about it that have left, or are leaving at this moment."""
    leaving = [Delivery.Status.SENT, Delivery.Status.CLAIMED]
    return Delivery.objects.filter(
        what__in=kinds, occurrence__startswith=f"{appointment.pk}:", channel="email", status__in=leaving
    )


def find(occurrence: str) -> tuple[Appointment | None, int]:
    """The appointment and the version that an occurrence names."""
    pk, _, version = occurrence.partition(":")
    found = Appointment.objects.select_related("patient").filter(pk=UUID(pk)).first()
    return found, int(version)


def why_not_time(occurrence: str) -> str | None:
    """The reason to drop a mail about a time: it changed, was cancelled, is past, or the patient may not be mailed."""
    appointment, version = find(occurrence)
    if appointment is None or appointment.status == Appointment.Status.CANCELLED:
        return "the appointment is cancelled"
    if version != appointment.told_version:
        return "the appointment has another time"
    return _why_silent(appointment)


def why_not_cancellation(occurrence: str) -> str | None:
    """The reason to drop a mail about a cancellation: it was taken back, or the patient had been told nothing."""
    appointment, version = find(occurrence)
    if appointment is None or appointment.status != Appointment.Status.CANCELLED or version != appointment.version:
        return "the appointment is not cancelled any more"
    if not _left(appointment, [BOOKED, MOVED]).exists():
        return "the patient was never told of the appointment"
    return _why_silent(appointment)


def _why_silent(appointment: Appointment) -> str | None:
    if not may_be_mailed(appointment.patient):
        return "the patient may not be mailed"
    return None if is_to_come(appointment) else "the appointment has begun"
