"""The roles a centre starts with, one for each way of working there; its administrator changes them."""

from dataclasses import dataclass

from coordination.accounts.models import Organisation, Role, RoleVersion
from coordination.accounts.rights import Right
from coordination.base import clock
from coordination.base.language import Sentence


@dataclass(frozen=True)
class DefaultRole:
    """A role's name, how those who hold it are called, and what it lets them do: nothing else."""

    name: str
    holders: Sentence
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
_FOLLOW = _EVERYDAY | {Right.PROTOCOL_ENROL, Right.PATIENT_TRANSFER, Right.CONSENT_COLLECT}
_CARE = _FOLLOW | {Right.PATIENT_BREAK_GLASS}

DEFAULT_ROLES: dict[str, DefaultRole] = {
    "medecin": DefaultRole(
        "Médecin",
        Sentence(fr="Les médecins", en="Doctors"),
        _CARE | {Right.INDICATOR_READ, Right.PRIVACY_EXPORT},
    ),
    "soignant": DefaultRole("Soignant", Sentence(fr="Les soignants", en="Carers"), _CARE),
    "coordinateur": DefaultRole(
        "Coordinateur", Sentence(fr="Les coordinateurs", en="Coordinators"), _CARE | {Right.INDICATOR_READ}
    ),
    "secretariat": DefaultRole("Secrétariat", Sentence(fr="Les secrétaires", en="Secretaries"), _EVERYDAY),
    # An emergency opens the health circle: it is not for those who work in the two other kinds (rules §5.2).
    "travailleur_social": DefaultRole(
        "Travailleur social",
        Sentence(fr="Les travailleurs sociaux", en="Social workers"),
        _EVERYDAY | {Right.PATIENT_TRANSFER, Right.CONSENT_COLLECT},
    ),
    "medecin_travail": DefaultRole(
        "Médecin du travail",
        Sentence(fr="Les médecins du travail", en="Occupational physicians"),
        _FOLLOW | {Right.INDICATOR_READ, Right.PRIVACY_EXPORT},
    ),
    "sante_travail": DefaultRole(
        "Santé au travail", Sentence(fr="Les équipes de santé au travail", en="Occupational health teams"), _FOLLOW
    ),
    "prevention": DefaultRole(
        "Prévention",
        Sentence(fr="Les intervenants en prévention", en="Prevention officers"),
        frozenset({Right.MESSAGE_POST, Right.QUEUE_WORK, Right.AGENDA_SEE}),
    ),
    "stagiaire": DefaultRole(
        "Stagiaire",
        Sentence(fr="Les stagiaires", en="Trainees"),
        frozenset({Right.PATIENT_IDENTIFY, Right.PATIENT_READ, Right.MESSAGE_POST, Right.AGENDA_SEE}),
    ),
    "direction": DefaultRole(
        "Direction",
        Sentence(fr="Les membres de la direction", en="Managers"),
        frozenset({Right.INDICATOR_READ, Right.MESSAGE_POST}),
    ),
    "dpo": DefaultRole(
        "Protection des données",
        Sentence(fr="Les délégués à la protection des données", en="Data protection officers"),
        frozenset({Right.AUDIT_READ, Right.MESSAGE_POST, Right.QUEUE_WORK}),
    ),
    # No patient content: whoever runs the system does not read it.
    "administrateur": DefaultRole(
        "Administrateur",
        Sentence(fr="Les administrateurs", en="Administrators"),
        frozenset({Right.DIRECTORY_MANAGE, Right.AUDIT_READ, Right.INDICATOR_READ, Right.MESSAGE_POST}),
    ),
}


def create_default_roles(centre: Organisation) -> dict[str, Role]:
    """The roles of a new centre, by code, each with its first version."""
    roles = Role.objects.bulk_create(
        Role(organisation=centre, code=code, name=role.name, rights=sorted(role.rights))
        for code, role in DEFAULT_ROLES.items()
    )
    at = clock.now()
    RoleVersion.objects.bulk_create(
        RoleVersion(role=role, version=1, name=role.name, rights=role.rights, at=at) for role in roles
    )
    return {role.code: role for role in roles}
