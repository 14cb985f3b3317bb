"""The access log."""

from datetime import datetime
from uuid import UUID

from ninja import Router

from coordination.accounts import queries
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.schemas import EntriesOut
from coordination.accounts.signin import SignedInRequest

router = Router(tags=["accounts"])


@router.get("/audit", response=EntriesOut)
def list_audit(request: SignedInRequest, patient: UUID | None = None, before: datetime | None = None) -> EntriesOut:
    """Who did or read what, latest first."""
    require(request.person, Right.AUDIT_READ)
    return queries.access_log(request.person, patient=patient, before=before)
