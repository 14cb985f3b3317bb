"""The writes of the patient index, and telling a patient's circles that something happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from coordination.accounts.actions import raise_epoch
from coordination.accounts.models import Person, Team
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import NotFound
from coordination.patients import queries
from coordination.patients.errors import (
    AlreadyInCircle,
    CircleExists,
    LastOfCircle,
    Opposed,
    OtherCircle,
    PatientExists,
)
from coordination.patients.identity import birth_keys, name_keys, phone_keys
from coordination.patients.models import (
    Basis,
    CareTeam,
    CareTeamMember,
    Opposition,
    Patient,
    PatientKey,
    Reach,
)
from coordination.patients.rules import STRICT_TRAITS, forget_qualification
from coordination.patients.sharing import CIRCLES, Recipient, Sharing, first_circle, settle, work_in
from coordination.patients.signals import circle_joined
from coordination.streams import log as streams
from coordination.streams.actions import open_stream


@dataclass(frozen=True)
class NewMember:
    """Who enters a circle: a person or a team, in which role of the care protocols, why, until when, on what basis."""

    role: str = ""
    person: Person | None = None
    team: Team | None = None
    why: str = ""
    until: datetime | None = None
    sharing: Sharing = field(default_factory=Sharing)

    @property
    def recipient(self) -> Recipient:
        """Whom the circle would share with."""
        if self.person:
            return Recipient(self.person.display_name, [self.person.profession])
        return Recipient(self.team.name, self.team.roles) if self.team else Recipient("", [])


def tell_story(patient_id: UUID, what: str, id: UUID | str, actor: UUID | None) -> None:  # noqa: A002
    """Tell those who look at a patient that their story has something new; `what` is task, appointment, step, …"""
    for circle in CareTeam.objects.filter(patient_id=patient_id).values_list("pk", flat=True):
        streams.append(circle, "story.changed", {"what": what, "id": str(id)}, actor=actor)


def keys_of(patient: Patient) -> list[PatientKey]:
    """Everything the patient may be looked up by."""
    names = (patient.birth_name, patient.used_name, patient.birth_given_names, patient.used_given_name)
    by_kind = {
        PatientKey.Kind.NAME: name_keys(*names),
        PatientKey.Kind.BIRTH: birth_keys(patient.birth_date),
        PatientKey.Kind.PHONE: phone_keys(patient.phone),
    }
    return [
        PatientKey(patient=patient, organisation_id=patient.organisation_id, kind=kind, key=key)
        for kind, keys in by_kind.items()
        for key in sorted(keys)
    ]


@action
def index(patients: Iterable[Patient]) -> None:
    """Write afresh the keys of these patients."""
    patients = list(patients)
    PatientKey.objects.filter(patient__in=patients).delete()
    PatientKey.objects.bulk_create([key for patient in patients for key in keys_of(patient)], batch_size=5000)


@action
def create_patient(
    *, by: Person, traits: dict[str, Any], members: Sequence[NewMember] = (), is_someone_else: bool = False
) -> Patient:
    """A new patient with a circle, the care circle for most trades: those named, and whoever creates the file.

    `PatientExists` for the very same traits, unless `is_someone_else`; `SharingBasisMissing` as for any newcomer.
    """
    require(by, Right.PATIENT_EDIT)
    require(by, Right.PATIENT_READ)
    patient = Patient(organisation_id=by.organisation_id, **traits)
    if not is_someone_else and (same := queries.same_traits(patient)):
        raise PatientExists(name=same.name, born=same.birth_date)
    patient.save()
    index([patient])
    circle = open_circle(patient, by=by, circle=first_circle(by.profession))
    for member in members:
        _bring_in(circle, member, by=by)
    if not CareTeam.objects.visible_to(by).filter(pk=circle.pk).exists():
        join_circle(circle, NewMember(role=by.profession, person=by), by=by)
    audit.record(by, "patient.created", patient, patient=patient.pk)
    return patient


@action
def edit_patient(patient: Patient, *, by: Person, changes: dict[str, Any]) -> Patient:
    """Correct a patient's details; a changed strict trait takes the identity back to provisional (rules §2.3)."""
    require(by, Right.PATIENT_EDIT)
    patient.refresh_from_db(from_queryset=Patient.objects.select_for_update())
    before = {name: getattr(patient, name) for name in (*changes, "matricule")}
    changed = {name for name, value in changes.items() if getattr(patient, name) != value}
    for name in changed:
        setattr(patient, name, changes[name])
    if changed & STRICT_TRAITS:
        forget_qualification(patient)
    patient.save()
    index([patient])
    after = {name: getattr(patient, name) for name in before}
    detail = {"changes": audit.changes(before, after)}
    audit.record(by, "patient.changed", patient, patient=patient.pk, detail=detail)
    _tell_circles(patient, by)
    return patient


