"""The writes of the agenda: right, rows, audit, events; the database alone decides who was first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg import errors as postgres

from coordination.accounts.models import Organisation, Person
from coordination.accounts.rules import refuse_unless
from coordination.agenda import mails
from coordination.agenda.errors import STATES, AgendaTaken, AppointmentChanged, CannotMove, LinkGone
from coordination.agenda.models import (
    Agenda,
    AnswerLink,
    Appointment,
    AppointmentMove,
    AppointmentType,
    Occupation,
)
from coordination.agenda.rules import is_to_come, may_book
from coordination.agenda.schemas import appointment_payload
from coordination.agenda.signals import appointment_changed
from coordination.agenda.times import wall_time
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import Conflict
from coordination.patients.actions import tell_story
from coordination.patients.models import Patient
from coordination.streams import log as streams
from coordination.streams.actions import open_stream

Status = Appointment.Status
Kind = AppointmentMove.Kind
USUAL_MINUTES = 20


@dataclass(frozen=True)
class Booking:
    """What is asked for; `local_start` is naive, in the time of the place."""

    agendas: Sequence[Agenda]
    local_start: datetime
    minutes: int | None = None
    patient: Patient | None = None
    type: AppointmentType | None = None
    note: str = ""
    task_id: UUID | None = None


@dataclass(frozen=True)
class Change:
    """What becomes different; None stays as it is."""

    agendas: Sequence[Agenda] | None = None
    local_start: datetime | None = None
    minutes: int | None = None
    note: str | None = None


@action
def open_agenda(
    organisation: Organisation,
    *,
    kind: str,
    name: str,
    site: Organisation | None = None,
    person: Person | None = None,
    colour: str = "#0f766e",
) -> Agenda:
    """A new agenda with its two streams, the detailed and the neutral one."""
    agenda = Agenda.objects.create(
        organisation=organisation, kind=kind, name=name, site=site, person=person, colour=colour
    )
    open_stream(agenda.pk, kind="agenda", organisation=organisation.pk)
    open_stream(agenda.neutral_stream_id, kind="agenda_neutral", organisation=organisation.pk)
    audit.record(None, "agenda.opened", agenda, organisation=organisation.pk)
    return agenda


@action
def note_reading(appointment: Appointment, *, by: Person) -> Appointment:
    """Note that someone opened a patient's appointment."""
    if appointment.patient_id:
        audit.record_reading(by, "appointment.read", appointment)
    return appointment


@action
def book(booking: Booking, *, by: Person) -> Appointment:
    """Take the agendas for a time and tell the patient; `AgendaTaken` when one of them is taken."""
    refuse_unless(may_book(by))
    site = _site(booking.agendas)
    usual = booking.type.minutes if booking.type else USUAL_MINUTES
    appointment = Appointment(
        organisation=by.organisation,
        site=site,
        time_zone=(site or by.organisation).time_zone,
        patient=booking.patient,
        type=booking.type,
        note=booking.note,
        task_id=booking.task_id,
        booked_by=by,
    )
    appointment.plan(booking.local_start, booking.minutes or usual)
    appointment.save()
    _occupy(appointment, booking.agendas)
    mails.tell_time(appointment)
    return _done(appointment, Kind.BOOKED, by=by)


@action
def change(appointment: Appointment, wanted: Change, *, version: int, by: Person) -> Appointment:
    """Move, resize, hand over or annotate; a confirmed one that moves is to be confirmed again.

    `AppointmentChanged` when it is not at `version` any more, `AgendaTaken` when the new time is taken.
    """
    refuse_unless(may_book(by))
    appointment = _locked(appointment)
    if appointment.version != version:
        raise AppointmentChanged
    _refuse_cancelled(appointment)
    before = _agendas(appointment)
    agendas = before if wanted.agendas is None else wanted.agendas
    was = _shape(appointment, before)
    _apply(appointment, wanted, agendas)
    _occupy(appointment, agendas)
    changes = audit.changes(was, _shape(appointment, agendas))
    moved = bool(changes.keys() & {"starts_at", "site"})
    _save_change(appointment, moved=moved)
    kind = Kind.MOVED if moved else Kind.CHANGED
    return _done(appointment, kind, by=by, also=before, detail={"changes": changes})


