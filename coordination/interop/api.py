"""The FHIR R4 façade: `/fhir/metadata` and reading a patient."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from ninja import NinjaAPI

from coordination.accounts.signin import Bearer, Cookie, SignedInRequest
from coordination.audit import actions as audit
from coordination.base.action import action
from coordination.base.errors import NotFound
from coordination.base.scoping import visible_or_404
from coordination.interop import outcomes
from coordination.interop.patients import PROFILE, PROFILE_INS, fhir_patient
from coordination.patients.models import CareTeam, Patient

api = NinjaAPI(
    title="Liaison FHIR",
    version="4.0.1",
    auth=[Bearer(), Cookie()],
    docs_url=None,
    openapi_url=None,
    urls_namespace="fhir",
)
outcomes.register(api)


@api.get("/metadata", auth=None)
def read_capabilities(request: HttpRequest) -> HttpResponse:
    """What this server does; open to all, as FHIR asks."""
    return _fhir(_capabilities().model_dump_json(exclude_none=True))


@api.get("/Patient/{patient_id}")
def read_fhir_patient(request: SignedInRequest, patient_id: str) -> HttpResponse:
    """A patient in the asker's care; the reading is audited."""
    patient = visible_or_404(Patient, request.person, _uuid(patient_id))
    _note_reading(request, patient)
    health = CareTeam.objects.visible_to(request.person).filter(patient=patient, circle=CareTeam.Circle.HEALTH)
    return _fhir(fhir_patient(patient, for_health=health.exists()).model_dump_json(exclude_none=True))


@api.api_operation(["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}")
def refuse_anything_else(request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever else is asked for is not here."""
    raise NotFound


@action
def _note_reading(request: SignedInRequest, patient: Patient) -> None:
    audit.record(request.person, "patient.read", patient, patient=patient.pk, detail={"over": "fhir"})


def _uuid(text: str) -> UUID:
    """A FHIR id can be anything of 64 letters; ours are UUIDs."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


def _fhir(body: str) -> HttpResponse:
    return HttpResponse(body, content_type=outcomes.MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def _capabilities() -> CapabilityStatement:
    patient = {"type": "Patient", "supportedProfile": [PROFILE, PROFILE_INS], "interaction": [{"code": "read"}]}
    return CapabilityStatement.model_validate(
        {
            "status": "active",
            "date": "2026-11-21",
            "kind": "instance",
            "software": {"name": "Liaison"},
            "implementation": {"description": "Liaison"},
            "fhirVersion": "4.0.1",
            "format": ["application/fhir+json"],
            "rest": [{"mode": "server", "resource": [patient]}],
        }
    )
