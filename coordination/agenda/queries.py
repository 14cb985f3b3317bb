"""Reading agendas and appointments, in few queries."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, IntegerField, QuerySet, When

from coordination.accounts.models import Absence, Person
from coordination.accounts.rights import Right
from coordination.agenda.models import Agenda, Appointment, AppointmentType, Occupation
from coordination.agenda.slots import DAYS_AHEAD
from coordination.agenda.times import Span
from coordination.base.errors import NotFound


def agendas_of(person: Person) -> QuerySet[Agenda]:
    """The columns a person sees: people in French order, then rooms and equipment."""
    seen = Agenda.objects.visible_to(person).select_related("person", "site")
    kinds = [Agenda.Kind.PERSON, Agenda.Kind.ROOM, Agenda.Kind.EQUIPMENT]
    rank = Case(*(When(kind=kind, then=place) for place, kind in enumerate(kinds)), output_field=IntegerField())
    return seen.order_by(rank, "person__sort_key", "name", "pk")


def types_of(person: Person) -> QuerySet[AppointmentType]:
    """The centre's kinds of appointment."""
    return AppointmentType.objects.visible_to(person).order_by("name")


def agendas_or_404(person: Person, ids: Collection[UUID]) -> list[Agenda]:
    """These agendas, in the order of their ids; `NotFound` when one of them is not theirs to see."""
    found = list(Agenda.objects.visible_to(person).select_related("site").filter(pk__in=set(ids)).order_by("pk"))
    if len(found) != len(set(ids)):
        raise NotFound
    return found


def days(first: date, last: date, zone: str) -> Span:
    """From the midnight that begins the first day to the one that ends the last, in a zone."""
    begin = datetime.combine(first, time(), ZoneInfo(zone))
    end = datetime.combine(last + timedelta(days=1), time(), ZoneInfo(zone))
    return Span(begin.astimezone(UTC), end.astimezone(UTC))


def appointments_in(agendas: Collection[UUID], span: Span, *, cancelled: bool = False) -> QuerySet[Appointment]:
    """The appointments that take some of the span in one of the agendas, in order; the cancelled only if told."""
    inside = Occupation.objects.filter(agenda__in=agendas, during__overlap=(span.start, span.end))
    found = Appointment.objects.filter(pk__in=(inside if cancelled else inside.taken()).values("appointment_id"))
    return found.shown().order_by("starts_at", "pk")


def taken_spans(agendas: Sequence[Agenda], after: datetime) -> list[Span]:
    """When one of the agendas is taken or its person away, from an instant to as far as slots are looked for."""
    until = after + timedelta(days=DAYS_AHEAD + 1)
    occupied = Occupation.objects.taken().filter(agenda__in=agendas, during__overlap=(after, until))
    spans = [Span(during.lower, during.upper) for during in occupied.values_list("during", flat=True)]
    people = [agenda.person_id for agenda in agendas if agenda.person_id]
    away = Absence.objects.filter(person__in=people, starts_at__lt=until, ends_at__gt=after)
    return spans + [Span(start, end) for start, end in away.values_list("starts_at", "ends_at")]


def may_join_agendas(person_id: UUID, streams: Sequence[UUID]) -> dict[UUID, datetime | None]:
    """The agendas a person sees in detail, until the right ends."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not person.has_access:
        return {}
    until = _end_of_sight(person)
    seen = Agenda.objects.visible_to(person).filter(pk__in=streams).values_list("pk", "person_id")
    return {pk: person.may_until() if owner == person_id else until for pk, owner in seen}


def may_join_neutral(person_id: UUID, streams: Sequence[UUID]) -> dict[UUID, datetime | None]:
    """When the agendas of one's centre are busy: everybody who works there."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not person.has_access:
        return {}
    centre = Agenda.objects.filter(organisation_id=person.organisation_id, neutral_stream_id__in=streams)
    return dict.fromkeys(centre.values_list("neutral_stream_id", flat=True), person.may_until())


def _end_of_sight(person: Person) -> datetime | None:
    """The first of the ends of the two rights that show the centre's agendas."""
    ends = [person.may_until(right) for right in (Right.AGENDA_SEE, Right.PATIENT_IDENTIFY)]
    return min((end for end in ends if end), default=None)