def _tell_circles(patient: Patient, by: Person) -> None:
    for circle in patient.care_teams.all():
        streams.append(circle.pk, "patient.changed", {"id": str(patient.pk)}, actor=by.pk)


@action
def open_circle(patient: Patient, *, by: Person | None, circle: str = CareTeam.Circle.HEALTH) -> CareTeam:
    """A patient's circle of one kind, with its stream; nobody belongs to it yet."""
    team = CareTeam.objects.create(patient=patient, circle=circle)
    open_stream(team.pk, kind="care_team", organisation=patient.organisation_id)
    audit.record(by, "circle.opened", team, organisation=patient.organisation_id)
    return team


@action
def begin_circle(patient: Patient, circle: str, *, by: Person, why: str = "") -> CareTeam:
    """Begin to follow a patient of the centre in a circle of one's own trade, as its first member.

    `OtherCircle` for another trade, `CircleExists` when the patient is followed there already.
    """
    require(by, Right.PATIENT_EDIT)
    require(by, Right.PATIENT_READ)
    refuse_unless(work_in(circle, [by.profession]), OtherCircle(circle=CIRCLES[circle]))
    refuse_unless(not Opposition.objects.against(by).filter(patient=patient).exists(), Opposed(name=by.display_name))
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    refuse_unless(not patient.care_teams.filter(circle=circle).exists(), CircleExists())
    team = open_circle(patient, by=by, circle=circle)
    join_circle(team, NewMember(by.profession, person=by, why=why), by=by)
    return team


@action
def add_to_circle(care_team: CareTeam, member: NewMember, *, by: Person) -> CareTeamMember:
    """Bring a person or a team into a circle; `AlreadyInCircle` for one who belongs to it by name.

    `SharingBasisMissing` when nothing allows it, `Opposed` when the patient refuses it.
    """
    require(by, Right.PATIENT_EDIT)
    hold(care_team)
    known = queries.members_of(care_team).filter(person=member.person, team=member.team).first()
    refuse_unless(known is None, AlreadyInCircle(name=member.recipient.name))
    return _bring_in(care_team, member, by=by)


def _bring_in(care_team: CareTeam, member: NewMember, *, by: Person) -> CareTeamMember:
    """A newcomer whom nothing refuses, on a basis that holds."""
    refuse_opposed(care_team.patient, member)
    settled = settle(member.sharing, care_team, member.recipient)
    return join_circle(care_team, replace(member, sharing=settled), by=by)


def refuse_opposed(patient: Patient, member: NewMember) -> None:
    """`Opposed` for someone the patient refuses; a refusal of everybody leaves those the patient consents to."""
    whom = Q(person=member.person) if member.person else Q(team=member.team)
    if member.sharing.basis != Basis.CONSENT:
        whom |= Q(everyone=True)
    opposed = Opposition.objects.in_force().filter(whom, patient=patient).exists()
    refuse_unless(not opposed, Opposed(name=member.recipient.name))


