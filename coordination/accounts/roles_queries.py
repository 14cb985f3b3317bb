"""Reading the matrix and its history."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from uuid import UUID

from coordination.accounts.models import Membership, Person, Role, RoleVersion
from coordination.accounts.rights import GROUPS, SENTENCES, Right
from coordination.accounts.role_words import Granted, explain
from coordination.accounts.roles_schemas import (
    RightOut,
    RightsGroupOut,
    RightsOut,
    RoleOut,
    RolesOut,
    RoleVersionOut,
    RoleVersionsOut,
)
from coordination.accounts.schemas import person_ref

VERSIONS = 100


def rights_in_words() -> RightsOut:
    """Every right under its heading, in the asker's language."""
    groups = [
        RightsGroupOut(
            name=name.say(), rights=[RightOut(code=right, sentence=SENTENCES[right].say()) for right in rights]
        )
        for name, rights in GROUPS
    ]
    return RightsOut(groups=groups)


def roles_of(person: Person) -> RolesOut:
    """The centre's roles and how many people hold each today, in two queries."""
    roles = list(Role.objects.filter(organisation_id=person.organisation_id).order_by("name"))
    held = holders(roles)
    return RolesOut(items=[role_out(role, people=held[role.pk]) for role in roles])


def holders(roles: Iterable[Role]) -> Counter[UUID]:
    """How many people hold each of these roles today."""
    held = Membership.objects.in_force().filter(role__in=roles, person__is_active=True)
    return Counter(role for role, _ in held.values_list("role_id", "person_id").distinct())


def role_out(role: Role, *, people: int) -> RoleOut:
    """A role with its rights in the order of the matrix."""
    rights = [str(right) for right in Right if right in role.rights]
    return RoleOut(id=role.pk, name=role.name, code=role.code, rights=rights, version=role.version, people=people)


def versions_of(role: Role) -> RoleVersionsOut:
    """What each version of a role changed, latest first, the last `VERSIONS` of them."""
    kept = list(role.versions.select_related("by").order_by("-version")[: VERSIONS + 1])
    first = RoleVersion(version=0, name=kept[-1].name, rights=[]) if kept else None
    steps = [*kept, first] if first and kept[-1].version == 1 else kept
    return RoleVersionsOut(items=[_version(role, after, before) for after, before in pairwise(filter(None, steps))])


def _version(role: Role, after: RoleVersion, before: RoleVersion) -> RoleVersionOut:
    return RoleVersionOut(
        version=after.version,
        at=after.at,
        by=person_ref(after.by) if after.by else None,
        changes=explain(Granted(role.code, before.name, before.rights), Granted(role.code, after.name, after.rights)),
    )
