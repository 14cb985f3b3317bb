"""What the account routes show, in few queries."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from coordination.accounts.models import Person
from coordination.accounts.schemas import EntriesOut, EntryOut, person_ref
from coordination.audit.models import Entry

PAGE = 100


def access_log(person: Person, *, patient: UUID | None, before: datetime | None) -> EntriesOut:
    """The centre's audit entries, latest first, `PAGE` or a few more at a time; about one patient if told."""
    entries = Entry.objects.filter(organisation_id=person.organisation_id)
    if patient:
        entries = entries.filter(patient_id=patient)
    if before:
        entries = entries.filter(at__lt=before)
    rows, more = _latest(entries)
    actors = Person.objects.in_bulk([row.actor_id for row in rows if row.actor_id])
    return EntriesOut(items=[_entry(row, actors) for row in rows], more=more)


def _latest(entries: QuerySet[Entry]) -> tuple[list[Entry], bool]:
    """The first page, and whether others follow.

    It ends between two instants: those of one instant (a batch has one) are never parted, so that asking for what came
    before the last one loses none.
    """
    rows = list(entries.order_by("-at", "-id")[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, False
    last = rows[PAGE - 1].at
    whole = [row for row in rows if row.at > last] + list(entries.filter(at=last).order_by("-id"))
    return whole, entries.filter(at__lt=last).exists()


def _entry(row: Entry, actors: dict[UUID, Person]) -> EntryOut:
    who = actors.get(row.actor_id) if row.actor_id else None
    return EntryOut(
        id=row.pk,
        at=row.at,
        kind=row.kind,
        who=person_ref(who) if who else None,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
    )


def may_join_inbox(person_id: UUID, stream_ids: Sequence[UUID]) -> dict[UUID, datetime | None]:
    """One's own inbox, until the last membership ends."""
    if person_id not in stream_ids:
        return {}
    person = Person.objects.filter(pk=person_id).first()
    return {person_id: person.may_until()} if person and person.has_access else {}
