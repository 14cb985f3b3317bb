"""Sealing what was recorded, and checking that nothing sealed has changed since.

A seal covers some entries: it keeps their ids in order, the digest of their contents, and the hash of the seal before
it. Entries wait in `Pending`, where the database puts them, so none is missed however late its transaction commits.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from coordination.audit.models import Entry, Pending, Seal
from coordination.base import clock

MOST = 2000
AT_ONCE = 100
"""How many seals are checked together."""
FIRST = ""
CLOSED = "audit.closed"
"""The kind of the entry behind which older ones have left; see `retention`."""


@dataclass(frozen=True)
class Misfit:
    """The first thing that does not fit, in words for whoever runs the server."""

    organisation: UUID | None
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} (organisation {self.organisation})"


def seal_pending() -> int:
    """Seal what waits, one seal per organisation; how many entries were covered."""
    return sum(seal(organisation) for organisation in _waiting())


def _waiting() -> list[UUID | None]:
    return list(Pending.objects.order_by().values_list("organisation_id", flat=True).distinct())


@transaction.atomic
def seal(organisation: UUID | None) -> int:
    """Append one seal over what waits in an organisation; 0 when another process is at it, or nothing waits."""
    if not _take_turn(organisation):
        return 0
    waiting = Pending.objects.filter(organisation_id=organisation).values_list("entry_id", flat=True)[:MOST]
    entries = list(Entry.objects.filter(pk__in=list(waiting)).order_by("at", "pk"))
    if not entries:
        return 0
    last = Seal.objects.filter(organisation_id=organisation).order_by("-number").first()
    Seal.objects.create(
        organisation_id=organisation,
        number=last.number + 1 if last else 1,
        at=clock.now(),
        entries=[str(entry.pk) for entry in entries],
        digest=digest(entries),
        previous=seal_hash(last) if last else FIRST,
    )
    Pending.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return len(entries)


def _take_turn(organisation: UUID | None) -> bool:
    """Be the only sealer of an organisation until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"audit.seal {organisation}"])
        return bool(cursor.fetchone()[0])


def digest(entries: Sequence[Entry]) -> str:
    """SHA-256 over the contents of entries, in order."""
    whole = hashlib.sha256()
    for entry in entries:
        whole.update(orjson.dumps(_contents(entry), option=orjson.OPT_SORT_KEYS))
    return whole.hexdigest()


def _contents(entry: Entry) -> list[object]:
    return [
        entry.pk,
        entry.organisation_id,
        entry.at,
        entry.actor_id,
        entry.on_behalf_of_id,
        entry.kind,
        entry.subject_kind,
        entry.subject_id,
        entry.patient_id,
        entry.detail,
        entry.address,
    ]


def seal_hash(seal: Seal) -> str:
    """SHA-256 of everything a seal says; the next one keeps it."""
    said = [seal.organisation_id, seal.number, seal.at, seal.entries, seal.digest, seal.previous]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def verify() -> Misfit | None:
    """Walk every chain and every entry; the first thing that does not fit, or None."""
    for organisation in organisations():
        if misfit := next(_misfits(organisation), None):
            return misfit
    return _sealed_twice() or _uncovered()


def organisations() -> list[UUID | None]:
    """Those that have a chain; None is what belongs to no organisation."""
    return list(Seal.objects.order_by().values_list("organisation_id", flat=True).distinct())


def _misfits(organisation: UUID | None) -> Iterator[Misfit]:
    """Seal after seal: its place in the chain first, then what it covers."""
    before: Seal | None = None
    for seals in _batches(organisation):
        by_id = {str(one.pk): one for one in Entry.objects.filter(pk__in=[pk for one in seals for pk in one.entries])}
        for one in seals:
            yield from _chain_misfits(before, one)
            yield from (Misfit(organisation, f"seal {one.number}", what) for what in _content_misfits(one, by_id))
            before = one


def _batches(organisation: UUID | None) -> Iterator[list[Seal]]:
    rows = Seal.objects.filter(organisation_id=organisation).order_by("number").iterator(chunk_size=AT_ONCE)
    while seals := list(islice(rows, AT_ONCE)):
        yield seals


def _chain_misfits(before: Seal | None, one: Seal) -> Iterator[Misfit]:
    organisation = one.organisation_id
    if before is None:
        if (one.number, one.previous) != (1, FIRST) and not _is_closed_before(one):
            yield Misfit(organisation, f"seal {one.number}", "the chain does not begin here")
        return
    if one.number != before.number + 1:
        yield Misfit(organisation, f"seal {before.number + 1}", "it is missing")
    if one.previous != seal_hash(before):
        yield Misfit(organisation, f"seal {before.number}", "it is not what the next seal says of it")


def _is_closed_before(one: Seal) -> bool:
    """Whether the log says that everything before this seal has left, and ended as this seal says."""
    closings = Entry.objects.filter(kind=CLOSED, organisation_id=one.organisation_id)
    return closings.filter(detail__through=one.number - 1, detail__hash=one.previous).exists()


def _content_misfits(one: Seal, by_id: Mapping[str, Entry]) -> Iterator[str]:
    if missing := [entry for entry in one.entries if entry not in by_id]:
        yield f"entry {missing[0]} is missing"
        return
    if digest([by_id[entry] for entry in one.entries]) != one.digest:
        yield "an entry it covers has changed"


_SEALED = """
WITH sealed AS MATERIALIZED (
    SELECT jsonb_array_elements_text(entries)::uuid AS id, number, organisation_id FROM audit_seal
)
"""
_TWICE = """
SELECT id, organisation_id, max(number) FROM sealed GROUP BY id, organisation_id HAVING count(*) > 1
ORDER BY max(number) LIMIT 1
"""
_UNCOVERED = """
SELECT e.id, e.organisation_id FROM audit_entry e
WHERE NOT EXISTS (SELECT FROM audit_pending p WHERE p.entry_id = e.id)
    AND NOT EXISTS (SELECT FROM sealed s WHERE s.id = e.id)
ORDER BY e.at, e.id LIMIT 1
"""


def _sealed_twice() -> Misfit | None:
    row = _first(_SEALED + _TWICE)
    return Misfit(row[1], f"seal {row[2]}", f"entry {row[0]} is sealed twice") if row else None


def _uncovered() -> Misfit | None:
    """An entry that neither waits nor is covered: added past the trigger, or its waiting line was taken away."""
    row = _first(_SEALED + _UNCOVERED)
    return Misfit(row[1], f"entry {row[0]}", "no seal covers it") if row else None


def _first(statement: str) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row
