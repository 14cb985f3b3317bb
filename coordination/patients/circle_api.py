"""A patient's circles: who belongs to them, on what basis, and opening one in an emergency."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Router

from coordination.accounts.models import Person, Team
from coordination.accounts.recent import require_recent
from coordination.accounts.signin import SignedInRequest
from coordination.base.errors import Invalid, NotFound
from coordination.base.idempotency import idempotent
from coordination.base.language import Sentence
from coordination.base.scoping import visible_or_404
from coordination.patients import actions, agreements, emergencies, queries
from coordination.patients.agreements import Agreed, Refusal
from coordination.patients.models import Consent, Opposition, Patient
from coordination.patients.newcomers import new_member
from coordination.patients.pages import (
    circle_managed,
    circle_ref,
    circle_seen,
    consents_of,
    member_out,
    oppositions_of,
)
from coordination.patients.roles import OF_A_CIRCLE, ROLES, role_label
from coordination.patients.schemas import (
    Circle,
    CircleIn,
    CircleRef,
    CircleRole,
    CircleRolesOut,
    ConsentIn,
    ConsentOut,
    ConsentsOut,
    EmergencyIn,
    EmergencyOut,
    IdentityOut,
    MemberIn,
    MemberOut,
    OppositionIn,
    OppositionOut,
    OppositionsOut,
    patient_ref,
)

router = Router(tags=["circles"])

ONE_OF_THREE = Sentence(
    fr="Indiquez une personne, une équipe du centre, ou tout le monde.",
    en="Name a person, a team of the centre, or everyone.",
)


def _identified(person: Person, patient: UUID) -> Patient:
    """A patient of the centre for whoever may look one up; `NotFound` otherwise."""
    found = Patient.objects.identifiable_by(person).filter(pk=patient).first()
    if found is None:
        raise NotFound
    return found


@router.get("/circle/roles", response=CircleRolesOut)
def list_circle_roles(request: SignedInRequest) -> CircleRolesOut:
    """The roles that one may hold in a patient's circle, in the asker's language."""
    items = [CircleRole(code=code, name=role_label(code)) for code in ROLES if code in OF_A_CIRCLE]
    return CircleRolesOut(items=items)


@router.get("/patients/{patient_id}/identity", response=IdentityOut)
def get_identity(request: SignedInRequest, patient_id: UUID) -> IdentityOut:
    """Who a patient of the centre is, and nothing more; the reading is audited."""
    person = request.person
    patient = emergencies.identify_patient(_identified(person, patient_id), by=person)
    return IdentityOut(
        **patient_ref(patient).model_dump(),
        in_care=Patient.objects.visible_to(person).filter(pk=patient.pk).exists(),
        may_break_glass=emergencies.may_break_glass(patient, person),
    )


@router.post("/patients/{patient_id}/break-glass", response={201: EmergencyOut})
@idempotent
def break_glass(request: SignedInRequest, patient_id: UUID, payload: EmergencyIn) -> EmergencyOut:
    """Open a circle in an emergency, for an hour, after proving again who one is; its people are told at once."""
    patient = _identified(request.person, patient_id)
    require_recent(request)
    line = emergencies.break_glass(patient, reason=payload.reason, circle=payload.circle, by=request.person)
    return EmergencyOut.model_validate({"until": line.until})


@router.post("/patients/{patient_id}/break-glass/end", response={204: None})
def end_emergency(request: SignedInRequest, patient_id: UUID) -> None:
    """Close what one opened, before its hour is over."""
    emergencies.end_emergency(visible_or_404(Patient, request.person, patient_id), by=request.person)


@router.post("/patients/{patient_id}/circles", response={201: CircleRef})
@idempotent
def begin_circle(request: SignedInRequest, patient_id: UUID, payload: CircleIn) -> CircleRef:
    """Begin to follow a patient of the centre in the circle of one's own trade."""
    patient = _identified(request.person, patient_id)
    return circle_ref(actions.begin_circle(patient, payload.circle, why=payload.why, by=request.person))


