"""Reading the access log: a centre's, and one patient's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from coordination.accounts.models import Person
from coordination.accounts.schemas import PersonRef, person_ref
from coordination.audit.models import Entry
from coordination.audit.sentences import GROUPS, KINDS, sentence_of
from coordination.base import clock
from coordination.base.text import fold, words
from coordination.patients.models import Patient, PatientKey
from coordination.privacy.access_schemas import (
    AccessFilter,
    KindGroup,
    KindOut,
    KindsOut,
    LogLineOut,
    LogPageOut,
    PatientNamed,
)
from coordination.privacy.access_words import changes_in, notes_in, without_values

PAGE = 50
MOST = 10_000
"""How many lines a file may hold."""
LOOK_BACK = timedelta(days=92)
"""How far words are looked for when no first day is given: they have no index."""


def of_centre(reader: Person, asked: AccessFilter) -> QuerySet[Entry]:
    """The entries of the reader's centre that answer to everything that is asked."""
    found = Entry.objects.filter(organisation_id=reader.organisation_id)
    if asked.patient:
        found = found.filter(patient_id=asked.patient)
    if asked.person:
        found = found.filter(Q(actor_id=asked.person) | Q(on_behalf_of_id=asked.person))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    zone = ZoneInfo(reader.organisation.time_zone)
    if asked.first:
        found = found.filter(at__gte=datetime.combine(asked.first, time.min, zone))
    if asked.until:
        found = found.filter(at__lt=datetime.combine(asked.until + timedelta(days=1), time.min, zone))
    return _with_words(found, asked, reader) if asked.q else found


def _with_words(found: QuerySet[Entry], asked: AccessFilter, reader: Person) -> QuerySet[Entry]:
    """Those that say what was typed: by their kind, who acted, from where, or what changed.

    What changed about a patient is looked into only for those who may identify them: a find would tell the value.
    """
    typed = fold(asked.q)
    kinds = [kind for kind, said in KINDS.items() if typed in fold(said.fr) or typed in fold(said.en)]
    people = Person.objects.visible_to(reader).filter(*(Q(sort_key__contains=word) for word in words(asked.q)))
    if not asked.first:
        found = found.filter(at__gte=clock.now() - LOOK_BACK)
    found = found.annotate(said=Cast("detail", TextField()), place=Cast("address", TextField()))
    readable = Q(patient_id=None) | Q(patient_id__in=Patient.objects.identifiable_by(reader).values("pk"))
    said = Q(kind__in=kinds) | (Q(said__icontains=asked.q) & readable) | Q(place__startswith=asked.q)
    return found.filter(said | Q(actor_id__in=list(people.values_list("pk", flat=True))) if words(asked.q) else said)


def of_patient(patient: Patient) -> QuerySet[Entry]:
    """Every entry about a patient, whoever acted and wherever they work."""
    return Entry.objects.filter(patient_id=patient.pk)


def page(reader: Person, entries: QuerySet[Entry], *, before: datetime | None, named: bool = True) -> LogPageOut:
    """`PAGE` or a few more lines, latest first; `named` says about which patient each is."""
    rows, more = _latest(entries.filter(at__lt=before) if before else entries)
    return LogPageOut(items=lines(reader, rows, named=named), next=rows[-1].at if more else None)


def _latest(entries: QuerySet[Entry]) -> tuple[list[Entry], bool]:
    """The first page, and whether others follow.

    It ends between two instants: those of one instant (a batch has one) are never parted, so that asking for what came
    before the last one loses none.
    """
    rows = list(entries.order_by("-at", "-id")[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, False
    last = rows[PAGE - 1].at
    whole = [row for row in rows if row.at > last] + list(entries.filter(at=last).order_by("-id"))
    return whole, entries.filter(at__lt=last).exists()


def lines(reader: Person, rows: Sequence[Entry], *, named: bool = True) -> list[LogLineOut]:
    """Entries in words, with the names of everybody in them, in two queries."""
    people = _people(rows)
    patients = _patients(reader, rows)
    return [_line(row, people, patients, named=named) for row in rows]


def _line(row: Entry, people: dict[UUID, PersonRef], patients: dict[UUID, PatientNamed], *, named: bool) -> LogLineOut:
    about = _about(row)
    patient = patients[row.patient_id] if row.patient_id else None
    detail = row.detail if patient is None or patient.name is not None else without_values(row.detail)
    return LogLineOut(
        id=row.pk,
        at=row.at,
        kind=row.kind,
        sentence=sentence_of(row.kind),
        who=people.get(row.actor_id) if row.actor_id else None,
        on_behalf_of=people.get(row.on_behalf_of_id) if row.on_behalf_of_id else None,
        about=people.get(about) if about and about != row.actor_id else None,
        patient=patient if named else None,
        address=row.address,
        notes=notes_in(detail),
        changes=changes_in(detail),
    )


def _about(row: Entry) -> UUID | None:
    """The person whom an act was about, if it was about one."""
    if row.subject_kind == "accounts.person":
        return row.subject_id
    try:
        return UUID(str(row.detail["person"]))
    except (KeyError, ValueError):
        return None


def _people(rows: Iterable[Entry]) -> dict[UUID, PersonRef]:
    ids = {who for row in rows for who in (row.actor_id, row.on_behalf_of_id, _about(row)) if who}
    return {person.pk: person_ref(person) for person in Person.objects.filter(pk__in=ids)}


def _patients(reader: Person, rows: Iterable[Entry]) -> dict[UUID, PatientNamed]:
    """Whom the entries are about: an id for everybody, a name for those who may identify patients."""
    ids = {row.patient_id for row in rows if row.patient_id}
    named = Patient.objects.identifiable_by(reader).in_bulk(ids)
    return {
        pk: PatientNamed(
            id=pk,
            name=named[pk].name if pk in named else None,
            birth_date=named[pk].birth_date if pk in named else None,
        )
        for pk in ids
    }


def kinds() -> KindsOut:
    """What can be recorded, grouped, in the asker's language."""
    groups = [
        KindGroup(name=name.say(), kinds=[KindOut(kind=kind, sentence=sentence_of(kind)) for kind in listed])
        for name, listed in GROUPS
    ]
    return KindsOut(groups=groups)


@dataclass(frozen=True)
class Whose:
    """A patient by what they say of themselves."""

    name: str
    born: date


def find_patient(reader: Person, whose: Whose) -> Patient | None:
    """The one patient of the reader's centre whose full name and birth date these are; None for none, or several.

    Every word typed is one of theirs, and both a family name and a given name are among them.
    """
    keys = PatientKey.objects.filter(
        organisation_id=reader.organisation_id, kind=PatientKey.Kind.BIRTH, key=f"{whose.born:%d%m%Y}"
    )
    born_then = Patient.objects.filter(pk__in=keys.values("patient_id"), birth_date=whose.born)
    found = [patient for patient in born_then if _is_named(patient, set(words(whose.name)))]
    return found[0] if len(found) == 1 else None


def _is_named(patient: Patient, typed: set[str]) -> bool:
    family = [set(words(name)) for name in (patient.birth_name, patient.used_name) if name]
    given = set(words(f"{patient.birth_given_names} {patient.used_given_name}"))
    known = given.union(*family)
    return typed <= known and any(one <= typed for one in family) and bool(typed & given)
