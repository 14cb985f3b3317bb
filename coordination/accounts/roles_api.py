"""The routes of rights and roles."""

from uuid import UUID

from ninja import Router, Status

from coordination.accounts.models import Person, Role
from coordination.accounts.recent import require_recent
from coordination.accounts.rights import Right
from coordination.accounts.role_words import Granted, explain
from coordination.accounts.roles_actions import add_role, change_role, known_rights
from coordination.accounts.roles_queries import holders, rights_in_words, role_out, roles_of, versions_of
from coordination.accounts.roles_schemas import (
    ChangedRoleOut,
    ChangesOut,
    RightsOut,
    RoleEdit,
    RoleIn,
    RoleOut,
    RolesOut,
    RoleVersionsOut,
)
from coordination.accounts.rules import require
from coordination.accounts.signin import SignedInRequest
from coordination.base.errors import NotFound
from coordination.base.idempotency import idempotent

router = Router(tags=["roles"])


@router.get("/rights", response=RightsOut)
def list_rights(request: SignedInRequest) -> RightsOut:
    """Every right with its sentence, under the headings of the matrix."""
    return rights_in_words()


@router.get("/roles", response=RolesOut)
def list_roles(request: SignedInRequest) -> RolesOut:
    """What each role lets a person do."""
    require(request.person, Right.DIRECTORY_MANAGE)
    return roles_of(request.person)


@router.post("/roles", response={201: RoleOut})
@idempotent
def create_role(request: SignedInRequest, body: RoleIn) -> Status[RoleOut]:
    """A role of one's own making; needs a recent proof of who asks."""
    require(request.person, Right.DIRECTORY_MANAGE)
    require_recent(request)
    return Status(201, role_out(add_role(body.name, body.rights, by=request.person), people=0))


@router.put("/roles/{uuid:role_id}", response=ChangedRoleOut)
def edit_role(request: SignedInRequest, role_id: UUID, body: RoleEdit) -> ChangedRoleOut:
    """Another name or other rights, and what that changed in words; needs a recent proof of who asks."""
    role = _role(request.person, role_id)
    require_recent(request)
    before = Granted(role.code, role.name, role.rights)
    changed = change_role(role, body.name, body.rights, version=body.version, by=request.person)
    said = explain(before, Granted(changed.code, changed.name, changed.rights))
    return ChangedRoleOut(**role_out(changed, people=holders([changed])[changed.pk]).model_dump(), changes=said)


@router.post("/roles/{uuid:role_id}/preview", response=ChangesOut)
def preview_role(request: SignedInRequest, role_id: UUID, body: RoleEdit) -> ChangesOut:
    """What an edit would change, in words, and for how many people; nothing is written."""
    role = _role(request.person, role_id)
    after = Granted(role.code, body.name, known_rights(body.rights))
    return ChangesOut(
        changes=explain(Granted(role.code, role.name, role.rights), after), people=holders([role])[role.pk]
    )


@router.get("/roles/{uuid:role_id}/versions", response=RoleVersionsOut)
def list_role_versions(request: SignedInRequest, role_id: UUID) -> RoleVersionsOut:
    """What was changed, by whom and when, latest first."""
    return versions_of(_role(request.person, role_id))


def _role(person: Person, role_id: UUID) -> Role:
    require(person, Right.DIRECTORY_MANAGE)
    role = Role.objects.filter(organisation_id=person.organisation_id, pk=role_id).first()
    if role is None:
        raise NotFound
    return role
