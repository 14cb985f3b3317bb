"""What a patient is told by mail of an appointment: when, where, whom to call; nothing of who or why."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from coordination.accounts.models import Organisation
from coordination.agenda.links import new_link
from coordination.agenda.models import Appointment
from coordination.agenda.rules import is_to_come
from coordination.base import clock
from coordination.patients.models import Patient
from coordination.patients.rules import may_be_mailed, why_not_mailed
from notifications.models import Delivery
from notifications.outbox import enqueue
from notifications.templates import tidy, tidy_phone

BOOKED, MOVED, CANCELLED = "appointment.booked", "appointment.moved", "appointment.cancelled"
TEMPLATES = {BOOKED: "appointment_booked", MOVED: "appointment_moved", CANCELLED: "appointment_cancelled"}
TIME_TO_UNDO = timedelta(seconds=15)
"""A cancellation leaves only when the time to take it back has passed."""


def tell_time(appointment: Appointment) -> None:
    """Mail the time and place: as new, or as changed to a patient who was told another."""
    if patient := _whom_to_tell(appointment):
        _put(appointment, patient, MOVED if knows_of_it(appointment) else BOOKED)


def tell_cancellation(appointment: Appointment) -> None:
    """Mail that it is cancelled, to a patient who was told of it; one who was not will never hear of it."""
    if patient := _whom_to_tell(appointment):
        _put(appointment, patient, CANCELLED)


def tell_again(appointment: Appointment, dropped: Delivery) -> None:
    """Mail to the patient's new address what waited for the old one."""
    if patient := _whom_to_tell(appointment):
        pk, version, *_ = dropped.occurrence.split(":")
        _put(appointment, patient, dropped.what, occurrence=f"{pk}:{version}:{dropped.pk.hex}")


def _whom_to_tell(appointment: Appointment) -> Patient | None:
    """Its patient, when they may be mailed and there is still something to tell."""
    patient = appointment.patient
    return patient if patient and may_be_mailed(patient) and is_to_come(appointment) else None


def place_of(appointment: Appointment) -> Organisation:
    """The site, else the centre: the only place that is named outside."""
    return appointment.site or appointment.organisation


def _put(appointment: Appointment, patient: Patient, what: str, *, occurrence: str = "") -> None:
    values = values_of(appointment)
    if what == CANCELLED:
        del values["adresse"]
    else:
        values["lien"] = new_link(appointment)
    enqueue(
        organisation_id=appointment.organisation_id,
        channel="email",
        what=what,
        occurrence=occurrence or f"{appointment.pk}:{appointment.version}",
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
    """The appointment and the version that an occurrence names; what follows them tells one sending from another."""
    pk, version, *_ = occurrence.split(":")
    found = Appointment.objects.select_related("patient").filter(pk=UUID(pk)).first()
    return found, int(version)


def why_not_time(delivery: Delivery) -> str | None:
    """The reason to drop a mail about a time: it changed, was cancelled, is past, or the patient may not be mailed."""
    appointment, version = find(delivery.occurrence)
    if appointment is None or appointment.status == Appointment.Status.CANCELLED:
        return "the appointment is cancelled"
    if version != appointment.told_version:
        return "the appointment has another time"
    return _why_silent(appointment, delivery)


def why_not_cancellation(delivery: Delivery) -> str | None:
    """The reason to drop a mail about a cancellation: it was taken back, or the patient had been told nothing."""
    appointment, version = find(delivery.occurrence)
    if appointment is None or appointment.status != Appointment.Status.CANCELLED or version != appointment.version:
        return "the appointment is not cancelled any more"
    if not _left(appointment, [BOOKED, MOVED]).exists():
        return "the patient was never told of the appointment"
    return _why_silent(appointment, delivery)


def _why_silent(appointment: Appointment, delivery: Delivery) -> str | None:
    if not is_to_come(appointment):
        return "the appointment has begun"
    return why_not_mailed(appointment.patient, delivery.address)
