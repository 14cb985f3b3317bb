"""Reading the patient index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When

from coordination.accounts.models import Membership, Person, earliest, last_ends
from coordination.accounts.rights import Right
from coordination.base.text import words
from coordination.patients.identity import matricule_hashes, phone_digits
from coordination.patients.models import (
    Basis,
    CareTeam,
    CareTeamMember,
    CareTeamMemberQuerySet,
    Patient,
    PatientKey,
    Reach,
)
from coordination.patients.search import Term, likeness, terms

PAGE = 30
ALIKE = 0.8


@dataclass(frozen=True)
class Found:
    """The first patients in French order, and whether there are more."""

    patients: Sequence[Patient]
    more: bool


def find(typed: str, *, by: Person) -> Found:
    """The patients of the centre that answer to every term typed; none when nothing usable was typed."""
    asked = terms(typed)
    patients = Patient.objects.identifiable_by(by) if asked else Patient.objects.none()
    for term in asked:
        patients = patients.filter(pk__in=_answering(term, by.organisation_id))
    return first_page(patients, by=by)


def in_care(by: Person) -> Found:
    """The patients in someone's care."""
    return first_page(Patient.objects.visible_to(by), by=by)


def first_page(patients: QuerySet[Patient], *, by: Person) -> Found:
    """The first of them in French order, each with whether they are in the asker's care (`in_care`)."""
    cared = Patient.objects.visible_to(by).filter(pk=OuterRef("pk"))
    rows = list(patients.annotate(in_care=Exists(cared)).order_by("sort_key", "birth_date", "pk")[: PAGE + 1])
    return Found(rows[:PAGE], more=len(rows) > PAGE)


def _answering(term: Term, organisation: UUID) -> QuerySet[Any, UUID]:
    """The patients one term finds: a name or a phone by its beginning, a birth date or a matricule as a whole."""
    if term.kind == "matricule":
        known = Patient.objects.filter(matricule_hash__in=matricule_hashes(term.key), organisation_id=organisation)
        return known.values_list("pk", flat=True)
    kinds = PatientKey.Kind
    matches = {
        "name": Q(kind=kinds.NAME, key__startswith=term.key),
        "birth": Q(kind=kinds.BIRTH, key=term.key),
        "number": Q(kind=kinds.BIRTH, key=term.key) | Q(kind=kinds.PHONE, key__startswith=term.key),
    }
    keys = PatientKey.objects.filter(matches[term.kind], organisation_id=organisation)
    return keys.values_list("patient_id", flat=True)


def same_traits(patient: Patient) -> Patient | None:
    """Somebody of the centre with the same birth name, first given name, birth date and sex, if any."""
    born_then = Patient.objects.filter(
        organisation_id=patient.organisation_id, birth_date=patient.birth_date, sex=patient.sex
    )
    return next((other for other in born_then if _signature(other) == _signature(patient)), None)


def _signature(patient: Patient) -> tuple[str, str]:
    given = words(patient.birth_given_names)
    return "".join(words(patient.birth_name)), given[0] if given else ""


def candidates(patient: Patient) -> list[tuple[Patient, str]]:
    """Who may be the same person as one about to be created, with a grade: probable or possible (rules §2.8)."""
    centre = PatientKey.objects.filter(organisation_id=patient.organisation_id)
    keys = centre.filter(
        Q(kind=PatientKey.Kind.BIRTH, key=f"{patient.birth_date:%d%m%Y}")
        | Q(kind=PatientKey.Kind.PHONE, key=phone_digits(patient.phone) or "-")
        | Q(kind=PatientKey.Kind.NAME, key__in=["".join(words(patient.birth_name))])
    )
    others = Patient.objects.filter(pk__in=keys.values("patient_id")).order_by("sort_key")[:200]
    graded = [(other, grade) for other in others if (grade := _grade(patient, other))]
    return sorted(graded, key=lambda pair: pair[1] != "probable")[:10]


def _grade(patient: Patient, other: Patient) -> str | None:
    names = _alike(patient.birth_name, other.birth_name) or _alike(patient.birth_name, other.used_name)
    given = _alike(patient.given_name, other.given_name)
    born = likeness(patient.birth_date, other.birth_date)
    same_phone = bool(patient.phone) and phone_digits(patient.phone) == phone_digits(other.phone)
    if born != "far" and names and given:
        return "probable"
    if (born == "same" and (names or given)) or (same_phone and (names or given)):
        return "possible"
    return None