def _shape(appointment: Appointment, agendas: Iterable[Agenda]) -> dict[str, Any]:
    """What of an appointment can change, for the audit."""
    return {
        "starts_at": appointment.starts_at,
        "minutes": appointment.minutes,
        "site": appointment.site,
        "agendas": sorted(agenda.name for agenda in agendas),
        "note": appointment.note,
    }


def _apply(appointment: Appointment, wanted: Change, agendas: Sequence[Agenda]) -> None:
    """Set what is wanted; nothing is saved."""
    appointment.site = _site(agendas)
    appointment.time_zone = (appointment.site or appointment.organisation).time_zone
    appointment.plan(wanted.local_start or appointment.wall_start, wanted.minutes or appointment.minutes)
    appointment.note = appointment.note if wanted.note is None else wanted.note


def _save_change(appointment: Appointment, *, moved: bool) -> None:
    """Save under the next version; the patient is told of another time or place, not of another length or note."""
    appointment.version += 1
    if moved:
        appointment.told_version = appointment.version
        appointment.status = Status.BOOKED
    appointment.save()
    appointment.answer_links.update(expires_at=appointment.ends_at)
    if moved:
        mails.tell_time(appointment)


@action
def confirm(appointment: Appointment, *, by: Person) -> Appointment:
    """Note that the patient has confirmed by other means."""
    refuse_unless(may_book(by))
    return _confirm(_locked(appointment), by=by)


@action
def cancel(appointment: Appointment, *, by: Person) -> Appointment:
    """Give the time back; the patient hears of it if they had heard of the appointment."""
    refuse_unless(may_book(by))
    appointment = _cancel(_locked(appointment), by=by)
    mails.tell_cancellation(appointment)
    return appointment


@action
def restore(appointment: Appointment, *, by: Person) -> Appointment:
    """Take back a cancellation, in the state before it; `AgendaTaken` when the time went to another since."""
    refuse_unless(may_book(by))
    appointment = _locked(appointment)
    if appointment.status != Status.CANCELLED:
        raise CannotMove(state=STATES[appointment.status].say())
    last = appointment.moves.exclude(status=Status.CANCELLED).order_by("-at", "-pk").first()
    _occupy(appointment, _agendas(appointment))
    appointment.move_to(Status(last.status) if last else Status.BOOKED)
    _next_version(appointment)
    if not mails.knows_of_it(appointment):
        appointment.told_version = appointment.version
        appointment.save(update_fields=["told_version"])
        mails.tell_time(appointment)
    return _done(appointment, Kind.RESTORED, by=by)


@action
def answer(link: AnswerLink, *, confirms: bool, version: int) -> Appointment:
    """The patient's own answer through their link: yes, or a cancellation.

    `LinkGone` once it began or was cancelled, `AppointmentChanged` when the page showed another time.
    """
    appointment = _locked(link.appointment)
    if appointment.status == Status.CANCELLED or not is_to_come(appointment):
        raise LinkGone
    if appointment.told_version != version:
        raise AppointmentChanged
    AnswerLink.objects.filter(pk=link.pk).update(answered_at=clock.now())
    if not confirms:
        return _cancel(appointment, by=None)
    return appointment if appointment.status == Status.CONFIRMED else _confirm(appointment, by=None)


def _refuse_cancelled(appointment: Appointment) -> None:
    if appointment.status == Status.CANCELLED:
        raise CannotMove(state=STATES[Status.CANCELLED].say())


def _confirm(appointment: Appointment, *, by: Person | None) -> Appointment:
    _refuse_cancelled(appointment)
    appointment.move_to(Status.CONFIRMED)
    return _done(appointment, Kind.CONFIRMED, by=by)


def _cancel(appointment: Appointment, *, by: Person | None) -> Appointment:
    appointment.move_to(Status.CANCELLED)
    appointment.occupations.update(released=True)
    _next_version(appointment)
    return _done(appointment, Kind.CANCELLED, by=by)