@router.post("/patients/{patient_id}/circle", response={201: MemberOut})
@idempotent
def join_circle(request: SignedInRequest, patient_id: UUID, payload: MemberIn) -> MemberOut:
    """Bring a person or a team into a circle that the asker belongs to."""
    patient = visible_or_404(Patient, request.person, patient_id)
    circle = circle_managed(patient, request.person, payload.circle)
    member = new_member(payload, request.person, field="person")
    return member_out(actions.add_to_circle(circle, member, by=request.person))


@router.delete("/patients/{patient_id}/circle/{member_id}", response={204: None})
def leave_circle(request: SignedInRequest, patient_id: UUID, member_id: UUID) -> None:
    """End a line of a circle now: whoever sees the patient through it alone sees them no more."""
    patient = visible_or_404(Patient, request.person, patient_id)
    mine = queries.lines_managed_by(request.person).filter(care_team__patient=patient)
    actions.leave_circle(get_object_or_404(mine, pk=member_id), by=request.person)


@router.get("/patients/{patient_id}/consents", response=ConsentsOut)
def list_consents(request: SignedInRequest, patient_id: UUID, circle: Circle | None = None) -> ConsentsOut:
    """What the patient agreed to share, those in force first."""
    seen = circle_seen(visible_or_404(Patient, request.person, patient_id), request.person, circle)
    return ConsentsOut(items=consents_of(seen))


@router.post("/patients/{patient_id}/consents", response={201: ConsentOut})
@idempotent
def collect_consent(request: SignedInRequest, patient_id: UUID, payload: ConsentIn) -> ConsentOut:
    """Keep a consent that the asker collected."""
    patient = visible_or_404(Patient, request.person, patient_id)
    circle = circle_managed(patient, request.person, payload.circle)
    agreed = Agreed(**payload.dict(exclude={"circle"}))
    return ConsentOut.model_validate(agreements.record_consent(circle, agreed, by=request.person))


@router.post("/consents/{consent_id}/withdraw", response=ConsentOut)
def withdraw_consent(request: SignedInRequest, consent_id: UUID) -> ConsentOut:
    """The patient takes it back: what was shared through it alone is closed at once."""
    consent = get_object_or_404(Consent.objects.managed_by(request.person), pk=consent_id)
    return ConsentOut.model_validate(agreements.withdraw_consent(consent, by=request.person))


@router.get("/patients/{patient_id}/oppositions", response=OppositionsOut)
def list_oppositions(request: SignedInRequest, patient_id: UUID, circle: Circle | None = None) -> OppositionsOut:
    """Whom the patient refuses, those in force first."""
    seen = circle_seen(visible_or_404(Patient, request.person, patient_id), request.person, circle)
    return OppositionsOut(items=oppositions_of(seen))


@router.post("/patients/{patient_id}/oppositions", response={201: OppositionOut})
@idempotent
def oppose_sharing(request: SignedInRequest, patient_id: UUID, payload: OppositionIn) -> OppositionOut:
    """Close the patient's file to a person, a team or everyone, at once."""
    patient = visible_or_404(Patient, request.person, patient_id)
    circle = circle_managed(patient, request.person, payload.circle)
    refusal = _refusal(payload, request.person)
    return OppositionOut.model_validate(agreements.record_opposition(circle, refusal, by=request.person))


def _refusal(sent: OppositionIn, asker: Person) -> Refusal:
    """Whom the patient refuses: somebody or a team of the asker's centre, or with neither everyone."""
    person = Person.objects.visible_to(asker).filter(pk=sent.person).first() if sent.person else None
    team = Team.objects.filter(pk=sent.team, organisation_id=asker.organisation_id).first() if sent.team else None
    if [person is not None, team is not None, sent.everyone].count(True) != 1:
        raise Invalid(fields={"person": ONE_OF_THREE})
    return Refusal(person, team, sent.note)


@router.post("/oppositions/{opposition_id}/lift", response=OppositionOut)
def lift_opposition(request: SignedInRequest, opposition_id: UUID) -> OppositionOut:
    """The patient no longer refuses."""
    opposition = get_object_or_404(Opposition.objects.managed_by(request.person), pk=opposition_id)
    return OppositionOut.model_validate(agreements.lift_opposition(opposition, by=request.person))