def _alike(one: str, other: str) -> bool:
    """Whether two names are one name misheard: equal when joined, one within the other, or nearly the same."""
    a, b = words(one), words(other)
    if not a or not b:
        return False
    inside = set(a) <= set(b) or set(b) <= set(a)
    return inside or SequenceMatcher(None, "".join(a), "".join(b)).ratio() >= ALIKE


def circles_of(patient: Patient, person: Person) -> QuerySet[CareTeam]:
    """The circles of a patient that a person sees, health first; most people see one."""
    return CareTeam.objects.visible_to(person).filter(patient=patient).order_by(HEALTH_FIRST, "circle")


def record_links_for(patient: Patient, person: Person) -> list[dict[str, str]]:
    """Where the shared record keeps the patient, for those of the care circle: it is a health record."""
    health = CareTeam.objects.visible_to(person).filter(patient=patient, circle=CareTeam.Circle.HEALTH)
    return patient.record_links if patient.record_links and health.exists() else []


HEALTH_FIRST = Case(When(circle=CareTeam.Circle.HEALTH, then=0), default=1, output_field=IntegerField())


def members_of(care_team: CareTeam) -> QuerySet[CareTeamMember]:
    """Who belongs to a circle today: named people first, then teams."""
    current = care_team.members.filter(pk__in=CareTeamMember.objects.current().lasting())
    return current.select_related("person", "team", "added_by").order_by("team__name", "person__sort_key")


def lines_managed_by(person: Person) -> QuerySet[CareTeamMember]:
    """The lines in force of the circles a person belongs to."""
    return CareTeamMember.objects.current().lasting().filter(care_team__in=CareTeam.objects.managed_by(person))


def lines_of(circle: CareTeam, person: Person) -> CareTeamMemberQuerySet:
    """The lines through which a person sees a circle now."""
    return CareTeamMember.objects.of(person).filter(care_team=circle)


def ends_of(lines: QuerySet[CareTeamMember], person: Person) -> dict[UUID, datetime | None]:
    """For each circle of these lines, which let a person in, until when the last of them does."""
    rows = lines.values_list("care_team_id", "until", "person_id", "team_id")
    through = person.works_as | person.teams_until
    return last_ends((circle, earliest(until, through[team or who])) for circle, until, who, team in rows)


def emergency_of(circle: CareTeam, person: Person) -> CareTeamMember | None:
    """The emergency by which a person has a circle open, when nothing else lets them in."""
    lines = list(lines_of(circle, person).order_by("until"))
    return lines[-1] if lines and all(line.basis == Basis.EMERGENCY for line in lines) else None


def readers_of(care_teams: Iterable[UUID], *, without: UUID | None = None) -> list[UUID]:
    """The people who see one of these circles as those who belong to them, rights included; less those of one line."""
    lines = Reach.objects.in_force().lasting().filter(care_team_id__in=list(care_teams))
    if without:
        lines = lines.exclude(line_id=without)
    readers = Membership.objects.in_force().filter(role__rights__contains=[Right.PATIENT_READ])
    people = Person.objects.filter(pk__in=lines.values("person_id"), is_active=True)
    return list(people.filter(pk__in=readers.values("person_id")).values_list("pk", flat=True))


def reached(patient: UUID) -> set[tuple[UUID, UUID]]:
    """(circle, person) for everyone whom a line of one of the patient's circles reaches now, rights aside."""
    circles = CareTeam.objects.filter(patient_id=patient)
    lines = Reach.objects.in_force().filter(care_team_id__in=circles.values("pk"))
    return set(lines.values_list("care_team_id", "person_id"))


def someone_stays(leaving: CareTeamMember) -> bool:
    """Whether anyone who may read patients' files would still belong to the circle without this line."""
    return bool(readers_of([leaving.care_team_id], without=leaving.pk))


def may_join_circles(person_id: UUID, stream_ids: Sequence[UUID]) -> dict[UUID, datetime | None]:
    """The circles a person sees, each until the right or the last line that stands for them ends."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return {}
    seen = CareTeam.objects.visible_to(person).filter(pk__in=stream_ids)
    ends = ends_of(CareTeamMember.objects.of(person).filter(care_team__in=seen), person)
    limit = person.may_until(Right.PATIENT_READ)
    return {circle: earliest(limit, until) for circle, until in ends.items()}