def hold(care_team: CareTeam) -> None:
    """Two people who change one circle do it one after the other."""
    CareTeam.objects.select_for_update(no_key=True).get(pk=care_team.pk)


@action
def join_circle(care_team: CareTeam, member: NewMember, *, by: Person | None) -> CareTeamMember:
    """Someone, or a team, enters a circle: from now on they see the patient. The caller has settled the basis."""
    joined = CareTeamMember.objects.create(
        care_team=care_team,
        person=member.person,
        team=member.team,
        role=member.role,
        since=clock.now(),
        until=member.until,
        why=member.why,
        added_by=by,
        **member.sharing.columns(),
    )
    patient, actor = care_team.patient, by.pk if by else None
    detail = {"basis": member.sharing.basis, "who": str(member.person.pk if member.person else joined.team_id)}
    audit.record(by, "circle.joined", joined, patient=patient.pk, organisation=patient.organisation_id, detail=detail)
    tell_circle(care_team, actor)
    circle_joined.send(CareTeam, care_team=care_team, member=joined, by=actor)
    return joined


def tell_circle(care_team: CareTeam, actor: UUID | None) -> None:
    """Those who look at the circle read it again."""
    streams.append(care_team.pk, "circle.changed", {"id": str(care_team.pk)}, actor=actor)


@action
def leave_circle(member: CareTeamMember, *, by: Person) -> CareTeamMember:
    """Someone, or a team, leaves a circle: their sockets lose it within seconds.

    Anyone may leave; taking out another needs the right. `LastOfCircle` if nobody could read the file any more.
    """
    refuse_unless(member.person_id == by.pk or by.may(Right.PATIENT_EDIT))
    hold(member.care_team)
    if not queries.members_of(member.care_team).filter(pk=member.pk).exists():
        raise NotFound
    refuse_unless(queries.someone_stays(member), LastOfCircle(name=member.care_team.patient.name))
    end_lines([member])
    audit.record(by, "circle.left", member, patient=member.care_team.patient_id)
    tell_circle(member.care_team, by.pk)
    return member


def end_lines(lines: Sequence[CareTeamMember]) -> None:
    """End these lines now, for all whom they reach."""
    now, ids = clock.now(), [line.pk for line in lines]
    through = Reach.objects.in_force().filter(line_id__in=ids)
    raise_epoch(set(through.values_list("person_id", flat=True)))
    CareTeamMember.objects.filter(pk__in=ids).update(until=now)
    for line in lines:
        line.until = now


def people_of(member: CareTeamMember) -> list[UUID]:
    """The people whom one line of a circle reaches now, those who stand in included."""
    return list(Reach.objects.in_force().filter(line_id=member.pk).values_list("person_id", flat=True).distinct())


@action
def read_patient(patient: Patient, *, by: Person) -> Patient:
    """Note that someone opened the patient's page."""
    audit.record(by, "patient.read", patient, patient=patient.pk)
    return patient


@action
def search_patients(typed: str, *, by: Person) -> queries.Found:
    """The patients of the centre that answer to what was typed; the search is audited, not its words."""
    refuse_unless(by.may(Right.PATIENT_IDENTIFY))
    found = queries.find(typed, by=by)
    audit.record(by, "patient.searched", detail={"found": len(found.patients)})
    return found


@action
def find_candidates(patient: Patient, *, by: Person) -> list[tuple[Patient, str]]:
    """Who in the index may be the person about to be created, graded; audited as any other search."""
    require(by, Right.PATIENT_EDIT)
    require(by, Right.PATIENT_IDENTIFY)
    found = queries.candidates(patient)
    audit.record(by, "patient.searched", detail={"found": len(found)})
    return found


@action
def know_conversation(care_team: CareTeam, conversation: UUID) -> None:
    """Keep where a circle writes."""
    care_team.conversation_id = conversation
    care_team.save(update_fields=["conversation_id"])
