"""The writes about those outside with whom the centre works."""

from typing import Any

from coordination.accounts.models import Correspondent, Person
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action


@action
def add_correspondent(said: dict[str, Any], *, by: Person) -> Correspondent:
    """Someone outside whom the whole centre can find from now on; `said` are fields of the model."""
    _refuse_edit(by)
    added = Correspondent.objects.create(organisation_id=by.organisation_id, **said)
    audit.record(by, "correspondent.added", added, detail={"name": added.name, "kind": added.kind})
    return added


@action
def edit_correspondent(correspondent: Correspondent, changes: dict[str, Any], *, by: Person) -> Correspondent:
    """Correct what is known of them."""
    _refuse_edit(by)
    before = {name: getattr(correspondent, name) for name in changes}
    for name, value in changes.items():
        setattr(correspondent, name, value)
    correspondent.save()
    audit.record(by, "correspondent.changed", correspondent, detail={"changes": audit.changes(before, changes)})
    return correspondent


@action
def archive_correspondent(correspondent: Correspondent, *, by: Person) -> None:
    """Take them out of the lists; what names them keeps doing so."""
    require(by, Right.DIRECTORY_MANAGE)
    correspondent.archived_at = clock.now()
    correspondent.save(update_fields=["archived_at"])
    audit.record(by, "correspondent.archived", correspondent, detail={"name": correspondent.name})


def _refuse_edit(by: Person) -> None:
    refuse_unless(by.may(Right.PATIENT_EDIT) or by.may(Right.DIRECTORY_MANAGE))
