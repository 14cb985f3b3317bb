"""The roles a centre starts with; its administrator changes them."""

from dataclasses import dataclass

from coordination.accounts.models import Organisation, Role
from coordination.accounts.rights import Right


@dataclass(frozen=True)
class DefaultRole:
    """A role's name and what it lets a person do."""

    name: str
    rights: frozenset[Right]


_EVERYDAY = frozenset(
    {
        Right.PATIENT_IDENTIFY,
        Right.PATIENT_READ,
        Right.PATIENT_EDIT,
        Right.MESSAGE_POST,
        Right.QUEUE_WORK,
        Right.AGENDA_SEE,
        Right.AGENDA_BOOK,
    }
)
_CARE = _EVERYDAY | {
    Right.PROTOCOL_ENROL,
    Right.PATIENT_BREAK_GLASS,
    Right.PATIENT_TRANSFER,
    Right.CONSENT_COLLECT,
}

DEFAULT_ROLES: dict[str, DefaultRole] = {
    "medecin": DefaultRole("Médecin", _CARE | {Right.INDICATOR_READ, Right.PRIVACY_EXPORT}),
    "soignant": DefaultRole("Soignant", _CARE),
    "secretariat": DefaultRole("Secrétariat", _EVERYDAY),
    # No patient content: whoever runs the system does not read it.
    "administrateur": DefaultRole(
        "Administrateur",
        frozenset({Right.DIRECTORY_MANAGE, Right.AUDIT_READ, Right.INDICATOR_READ, Right.MESSAGE_POST}),
    ),
}


def create_default_roles(centre: Organisation) -> dict[str, Role]:
    """The roles of a new centre, by code."""
    roles = [
        Role(organisation=centre, code=code, name=role.name, rights=sorted(role.rights))
        for code, role in DEFAULT_ROLES.items()
    ]
    return {role.code: role for role in Role.objects.bulk_create(roles)}
