"""Reading and handing out the access log leaves a line in it too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.audit import actions as audit
from coordination.audit import anchors
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import NotFound, Refused
from coordination.base.scoping import visible_or_404
from coordination.patients.models import Patient
from coordination.privacy import access_log
from coordination.privacy.access_files import Cover, as_csv, as_pdf
from coordination.privacy.access_log import MOST, Whose
from coordination.privacy.access_schemas import AccessFilter, LogLineOut
from coordination.privacy.access_words import day_and_hour, shown


@dataclass(frozen=True)
class Taken:
    """The first lines of a log, and whether there are more than a file may hold."""

    lines: Sequence[LogLineOut]
    is_cut: bool


def patient_of_log(patient_id: Any, *, by: Person) -> Patient:
    """A patient whose log this person may read: any of the centre; `NotFound` for one they may not know of."""
    if not by.may(Right.AUDIT_READ):
        visible_or_404(Patient, by, patient_id)
        raise Refused
    patient = Patient.objects.filter(pk=patient_id, organisation_id=by.organisation_id).first()
    if patient is None:
        raise NotFound
    return patient


@action
def search(asked: AccessFilter, *, by: Person) -> QuerySet[Entry]:
    """What the centre's log holds; looking into it is noted, with about whom."""
    require(by, Right.AUDIT_READ)
    audit.record_reading(by, "access_log.searched", by, patient=asked.patient)
    return access_log.of_centre(by, asked)


@action
def read_accesses(patient: Patient, *, by: Person) -> QuerySet[Entry]:
    """Who did what about one patient."""
    require(by, Right.AUDIT_READ)
    audit.record_reading(by, "access_log.read", patient, patient=patient.pk)
    return access_log.of_patient(patient)


@action
def find_patient(whose: Whose, *, by: Person) -> Patient | None:
    """The patient who asks for their log, by full name and birth date; the search is noted, not its words."""
    require(by, Right.AUDIT_READ)
    patient = access_log.find_patient(by, whose)
    audit.record(by, "patient.searched", patient=patient.pk if patient else None, detail={"found": int(bool(patient))})
    return patient


@action
def export_log(asked: AccessFilter, *, by: Person) -> bytes:
    """The centre's log for a spreadsheet, `MOST` lines of it at most."""
    require(by, Right.AUDIT_READ)
    taken = _take(by, access_log.of_centre(by, asked), named=True)
    _note_export(by, asked.patient, taken)
    return as_csv(taken.lines, with_patient=True)


@action
def export_accesses_csv(patient: Patient, *, by: Person) -> bytes:
    """One patient's log for a spreadsheet."""
    taken = _take_of_patient(patient, by)
    return as_csv(taken.lines, with_patient=False)


@action
def export_accesses_pdf(patient: Patient, *, by: Person) -> bytes:
    """One patient's log as a document for them, in French."""
    with translation.override("fr"):
        taken = _take_of_patient(patient, by)
        return as_pdf(taken.lines, _cover(patient, by, taken))


def _take_of_patient(patient: Patient, by: Person) -> Taken:
    require(by, Right.AUDIT_READ)
    taken = _take(by, access_log.of_patient(patient), named=False)
    _note_export(by, patient.pk, taken)
    return taken


def _take(by: Person, entries: QuerySet[Entry], *, named: bool) -> Taken:
    rows = list(entries.order_by("-at", "-id")[: MOST + 1])
    return Taken(access_log.lines(by, rows[:MOST], named=named), is_cut=len(rows) > MOST)


def _note_export(by: Person, patient: Any, taken: Taken) -> None:
    audit.record(by, "access_log.exported", patient=patient, detail={"entries": len(taken.lines)})


def _cover(patient: Patient, by: Person, taken: Taken) -> Cover:
    """Named for those who may know who it is; a reference for the others."""
    known = Patient.objects.identifiable_by(by).filter(pk=patient.pk).exists()
    return Cover(
        centre=patient.organisation.name,
        patient=patient.name if known else f"Patient {patient.pk}",
        born=f", né(e) le {shown(patient.birth_date.isoformat())}" if known else "",
        made=day_and_hour(clock.now()),
        count=len(taken.lines),
        is_cut=taken.is_cut,
    )


@action
def take_anchor(day: date, *, by: Person) -> str:
    """The line that proves where the centre's log stood at the end of a day; `NotFound` before it began."""
    require(by, Right.AUDIT_READ)
    anchor = anchors.of_organisation(by.organisation_id, day)
    if anchor is None:
        raise NotFound
    audit.record(by, "access_log.anchored", detail={"day": day.isoformat()})
    return f"{anchor}\n"


@action
def note_printing(page: str, patient: Patient | None, *, by: Person) -> None:
    """Note that somebody printed a page."""
    audit.record(by, "page.printed", patient, patient=patient.pk if patient else None, detail={"page": page})
