"""The directory, the roles and the access log."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from ninja import Router

from coordination.accounts import queries
from coordination.accounts.models import Person, Team
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.schemas import (
    EntriesOut,
    OrganisationOut,
    PeopleOut,
    RolesOut,
    TeamsOut,
)
from coordination.accounts.signin import SignedInRequest

router = Router(tags=["accounts"])


@router.get("/people", response=PeopleOut)
def list_people(request: SignedInRequest) -> dict[str, QuerySet[Person]]:
    """The directory of the centre."""
    return {"items": queries.directory(request.person)}


@router.get("/teams", response=TeamsOut)
def list_teams(request: SignedInRequest) -> dict[str, QuerySet[Team]]:
    """The teams of the centre and who is in them."""
    return {"items": queries.teams(request.person)}


@router.get("/organisation", response=OrganisationOut)
def get_organisation(request: SignedInRequest) -> OrganisationOut:
    """The centre and its sites."""
    return queries.centre_of(request.person)


@router.get("/roles", response=RolesOut)
def list_roles(request: SignedInRequest) -> RolesOut:
    """What each role lets a person do."""
    require(request.person, Right.DIRECTORY_MANAGE)
    return queries.roles_of(request.person)


@router.get("/audit", response=EntriesOut)
def list_audit(request: SignedInRequest, patient: UUID | None = None, before: datetime | None = None) -> EntriesOut:
    """Who did or read what, latest first."""
    require(request.person, Right.AUDIT_READ)
    return queries.access_log(request.person, patient=patient, before=before)
