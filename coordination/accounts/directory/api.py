"""The directory's mapping, and bringing the directory in."""

from ninja import Router

from coordination.accounts.directory import actions, queries
from coordination.accounts.directory.mapping import Line, set_mapping
from coordination.accounts.directory.schemas import MappingsIn, MappingsOut, ReportOut, SyncIn
from coordination.accounts.recent import require_recent
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.signin import SignedInRequest

router = Router(tags=["directory"])


@router.get("/directory/mapping", response=MappingsOut)
def get_mapping(request: SignedInRequest) -> MappingsOut:
    """What the groups of the centre's directory give, and how the last synchronisation went."""
    require(request.person, Right.DIRECTORY_MANAGE)
    return queries.mappings_of(request.person)


@router.put("/directory/mapping", response=MappingsOut)
def put_mapping(request: SignedInRequest, payload: MappingsIn) -> MappingsOut:
    """Replace the mapping; nobody gains or loses anything before the next synchronisation."""
    require(request.person, Right.DIRECTORY_MANAGE)
    require_recent(request)
    set_mapping([Line(**item.model_dump()) for item in payload.items], by=request.person)
    return queries.mappings_of(request.person)


@router.post("/directory/sync", response=ReportOut)
def synchronise(request: SignedInRequest, payload: SyncIn) -> ReportOut:
    """Bring the directory in, or only say what that would do."""
    require(request.person, Right.DIRECTORY_MANAGE)
    if not payload.dry_run:
        require_recent(request)
    run = actions.synchronise(
        request.person.organisation_id, by=request.person, dry_run=payload.dry_run, force=payload.force
    )
    return queries.report_of(run, dry_run=payload.dry_run)