def _next_version(appointment: Appointment) -> None:
    appointment.version += 1
    appointment.save(update_fields=["version", "updated_at"])


def _locked(appointment: Appointment) -> Appointment:
    """The appointment as it stands, held until the end of the action."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("organisation", "site", "patient")
    return rows.get(pk=appointment.pk)


def _agendas(appointment: Appointment) -> list[Agenda]:
    return list(Agenda.objects.select_related("site").filter(occupations__appointment=appointment).order_by("pk"))


def _site(agendas: Sequence[Agenda]) -> Organisation | None:
    """Where it is: the room's site before the person's."""
    ordered = sorted(agendas, key=lambda agenda: agenda.kind != Agenda.Kind.ROOM)
    return next((agenda.site for agenda in ordered if agenda.site), None)


def _occupy(appointment: Appointment, agendas: Sequence[Agenda]) -> None:
    """Take the agendas for the appointment's time, and no others.

    The agendas are locked in the order of their ids: two bookings that each met the other's row in the exclusion
    constraint would deadlock. The constraint itself is what decides.
    """
    ids = [agenda.pk for agenda in agendas]
    list(Agenda.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    during = (appointment.starts_at, appointment.ends_at)
    try:
        with transaction.atomic():
            appointment.occupations.all().delete()
            Occupation.objects.bulk_create(
                Occupation(appointment=appointment, agenda=agenda, during=during) for agenda in agendas
            )
    except IntegrityError as error:
        if not isinstance(error.__cause__, postgres.ExclusionViolation):
            raise
        raise _taken(appointment, agendas) from error


def _taken(appointment: Appointment, agendas: Sequence[Agenda]) -> Conflict:
    """The refusal that names the first appointment in the way."""
    during = (appointment.starts_at, appointment.ends_at)
    others = Occupation.objects.taken().filter(agenda__in=agendas, during__overlap=during)
    first = others.exclude(appointment=appointment).select_related("agenda").order_by("during").first()
    if first is None:
        return Conflict()
    blocking = Appointment.objects.shown().get(pk=first.appointment_id)
    return AgendaTaken(
        blocking=appointment_payload(blocking),
        who=first.agenda.name,
        start=blocking.wall_start.strftime("%H:%M"),
        end=wall_time(blocking.ends_at, blocking.time_zone).strftime("%H:%M"),
        whom=f" ({blocking.patient.name})" if blocking.patient else "",
    )


def _done(
    appointment: Appointment,
    kind: AppointmentMove.Kind,
    *,
    by: Person | None,
    also: Iterable[Agenda] = (),
    detail: dict[str, Any] | None = None,
) -> Appointment:
    """The end of every write: the line of its life, audit, events, the patient's story, the signal."""
    shown = Appointment.objects.shown().get(pk=appointment.pk)
    shown.moves.create(kind=kind, status=shown.status, starts_at=shown.starts_at, by=by)
    audit.record(by, f"appointment.{kind}", shown, organisation=shown.organisation_id, detail=detail)
    actor = by.pk if by else None
    _tell_agendas(shown, also, actor=actor)
    if shown.patient_id:
        tell_story(shown.patient_id, "appointment", shown.pk, actor)
    appointment_changed.send(Appointment, appointment=shown, kind=kind, by=by)
    return shown


def _tell_agendas(appointment: Appointment, also: Iterable[Agenda], *, actor: UUID | None) -> None:
    """To each agenda it is in, and to those it left: the detail, and on the neutral stream busy or free."""
    payload = appointment_payload(appointment)
    now_in = {occupation.agenda_id for occupation in appointment.occupations.all() if not occupation.released}
    everywhere = {agenda.pk for agenda in also} | {o.agenda_id for o in appointment.occupations.all()}
    for agenda in Agenda.objects.filter(pk__in=everywhere):
        streams.append(agenda.pk, "appointment.changed", payload, actor=actor)
        busy = {
            "id": str(appointment.pk),
            "starts_at": payload["starts_at"],
            "ends_at": payload["ends_at"],
            "busy": agenda.pk in now_in,
        }
        streams.append(agenda.neutral_stream_id, "busy.changed", busy, actor=actor)
