"""A patient's page as somebody sees it: one circle, who belongs to it, what the patient agreed to and refused."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import F, QuerySet

from coordination.accounts.models import Person, earliest
from coordination.accounts.rights import Right
from coordination.accounts.schemas import Named
from coordination.base.errors import NotFound
from coordination.patients import queries
from coordination.patients.models import (
    CareTeam,
    CareTeamMember,
    Consent,
    Opposition,
    Patient,
    Shared,
)
from coordination.patients.roles import role_label
from coordination.patients.schemas import (
    AccessOut,
    BasisOut,
    CircleOut,
    CircleRef,
    ConsentOut,
    MemberOut,
    OppositionOut,
    PatientOut,
    patient_ref,
)
from coordination.streams.queries import heads

R = TypeVar("R", Consent, Opposition)

MOST = 50
_SHOWN = (
    "birth_name",
    "used_name",
    "used_given_name",
    "phone",
    "email",
    "email_consent",
    "postcode",
    "city",
    "deceased_on",
)


def pick(circles: Sequence[CareTeam], wanted: str | None) -> CareTeam:
    """The circle asked for, or the first; `NotFound` when it is not among them."""
    found = next((one for one in circles if wanted in (None, one.circle)), None)
    if found is None:
        raise NotFound
    return found


def circle_seen(patient: Patient, person: Person, wanted: str | None = None) -> CareTeam:
    """A circle of the patient that the person sees; `NotFound` for one who has just left it."""
    return pick(list(queries.circles_of(patient, person).select_related("entity")), wanted)


def circle_managed(patient: Patient, person: Person, wanted: str | None = None) -> CareTeam:
    """One that the person may change; an emergency is not enough."""
    mine = CareTeam.objects.managed_by(person)
    return pick(list(queries.circles_of(patient, person).filter(pk__in=mine).select_related("entity")), wanted)


def page_of(patient: Patient, person: Person, wanted: str | None = None) -> PatientOut:
    """A patient's page as one of a circle's people sees it."""
    circles = list(queries.circles_of(patient, person).select_related("entity"))
    circle = pick(circles, wanted)
    known_at = heads([circle.pk])
    return PatientOut(
        **patient_ref(patient).model_dump(),
        **{name: getattr(patient, name) for name in _SHOWN},
        given_names=patient.birth_given_names,
        access=access_of(circle, person),
        circle=circle_out(circle),
        circles=[circle_ref(one) for one in circles],
        consents=consents_of(circle),
        oppositions=oppositions_of(circle),
        conversation_id=circle.conversation_id,
        record_links=patient.record_links if circle.circle == CareTeam.Circle.HEALTH else [],
        heads=known_at,
    )


def access_of(circle: CareTeam, person: Person) -> AccessOut:
    """Through what the person sees the circle."""
    line = queries.emergency_of(circle, person)
    ends = queries.ends_of(queries.lines_of(circle, person), person)
    until = earliest(person.may_until(Right.PATIENT_READ), ends.get(circle.pk))
    return AccessOut(kind="break_glass" if line else "care_team", until=until, reason=line.why if line else "")


def circle_ref(circle: CareTeam) -> CircleRef:
    entity = Named(id=circle.entity.pk, name=circle.entity.name) if circle.entity else None
    return CircleRef.model_validate({"id": circle.pk, "circle": circle.circle, "entity": entity})


def circle_out(circle: CareTeam) -> CircleOut:
    """A circle and who belongs to it today."""
    members = [member_out(one) for one in queries.members_of(circle)]
    return CircleOut(**dict(circle_ref(circle)), members=members)


def member_out(member: CareTeamMember) -> MemberOut:
    """A line of a circle."""
    plain = ("person", "team", "role", "since", "until", "why", "added_by")
    return MemberOut.model_validate(
        {
            "id": member.pk,
            "role_label": role_label(member.role),
            "basis": basis_out(member),
            **{name: getattr(member, name) for name in plain},
        }
    )


def basis_out(shared: Shared) -> BasisOut:
    """The basis of a line or of a conversation."""
    return BasisOut.model_validate({"kind": shared.basis, "why": shared.basis_why, "consent": shared.consent_id})


def consents_of(circle: CareTeam) -> list[ConsentOut]:
    """What the patient agreed to in a circle: in force first, then the latest."""
    rows = _first(Consent.objects.filter(care_team=circle).select_related("collected_by"), "withdrawn_at")
    return [ConsentOut.model_validate(one) for one in rows]


def oppositions_of(circle: CareTeam) -> list[OppositionOut]:
    """What the patient refused in a circle: in force first, then the latest."""
    rows = Opposition.objects.filter(care_team=circle).select_related("person", "team", "recorded_by")
    return [OppositionOut.model_validate(one) for one in _first(rows, "lifted_at")]


def _first(rows: QuerySet[R], ended: str) -> list[R]:
    return list(rows.order_by(F(ended).desc(nulls_first=True), "-recorded_at", "-pk")[:MOST])
