"""The writes of the tree: sites of the centre, units of a site."""

from typing import Any

from coordination.accounts.directory_errors import BadParent
from coordination.accounts.models import Organisation, Person
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base.action import action

Kind = Organisation.Kind
PARENT = {Kind.SITE: Kind.CENTRE, Kind.UNIT: Kind.SITE}
"""What each kind belongs to."""


@action
def add_organisation(parent: Organisation, kind: str, said: dict[str, Any], *, by: Person) -> Organisation:
    """A new site or unit; its name in mails is its parent's unless `said` otherwise."""
    require(by, Right.DIRECTORY_MANAGE)
    _refuse_place(kind, parent)
    said["alias"] = said.get("alias") or parent.alias
    added = Organisation.objects.create(parent=parent, kind=kind, time_zone=parent.time_zone, **said)
    audit.record(by, "organisation.added", added, detail={"name": added.name, "kind": kind})
    return added


@action
def edit_organisation(organisation: Organisation, changes: dict[str, Any], *, by: Person) -> Organisation:
    """Correct what is said of a centre, a site or a unit, or move a unit to another site."""
    require(by, Right.DIRECTORY_MANAGE)
    if "parent" in changes:
        refuse_unless(organisation.kind != Kind.CENTRE, BadParent())
        _refuse_place(organisation.kind, changes["parent"])
    if "declared_care_team" in changes:
        refuse_unless(organisation.kind == Kind.CENTRE)
    before = {name: getattr(organisation, name) for name in changes}
    for name, value in changes.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(changes))
    audit.record(by, "organisation.changed", organisation, detail={"changes": audit.changes(before, changes)})
    return organisation


def _refuse_place(kind: str, parent: Organisation) -> None:
    refuse_unless(kind in PARENT and parent.kind == PARENT[Kind(kind)], BadParent())
