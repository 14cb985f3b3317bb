"""Break-glass: opening one circle of a patient for an hour, by saying why; its people are told at once."""

from datetime import timedelta

from django.conf import settings

from coordination.accounts.actions import raise_epoch
from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.accounts.schemas import person_ref
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import NotFound
from coordination.patients import queries
from coordination.patients.actions import hold, tell_circle
from coordination.patients.errors import OpenToYou, Opposed, OtherCircle
from coordination.patients.models import Basis, CareTeam, CareTeamMember, Opposition, Patient
from coordination.patients.schemas import patient_ref
from coordination.patients.sharing import CIRCLES, home_circle
from coordination.patients.signals import glass_broken
from coordination.streams import log as streams


def may_break_glass(patient: Patient, person: Person) -> bool:
    """Whether someone who does not see their own circle of this patient may open it in an emergency."""
    rights = person.may(Right.PATIENT_BREAK_GLASS) and person.may(Right.PATIENT_READ)
    return rights and not _opposed(patient, person) and not _sees(patient, home_circle(person.profession), person)


def _opposed(patient: Patient, person: Person) -> bool:
    """The patient refuses this very person; refusing everybody does not close the file to an emergency."""
    return Opposition.objects.in_force().filter(patient=patient, person=person).exists()


def _sees(patient: Patient, circle: str, person: Person) -> bool:
    return CareTeam.objects.visible_to(person).filter(patient=patient, circle=circle).exists()


@action
def identify_patient(patient: Patient, *, by: Person) -> Patient:
    """Note that someone looked at who a patient is, and at nothing more."""
    require(by, Right.PATIENT_IDENTIFY)
    audit.record(by, "patient.identified", patient, patient=patient.pk)
    return patient


@action
def break_glass(patient: Patient, *, reason: str, by: Person, circle: str | None = None) -> CareTeamMember:
    """Open one circle for `BREAK_GLASS_MINUTES`, that of one's own trade unless told.

    `OtherCircle` for another trade's, `Opposed` for whom the patient refuses, `OpenToYou` for who sees it already.
    The circle, and above it whoever answers for security, are told in the same transaction.
    """
    require(by, Right.PATIENT_BREAK_GLASS)
    require(by, Right.PATIENT_READ)
    wanted = circle or home_circle(by.profession)
    refuse_unless(wanted == home_circle(by.profession), OtherCircle(circle=CIRCLES[wanted]))
    refuse_unless(not _opposed(patient, by), Opposed(name=by.display_name))
    opened = patient.care_teams.filter(circle=wanted).first()
    if opened is None:
        raise NotFound
    hold(opened)
    refuse_unless(not _sees(patient, wanted, by), OpenToYou())
    line = _open(opened, reason, by)
    audit.record(by, "break_glass.begun", line, patient=patient.pk, detail={"circle": wanted})
    _tell(line)
    glass_broken.send(CareTeamMember, line=line)
    return line


def _open(circle: CareTeam, reason: str, by: Person) -> CareTeamMember:
    now = clock.now()
    return CareTeamMember.objects.create(
        care_team=circle,
        person=by,
        since=now,
        until=now + timedelta(minutes=settings.BREAK_GLASS_MINUTES),
        why=reason,
        added_by=by,
        basis=Basis.EMERGENCY,
    )


def _tell(line: CareTeamMember) -> None:
    """Everybody of the circle in their own inbox, and those who look at the patient's page."""
    data = {
        "patient": patient_ref(line.care_team.patient).model_dump(mode="json"),
        "by": person_ref(line.person).model_dump(mode="json") if line.person else None,
        "reason": line.why,
        "until": line.until.isoformat().replace("+00:00", "Z") if line.until else None,
    }
    for reader in queries.readers_of([line.care_team_id]):
        if reader != line.person_id:
            streams.append(reader, "access.emergency", data, actor=line.person_id)
    tell_circle(line.care_team, line.person_id)
    streams.append(line.care_team_id, "story.changed", {"what": "emergency", "id": str(line.pk)}, actor=line.person_id)


@action
def end_emergency(patient: Patient, *, by: Person) -> None:
    """Close what one has opened in an emergency, before its hour is over; `NotFound` when nothing is open."""
    lines = list(CareTeamMember.objects.of(by).filter(basis=Basis.EMERGENCY, patient=patient))
    if not lines:
        raise NotFound
    CareTeamMember.objects.filter(pk__in=[line.pk for line in lines]).update(until=clock.now())
    raise_epoch([by.pk])
    for line in lines:
        audit.record(by, "break_glass.ended", line, patient=patient.pk)
        tell_circle(line.care_team, by.pk)
