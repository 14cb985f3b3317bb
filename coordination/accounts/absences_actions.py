"""The writes of absences: who is away, who takes over, and telling them when it begins and ends."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from coordination.accounts.access_news import tell_access
from coordination.accounts.actions import raise_epoch
from coordination.accounts.directory_errors import AbsenceOverlaps, BadPeriod, CannotStandIn, CirclesApart, OwnAccess
from coordination.accounts.models import Absence, AbsenceQuerySet, Person
from coordination.accounts.professions import may_replace
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action

TOGETHER = 500


@action
def declare_absence(
    person: Person, *, starts_at: datetime, ends_at: datetime, delegate: Person | None, reason: str = "", by: Person
) -> Absence:
    """Somebody is away, from now or later; meanwhile the delegate works their queues, teams and circles.

    One's own, or anybody's for the administrator, who does not take over themselves.
    """
    refuse_unless(by.pk == person.pk or by.may(Right.DIRECTORY_MANAGE))
    refuse_unless(ends_at > starts_at and ends_at > clock.now(), BadPeriod())
    _refuse_delegate(person, delegate, by)
    # one absence at a time: two declared at one moment wait for each other here
    Person.objects.filter(pk=person.pk).select_for_update(no_key=True).get()
    meeting = Absence.objects.filter(person=person, starts_at__lt=ends_at, ends_at__gt=starts_at)
    refuse_unless(not meeting.exists(), AbsenceOverlaps(name=person.display_name))
    absence = Absence.objects.create(
        person=person, delegate=delegate, starts_at=starts_at, ends_at=ends_at, reason=reason
    )
    audit.record(by, "absence.added", absence, detail=_said(absence))
    _begin(Absence.objects.filter(pk=absence.pk).in_force(), by=by)
    return absence


def _refuse_delegate(person: Person, delegate: Person | None, by: Person) -> None:
    if delegate is None:
        return
    fits = delegate.pk != person.pk and not delegate.is_service and delegate.organisation_id == person.organisation_id
    refuse_unless(fits and delegate.has_access, CannotStandIn(name=delegate.display_name))
    refuse_unless(may_replace(delegate.profession, person.profession), CirclesApart(name=delegate.display_name))
    refuse_unless(delegate.pk != by.pk, OwnAccess())


def _said(absence: Absence) -> dict[str, str | None]:
    return {
        "person": str(absence.person_id),
        "delegate": str(absence.delegate_id) if absence.delegate_id else None,
        "from": absence.starts_at.isoformat(),
        "until": absence.ends_at.isoformat(),
    }


@action
def end_absence(absence: Absence, *, by: Person) -> None:
    """End an absence now, or withdraw one that has not begun; whoever stood in is out within seconds."""
    refuse_unless(by.pk == absence.person_id or by.may(Right.DIRECTORY_MANAGE))
    absence.refresh_from_db(from_queryset=Absence.objects.select_for_update())
    now = clock.now()
    refuse_unless(absence.ends_at > now, BadPeriod())
    if absence.starts_at >= now:
        audit.record(by, "absence.withdrawn", absence, detail=_said(absence))
        absence.delete()
        return
    absence.ends_at = absence.ended_at = now
    absence.save(update_fields=["ends_at", "ended_at"])
    raise_epoch(_concerned([absence]))
    tell_access(_concerned([absence]), by=by)
    audit.record(by, "absence.ended", absence, detail=_said(absence))


@action
def tell_absences() -> int:
    """Tell those concerned of the absences that have begun or ended; how many. Rights follow the clock, not this."""
    begun = _begin(Absence.objects.in_force().filter(begun_at=None), by=None)
    now = clock.now()
    ended = list(
        Absence.objects.filter(ends_at__lte=now, ended_at=None, begun_at__isnull=False)
        .select_related("person")
        .select_for_update(of=("self",), skip_locked=True)[:TOGETHER]
    )
    Absence.objects.filter(pk__in=[one.pk for one in ended]).update(ended_at=now)
    for absence in ended:
        _note("absence.ended", absence)
    raise_epoch(_concerned(ended))
    tell_access(_concerned(ended), by=None)
    return begun + len(ended)


def _begin(beginning: AbsenceQuerySet, *, by: Person | None) -> int:
    """Tell of absences that are in force and were not told of yet."""
    rows = list(beginning.select_related("person").select_for_update(of=("self",), skip_locked=True)[:TOGETHER])
    Absence.objects.filter(pk__in=[one.pk for one in rows]).update(begun_at=clock.now())
    for absence in rows:
        _note("absence.began", absence)
    tell_access(_concerned(rows), by=by)
    return len(rows)


def _note(kind: str, absence: Absence) -> None:
    audit.record(None, kind, absence, organisation=absence.person.organisation_id, detail=_said(absence))


def _concerned(absences: Iterable[Absence]) -> set[UUID]:
    """Those who are away and those who take over."""
    return {who for one in absences for who in (one.person_id, one.delegate_id) if who}
