"""Finding, opening, creating and correcting patients."""

from uuid import UUID

from ninja import Query, Router

from coordination.accounts.signin import SignedInRequest
from coordination.base.idempotency import idempotent
from coordination.base.scoping import visible_or_404
from coordination.patients import actions, queries
from coordination.patients.models import Patient
from coordination.patients.newcomers import new_member
from coordination.patients.pages import page_of
from coordination.patients.schemas import (
    CandidateOut,
    CandidatesOut,
    Circle,
    PatientChanges,
    PatientIn,
    PatientOut,
    PatientsOut,
    Traits,
    columns,
    patient_ref,
)

router = Router(tags=["patients"])


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
def get_patient(request: SignedInRequest, patient_id: UUID, circle: Circle | None = None) -> PatientOut:
    """A patient in the asker's care, as the circle asked for sees them; the reading is audited."""
    patient = visible_or_404(Patient, request.person, patient_id)
    return page_of(actions.read_patient(patient, by=request.person), request.person, circle)


@router.post("/patients", response={201: PatientOut})
@idempotent
def create_patient(request: SignedInRequest, payload: PatientIn) -> PatientOut:
    """A new patient and their circle."""
    members = [new_member(one, request.person) for one in payload.members]
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
