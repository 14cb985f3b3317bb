"""The routes of teams."""

from typing import Annotated
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from ninja import Field, Router, Schema, Status
from pydantic import StringConstraints

from coordination.accounts.models import Organisation, Person, Team
from coordination.accounts.recent import require_recent
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.schemas import Named, PersonRef
from coordination.accounts.signin import SignedInRequest
from coordination.accounts.teams_actions import create_team, edit_team
from coordination.base.errors import NotFound
from coordination.base.idempotency import idempotent
from coordination.base.scoping import visible_or_404

router = Router(tags=["teams"])

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[a-z0-9_-]*$")]
AnsweredRole = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[a-z0-9_]+$")]
Roles = Annotated[list[AnsweredRole], Field(max_length=40, description="of the care protocols")]
People = Annotated[list[UUID], Field(max_length=500)]


class TeamOut(Named):
    code: str
    roles: list[str] = Field(description="of the care protocols, for which the team answers")
    entity: Named | None = Field(description="the site or unit it works for; null is the whole centre")
    people: list[PersonRef]


class TeamsOut(Schema):
    items: list[TeamOut]


class TeamIn(Schema):
    name: Name
    code: Code = Field("", description="made from the name unless given")
    roles: Roles = Field(default_factory=list)
    entity: UUID | None = None
    people: People = Field(default_factory=list)


class TeamEdit(Schema):
    name: Name | None = None
    roles: Roles | None = None
    entity: UUID | None = None
    people: People | None = Field(None, description="everybody who is in it from now on")


def teams_of(person: Person) -> QuerySet[Team]:
    """The centre's teams with those of their people who work here today, both in French order."""
    people = Prefetch("people", Person.objects.get_queryset().working().order_by("sort_key"))
    teams = Team.objects.filter(organisation_id=person.organisation_id)
    return teams.select_related("entity").prefetch_related(people).order_by("name")


@router.get("/teams", response=TeamsOut)
def list_teams(request: SignedInRequest) -> dict[str, QuerySet[Team]]:
    """The teams of the centre and who is in them."""
    return {"items": teams_of(request.person)}


@router.post("/teams", response={201: TeamOut})
@idempotent
def add_team(request: SignedInRequest, body: TeamIn) -> Status[Team]:
    """A new team with its queue and its conversation."""
    require(request.person, Right.DIRECTORY_MANAGE)
    if body.people:
        require_recent(request)
    entity = _entity(request.person, body.entity)
    said = {"name": body.name, "code": body.code, "roles": body.roles, "entity": entity}
    team = create_team(said, _people(request.person, body.people), by=request.person)
    return Status(201, teams_of(request.person).get(pk=team.pk))


@router.patch("/teams/{uuid:team_id}", response=TeamOut)
def change_team(request: SignedInRequest, team_id: UUID, body: TeamEdit) -> Team:
    """Another name, other roles, or who is in it; leaving ends what is open within seconds."""
    asker = request.person
    team = teams_of(asker).filter(pk=team_id).first()
    if team is None:
        raise NotFound
    require(asker, Right.DIRECTORY_MANAGE)
    if body.people is not None and set(body.people) != set(team.people.values_list("pk", flat=True)):
        require_recent(request)
    said = body.model_dump(exclude_unset=True)
    changes = {name: said[name] for name in ("name", "roles") if said.get(name) is not None}
    if "entity" in said:
        changes["entity"] = _entity(asker, body.entity)
    people = None if body.people is None else _people(asker, body.people)
    edit_team(team, changes, people=people, by=asker)
    return teams_of(asker).get(pk=team.pk)


def _entity(asker: Person, entity: UUID | None) -> Organisation | None:
    return visible_or_404(Organisation, asker, entity) if entity else None


def _people(asker: Person, ids: list[UUID]) -> list[Person]:
    people = list(Person.objects.visible_to(asker).filter(pk__in=ids))
    if len(people) != len(set(ids)):
        raise NotFound
    return people
