"""The routes of the access log: a centre's, one patient's, its files and its anchors."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from coordination.accounts.recent import require_recent
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.signin import SignedInRequest
from coordination.base.errors import NotFound
from coordination.base.scoping import visible_or_404
from coordination.patients.models import Patient
from coordination.privacy import access_actions as actions
from coordination.privacy import access_log
from coordination.privacy.access_log import Whose
from coordination.privacy.access_schemas import (
    ONE_DAY,
    AccessFilter,
    FoundPatient,
    KindsOut,
    LogPageOut,
    PrintIn,
    WhoseLog,
)

router = Router(tags=["access log"])

CSV, PDF, TEXT = "text/csv; charset=utf-8", "application/pdf", "text/plain; charset=utf-8"


@router.get("/audit", response=LogPageOut)
def list_audit(request: SignedInRequest, asked: Query[AccessFilter], before: datetime | None = None) -> LogPageOut:
    """Who did or read what in the centre, latest first."""
    return access_log.page(request.person, actions.search(asked, by=request.person), before=before)


@router.get("/audit/kinds", response=KindsOut)
def list_kinds(request: SignedInRequest) -> KindsOut:
    """Everything that is recorded, grouped."""
    require(request.person, Right.AUDIT_READ)
    return access_log.kinds()


@router.get("/audit/patient", response=FoundPatient)
def find_patient(request: SignedInRequest, whose: Query[WhoseLog]) -> Patient:
    """The patient who asks who opened their file, by full name and birth date."""
    patient = actions.find_patient(Whose(whose.name, whose.born), by=request.person)
    if patient is None:
        raise NotFound
    return patient


@router.get("/audit.csv", response={200: None})
def export_audit(request: SignedInRequest, asked: Query[AccessFilter]) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    require(request.person, Right.AUDIT_READ)
    require_recent(request)
    return _file(actions.export_log(asked, by=request.person), CSV, "journal-des-acces.csv")


@router.get("/audit/anchor", response={200: None})
def take_anchor(request: SignedInRequest, day: Annotated[date, ONE_DAY]) -> HttpResponse:
    """The line that proves where the log stood at the end of a day, to be kept elsewhere."""
    return _file(actions.take_anchor(day, by=request.person).encode(), TEXT, f"empreinte-{day}.txt")


@router.get("/patients/{uuid:patient_id}/accesses", response=LogPageOut)
def list_accesses(request: SignedInRequest, patient_id: UUID, before: datetime | None = None) -> LogPageOut:
    """Who did or read what about one patient, latest first."""
    patient = actions.patient_of_log(patient_id, by=request.person)
    entries = actions.read_accesses(patient, by=request.person)
    return access_log.page(request.person, entries, before=before, named=False)


@router.get("/patients/{uuid:patient_id}/accesses.csv", response={200: None})
def export_accesses_csv(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    patient = actions.patient_of_log(patient_id, by=request.person)
    require_recent(request)
    return _file(actions.export_accesses_csv(patient, by=request.person), CSV, f"acces-{patient.pk}.csv")


@router.get("/patients/{uuid:patient_id}/accesses.pdf", response={200: None})
def export_accesses_pdf(request: SignedInRequest, patient_id: UUID) -> HttpResponse:
    """The same as a document for the patient."""
    patient = actions.patient_of_log(patient_id, by=request.person)
    require_recent(request)
    return _file(actions.export_accesses_pdf(patient, by=request.person), PDF, f"acces-{patient.pk}.pdf")


@router.post("/prints", response={204: None})
def note_printing(request: SignedInRequest, payload: PrintIn) -> None:
    """A page is being printed; the browser says so by itself."""
    patient = visible_or_404(Patient, request.person, payload.patient) if payload.patient else None
    actions.note_printing(payload.page, patient, by=request.person)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
