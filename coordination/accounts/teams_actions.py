"""The writes of teams: who shares a queue and a conversation."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from coordination.accounts.access_news import tell_access
from coordination.accounts.actions import raise_epoch
from coordination.accounts.directory_errors import NameTaken, OwnAccess, ProgramInTeam
from coordination.accounts.models import Person, Team
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.accounts.signals import team_changed, team_created
from coordination.audit import actions as audit
from coordination.base.action import action


@action
def create_team(said: dict[str, Any], people: Collection[Person], *, by: Person) -> Team:
    """A new team; above, it is given its queue and its conversation. `said` are fields of the model."""
    require(by, Right.DIRECTORY_MANAGE)
    refuse_unless(by not in people, OwnAccess())
    _refuse_programs(people)
    code = said.pop("code", "") or slugify(said["name"])[:40] or "equipe"
    others = Team.objects.filter(organisation_id=by.organisation_id)
    refuse_unless(not others.filter(code=code).exists(), NameTaken(name=code))
    refuse_unless(not others.filter(name__iexact=said["name"]).exists(), NameTaken(name=said["name"]))
    team = Team.objects.create(organisation_id=by.organisation_id, code=code, **said)
    team.people.set(people)
    audit.record(by, "team.added", team, detail={"people": [str(one.pk) for one in people]})
    team_created.send(Team, team=team, by=by)
    tell_access([one.pk for one in people], by=by)
    return team


@action
def edit_team(team: Team, changes: dict[str, Any], *, people: Collection[Person] | None = None, by: Person) -> Team:
    """Rename a team, say what it answers for, or say who is in it; whoever leaves loses it within seconds."""
    require(by, Right.DIRECTORY_MANAGE)
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    name = changes.get("name", team.name)
    others = Team.objects.filter(organisation_id=team.organisation_id).exclude(pk=team.pk)
    refuse_unless(not others.filter(name__iexact=name).exists(), NameTaken(name=name))
    before = {"name": team.name, **{field: getattr(team, field) for field in changes}}
    for field, value in changes.items():
        setattr(team, field, value)
    team.save(update_fields=list(changes))
    joined, left = _set_people(team, people, by) if people is not None else (set(), set())
    detail = {
        "changes": audit.changes(before, changes),
        "joined": sorted(map(str, joined)),
        "left": sorted(map(str, left)),
    }
    audit.record(by, "team.changed", team, detail=detail)
    team_changed.send(Team, team=team, before=before["name"], joined=joined, by=by)
    return team


def _set_people(team: Team, people: Collection[Person], by: Person) -> tuple[set[UUID], set[UUID]]:
    """Who joined and who left."""
    were, are = set(team.people.values_list("pk", flat=True)), {one.pk for one in people}
    joined, left = are - were, were - are
    refuse_unless(by.pk not in joined, OwnAccess())
    _refuse_programs(one for one in people if one.pk in joined)
    team.people.set(people)
    raise_epoch(left)
    tell_access(joined | left, by=by)
    return joined, left


def _refuse_programs(joining: Iterable[Person]) -> None:
    for one in joining:
        refuse_unless(not one.is_service, ProgramInTeam(name=one.display_name))


@action
def leave_team(team: Team, person: Person, *, by: Person) -> None:
    """Take someone out of a team, its queue and its conversations."""
    staying = team.people.exclude(pk=person.pk)
    edit_team(team, {}, people=list(staying), by=by)
