"""Changing what the directory's groups give."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from coordination.accounts.directory.errors import BadMapping, NotConfigured
from coordination.accounts.directory.models import DirectoryMapping
from coordination.accounts.models import Organisation, Person, Role, Team
from coordination.accounts.professions import PROFESSIONS
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base.action import action
from coordination.base.language import Sentence

NO_DN = Sentence(fr="Ce n’est pas le nom complet (DN) d’un groupe.", en="This is not the full name (DN) of a group.")
NOT_OURS = Sentence(fr="Introuvable dans votre centre.", en="Not found in your centre.")
NO_PROFESSION = Sentence(
    fr="Choisissez une profession : celle que donnerait le rôle n’est pas dans la liste.",
    en="Choose a profession: the one that the role would give is not in the list.",
)
TWICE = Sentence(fr="Cette correspondance figure deux fois.", en="This line is there twice.")


@dataclass(frozen=True)
class Line:
    """One line of the mapping as it is wanted."""

    group: str
    organisation: UUID
    role: UUID
    team: UUID | None = None
    profession: str = ""


@action
def set_mapping(lines: Sequence[Line], *, by: Person) -> None:
    """Replace the whole mapping of the asker's centre; it gives and takes nothing before the next synchronisation."""
    require(by, Right.DIRECTORY_MANAGE)
    refuse_unless(settings.DIRECTORY is not None, NotConfigured())
    _check(lines, by)
    old = DirectoryMapping.objects.filter(role__organisation=by.organisation_id)
    before = sorted(old.values_list("group", "role__code"))
    old.delete()
    rows = DirectoryMapping.objects.bulk_create(
        DirectoryMapping(
            organisation_id=line.organisation,
            group=line.group.strip(),
            role_id=line.role,
            team_id=line.team,
            profession=line.profession,
        )
        for line in lines
    )
    kept = DirectoryMapping.objects.filter(pk__in=[row.pk for row in rows])
    after = sorted(kept.values_list("group", "role__code"))
    audit.record(by, "directory.mapped", by.organisation, detail={"changes": {"mapping": [before, after]}})


def _check(lines: Sequence[Line], by: Person) -> None:
    """Every line names a group by its DN, and gives only what is the centre's own."""
    from coordination.accounts.directory.connection import normal

    centre = by.organisation_id
    places = set(Organisation.objects.visible_to(by).values_list("pk", flat=True))
    roles = dict(Role.objects.filter(organisation=centre).values_list("pk", "code"))
    teams = set(Team.objects.filter(organisation=centre).values_list("pk", flat=True))
    wrong: dict[str, Sentence | str] = {}
    seen: set[tuple[str, UUID, UUID]] = set()
    for number, line in enumerate(lines):
        try:
            group = normal(line.group.strip())
        except ValueError:
            group = ""
        if not group:
            wrong[f"items.{number}.group"] = NO_DN
        known = {"organisation": line.organisation in places, "role": line.role in roles}
        known["team"] = line.team is None or line.team in teams
        wrong |= {f"items.{number}.{name}": NOT_OURS for name, is_known in known.items() if not is_known}
        if line.role in roles and (line.profession or roles[line.role]) not in PROFESSIONS:
            wrong[f"items.{number}.profession"] = NO_PROFESSION
        if (key := (group, line.organisation, line.role)) in seen:
            wrong[f"items.{number}.group"] = TWICE
        seen.add(key)
    refuse_unless(not wrong, BadMapping(fields=wrong))
