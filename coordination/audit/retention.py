"""What is too old leaves the log: whole seals from its beginning, behind an entry that says so.

The closing entry keeps the number and the hash of the last seal that left: the chain goes on from there. The database
lets nothing go without it, nor anything younger than a year.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection

from coordination.audit import actions as audit
from coordination.audit.chain import CLOSED, seal_hash
from coordination.audit.models import Seal
from coordination.base import clock
from coordination.base.action import action

_ENTRIES_LEAVE = """
DELETE FROM audit_entry WHERE id IN (
    SELECT jsonb_array_elements_text(entries)::uuid FROM audit_seal
    WHERE organisation_id IS NOT DISTINCT FROM %(organisation)s AND number <= %(through)s
)
"""


@dataclass(frozen=True)
class Closing:
    """The beginning of a chain that is to leave: up to which seal, what that one's hash is, and how many entries."""

    organisation: UUID | None
    through: int
    hash: str
    before: datetime
    entries: int


def limit() -> datetime:
    """What was recorded before this instant is too old (`AUDIT_KEEP_DAYS`)."""
    return clock.now() - timedelta(days=settings.AUDIT_KEEP_DAYS)


def due(organisation: UUID | None) -> Closing | None:
    """What is to leave of one chain; None when nothing is, or when it would be the whole."""
    seals = Seal.objects.filter(organisation_id=organisation)
    first_kept = seals.filter(at__gte=limit()).order_by("number").first()
    old = seals.filter(number__lt=first_kept.number) if first_kept else seals.none()
    last = old.order_by("-number").first()
    if last is None:
        return None
    entries = sum(len(covered) for covered in old.values_list("entries", flat=True).iterator(chunk_size=500))
    return Closing(organisation, last.number, seal_hash(last), limit(), entries)


@action
def close(closing: Closing) -> None:
    """Write the closing entry, then let go of what is behind it."""
    audit.record(
        None,
        CLOSED,
        organisation=closing.organisation,
        detail={
            "through": closing.through,
            "hash": closing.hash,
            "before": closing.before.isoformat(),
            "entries": closing.entries,
        },
    )
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES_LEAVE, {"organisation": closing.organisation, "through": closing.through})
    Seal.objects.filter(organisation_id=closing.organisation, number__lte=closing.through).delete()
