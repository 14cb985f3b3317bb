"""The writes of the matrix: rights × roles, version after version."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils.text import slugify

from coordination.accounts.access_news import tell_access
from coordination.accounts.actions import raise_epoch
from coordination.accounts.directory_errors import NameTaken, OwnRole, RoleChanged, UnknownRight
from coordination.accounts.directory_keeping import keeping
from coordination.accounts.models import Membership, Person, Role, RoleVersion
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action


@action
def add_role(name: str, rights: Collection[str], *, by: Person) -> Role:
    """A new role of the centre; whatever is not named is denied."""
    require(by, Right.DIRECTORY_MANAGE)
    with keeping(by.organisation_id):
        _refuse_taken(by.organisation_id, name)
        role = Role.objects.create(
            organisation_id=by.organisation_id,
            code=_free_code(by.organisation_id, name),
            name=name,
            rights=known_rights(rights),
        )
        _keep_version(role, by=by)
    audit.record(by, "role.added", role, detail={"changes": audit.changes({"rights": []}, {"rights": role.rights})})
    return role


@action
def change_role(role: Role, name: str, rights: Collection[str], *, version: int, by: Person) -> Role:
    """Give a role another name or other rights; `RoleChanged` if it is no longer at `version`.

    Whoever loses a right by it loses what they follow through it within seconds; nobody adds one to a role of theirs.
    """
    require(by, Right.DIRECTORY_MANAGE)
    with keeping(by.organisation_id):
        role.refresh_from_db(from_queryset=Role.objects.select_for_update())
        refuse_unless(role.version == version, RoleChanged())
        before = {"name": role.name, "rights": role.rights}
        after = {"name": name, "rights": known_rights(rights)}
        if before == after:
            return role
        if name != role.name:
            _refuse_taken(by.organisation_id, name)
        role.name, role.rights, role.version = name, known_rights(rights), role.version + 1
        role.save(update_fields=["name", "rights", "version"])
        _keep_version(role, by=by)
    _refuse_own(role, set(role.rights) - set(before["rights"]), by=by)
    _tell_holders(role, losing=bool(set(before["rights"]) - set(role.rights)), by=by)
    detail = {"version": role.version, "changes": audit.changes(before, after)}
    audit.record(by, "role.changed", role, detail=detail)
    return role


def _refuse_own(role: Role, added: Collection[str], *, by: Person) -> None:
    """`OwnRole` if somebody would have more rights by their own hand, now or later."""
    mine = Membership.objects.filter(Q(valid_until=None) | Q(valid_until__gt=clock.now()), role=role, person=by)
    refuse_unless(not added or not mine.exists(), OwnRole())


def known_rights(rights: Collection[str]) -> list[str]:
    """These rights, each once and in order; `UnknownRight` for one that is not."""
    for code in rights:
        refuse_unless(code in set(Right), UnknownRight(code=code))
    return sorted(set(rights))


def _keep_version(role: Role, *, by: Person) -> None:
    RoleVersion.objects.create(
        role=role, version=role.version, name=role.name, rights=role.rights, by=by, at=clock.now()
    )


def _tell_holders(role: Role, *, losing: bool, by: Person) -> None:
    held = Membership.objects.in_force().filter(role=role).values_list("person_id", flat=True)
    holders = set(held)
    if losing:
        raise_epoch(holders)
    tell_access(holders, by=by)


def _refuse_taken(centre: UUID, name: str) -> None:
    taken = Role.objects.filter(organisation_id=centre, name__iexact=name).exists()
    refuse_unless(not taken, NameTaken(name=name))


def _free_code(centre: UUID, name: str) -> str:
    """A code made from the name that no other role of the centre has."""
    taken = set(Role.objects.filter(organisation_id=centre).values_list("code", flat=True))
    stem = slugify(name)[:34] or "role"
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if code not in taken)
