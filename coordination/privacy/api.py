"""The routes of privacy."""

from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Router

from coordination.accounts.recent import require_recent
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.signin import SignedInRequest
from coordination.base.scoping import visible_or_404
from coordination.patients.models import Patient
from coordination.privacy.actions import export_patient

router = Router(tags=["privacy"])


@router.get("/privacy/patients/{uuid:patient_id}/export", response={200: dict[str, object]})
def export_patient_data(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """A JSON file of everything about one patient that the asker may see."""
    patient = visible_or_404(Patient, request.person, patient_id)
    require(request.person, Right.PRIVACY_EXPORT)
    require_recent(request)
    exported = export_patient(patient, by=request.person)
    content = orjson.dumps(exported, option=orjson.OPT_UTC_Z | orjson.OPT_INDENT_2)
    name = f"liaison-patient-{patient.pk}.json"
    return HttpResponse(
        content,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
