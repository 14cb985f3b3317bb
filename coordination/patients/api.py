"""Finding, opening, creating and correcting patients."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from coordination.accounts.models import Person, Team
from coordination.accounts.signin import SignedInRequest
from coordination.base.errors import Invalid
from coordination.base.idempotency import idempotent
from coordination.base.language import Sentence
from coordination.base.scoping import visible_or_404
from coordination.patients import actions, queries
from coordination.patients.models import CareTeam, CareTeamMember, Patient
from coordination.patients.roles import OF_A_CIRCLE, ROLES, role_label
from coordination.patients.schemas import (
    CandidateOut,
    CandidatesOut,
    CareTeamOut,
    CircleRole,
    CircleRolesOut,
    MemberIn,
    MemberOut,
    PatientChanges,
    PatientIn,
    PatientOut,
    PatientsOut,
    Traits,
    columns,
    patient_ref,
)
from coordination.streams.queries import heads

router = Router(tags=["patients"])

ONE_OF_TWO = Sentence(fr="Indiquez une personne ou une équipe du centre.", en="Name a person or a team of the centre.")


@router.get("/patients", response=PatientsOut)
def list_patients(request: SignedInRequest, q: str = "") -> PatientsOut:
    """Patients of the centre by name, birth date, phone or matricule; without `q`, those in the asker's care."""
    asked = q.strip()
    found = actions.search_patients(asked, by=request.person) if asked else queries.in_care(request.person)
    return PatientsOut.model_validate({"items": found.patients, "more": found.more})


@router.get("/patients/candidates", response=CandidatesOut)
def list_candidates(request: SignedInRequest, traits: Query[Traits]) -> CandidatesOut:
    """Who in the index may be the person about to be created."""
    asked = Patient(organisation_id=request.person.organisation_id, **columns(traits.dict()))
    graded = actions.find_candidates(asked, by=request.person)
    return CandidatesOut(
        items=[
            CandidateOut.model_validate({**patient_ref(patient).model_dump(), "grade": grade})
            for patient, grade in graded
        ]
    )


@router.get("/patients/{patient_id}", response=PatientOut)
def get_patient(request: SignedInRequest, patient_id: UUID) -> PatientOut:
    """A patient in the asker's care; the reading is audited."""
    patient = visible_or_404(Patient, request.person, patient_id)
    return page_of(actions.read_patient(patient, by=request.person), request.person)


@router.post("/patients", response={201: PatientOut})
@idempotent
def create_patient(request: SignedInRequest, payload: PatientIn) -> PatientOut:
    """A new patient and their health circle."""
    members = [_member(one, request.person) for one in payload.members]
    sent = columns(payload.dict(exclude={"members", "is_someone_else"}))
    patient = actions.create_patient(
        by=request.person, traits=sent, members=members, is_someone_else=payload.is_someone_else
    )
    return page_of(patient, request.person)


@router.patch("/patients/{patient_id}", response=PatientOut)
def change_patient(request: SignedInRequest, patient_id: UUID, payload: PatientChanges) -> PatientOut:
    """Correct a patient's details."""
    patient = visible_or_404(Patient, request.person, patient_id)
    changes = columns(payload.dict(exclude_unset=True))
    return page_of(actions.edit_patient(patient, by=request.person, changes=changes), request.person)


@router.get("/circle/roles", response=CircleRolesOut)
def list_circle_roles(request: SignedInRequest) -> CircleRolesOut:
    """The roles that one may hold in a patient's circle, in the asker's language."""
    items = [CircleRole(code=code, name=role_label(code)) for code in ROLES if code in OF_A_CIRCLE]
    return CircleRolesOut(items=items)


@router.post("/patients/{patient_id}/circle", response={201: MemberOut})
@idempotent
def join_circle(request: SignedInRequest, patient_id: UUID, payload: MemberIn) -> MemberOut:
    """Bring a person or a team into the circle through which the asker cares for a patient."""
    circle = _circle(visible_or_404(Patient, request.person, patient_id), request.person)
    member = _member(payload, request.person, field="person")
    return _line(actions.add_to_circle(circle, member, by=request.person))


@router.delete("/patients/{patient_id}/circle/{member_id}", response={204: None})
def leave_circle(request: SignedInRequest, patient_id: UUID, member_id: UUID) -> None:
    """End a line of the circle now: whoever sees the patient through it alone sees them no more."""
    circle = _circle(visible_or_404(Patient, request.person, patient_id), request.person)
    actions.leave_circle(get_object_or_404(queries.members_of(circle), pk=member_id), by=request.person)


def _member(sent: MemberIn, asker: Person, *, field: str = "members") -> actions.NewMember:
    """The person or the team of the asker's centre that was named; in their own role unless told another."""
    colleagues = Person.objects.visible_to(asker).working()
    person = colleagues.filter(pk=sent.person).first() if sent.person else None
    team = Team.objects.filter(pk=sent.team, organisation_id=asker.organisation_id).first() if sent.team else None
    if (person is None) == (team is None):
        raise Invalid(fields={field: ONE_OF_TWO})
    own = [person.profession] if person else team.roles if team else []
    return actions.NewMember(role=sent.role or next(iter(own), ""), person=person, team=team, why=sent.why)


def _circle(patient: Patient, person: Person) -> CareTeam:
    """The circle through which a person cares for a patient; 404 for one who has just left it."""
    circle = queries.circle_for(patient, person)
    if circle is None:
        raise Http404
    return circle


def page_of(patient: Patient, person: Person) -> PatientOut:
    """A patient's page as one of their circle sees it."""
    circle = _circle(patient, person)
    known_at = heads([circle.pk])
    return PatientOut(
        **patient_ref(patient).model_dump(),
        **{name: getattr(patient, name) for name in _SHOWN},
        given_names=patient.birth_given_names,
        care_team=circle_out(circle),
        conversation_id=circle.conversation_id,
        heads=known_at,
    )


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
    "record_links",
)


def circle_out(circle: CareTeam) -> CareTeamOut:
    """A circle and who belongs to it today."""
    return CareTeamOut(id=circle.pk, circle=circle.circle, members=[_line(one) for one in queries.members_of(circle)])


def _line(member: CareTeamMember) -> MemberOut:
    return MemberOut.model_validate(
        {
            "id": member.pk,
            "person": member.person,
            "team": member.team,
            "role": member.role,
            "role_label": role_label(member.role),
            "since": member.since,
            "why": member.why,
        }
    )
