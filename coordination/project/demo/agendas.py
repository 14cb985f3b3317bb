"""Agendas of people, rooms and equipment, and two weeks of appointments that never overlap."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from coordination.accounts.models import Organisation
from coordination.agenda.actions import open_agenda
from coordination.agenda.models import Agenda, Appointment, AppointmentMove, AppointmentType, Occupation
from coordination.base import clock
from coordination.patients.models import CareTeamMember, Patient
from coordination.project.demo.people import House

DAYS = 12
MORNING, NOON, AFTERNOON, EVENING = time(9), time(12, 30), time(14), time(18)
FILLED = 0.62
PALETTE = ("#0f766e", "#1d4ed8", "#7c3aed", "#be185d", "#b45309", "#15803d", "#0369a1", "#9333ea", "#a16207", "#4d7c0f")
ROOMS = (("Salle 1", 0), ("Salle 2", 0), ("Salle de soins", 1), ("Salle de réunion", 1))
TYPES = {
    "Consultation": (20, "#0f766e"),
    "Consultation longue": (40, "#115e59"),
    "Soin infirmier": (15, "#1d4ed8"),
    "Séance de rééducation": (30, "#7c3aed"),
    "Suivi": (30, "#be185d"),
    "Soin dentaire": (40, "#b45309"),
    "Soin de pédicurie": (30, "#15803d"),
    "Entretien": (45, "#0369a1"),
}
# for each profession: the types it works with, and the room it works in, if always the same
WORK: dict[str, tuple[tuple[str, ...], str]] = {
    "medecin_traitant": (("Consultation", "Consultation", "Consultation longue"), ""),
    "ide": (("Soin infirmier", "Soin infirmier", "Suivi"), ""),
    "pharmacien": (("Entretien",), ""),
    "mk": (("Séance de rééducation",), "Salle 2"),
    "sage_femme": (("Suivi",), ""),
    "chirurgien_dentiste": (("Soin dentaire",), ""),
    "pedicure_podologue": (("Soin de pédicurie",), "Salle de soins"),
    "assistant_social": (("Entretien",), ""),
    "psychologue": (("Entretien",), ""),
}


@dataclass
class Book:
    """Rows about to be written together."""

    appointments: list[Appointment] = field(default_factory=list)
    occupations: list[Occupation] = field(default_factory=list)


def create_agendas(house: House, patients: Sequence[Patient], dice: random.Random) -> None:
    """Every agenda, and the appointments of this week and the next."""
    rooms = {name: _open(house, Agenda.Kind.ROOM, name, house.sites[site]) for name, site in ROOMS}
    _open(house, Agenda.Kind.EQUIPMENT, "Échographe", house.sites[0])
    types = _types(house)
    book = Book()
    for agenda in _of_people(house):
        names, room = WORK[agenda.person.profession] if agenda.person else ((), "")
        kinds = [types[name] for name in names]
        seen = _patients_of(agenda, patients)
        for day in _days():
            _fill(book, _Day(house, agenda, day, kinds, rooms.get(room)), seen, dice)
    _save(book, house)


def _open(house: House, kind: str, name: str, site: Organisation) -> Agenda:
    return open_agenda(house.centre, kind=kind, name=name, site=site, colour="#64748b")


def _of_people(house: House) -> list[Agenda]:
    clinicians = [person for person in house.people.values() if person.profession in WORK]
    return [
        open_agenda(
            house.centre,
            kind=Agenda.Kind.PERSON,
            name=person.display_name,
            person=person,
            site=house.sites[number % 3 == 2],
            colour=PALETTE[number % len(PALETTE)],
        )
        for number, person in enumerate(clinicians)
    ]


def _types(house: House) -> dict[str, AppointmentType]:
    rows = [
        AppointmentType(organisation=house.centre, name=name, minutes=minutes, colour=colour)
        for name, (minutes, colour) in TYPES.items()
    ]
    return {row.name: row for row in AppointmentType.objects.bulk_create(rows)}


def _patients_of(agenda: Agenda, patients: Sequence[Patient]) -> list[Patient]:
    """Those in this person's care, or anyone; never DURAND Marie, whose day is to be lived."""
    mine = set(CareTeamMember.objects.filter(person=agenda.person).values_list("care_team__patient_id", flat=True))
    return [patient for patient in patients[1:] if patient.pk in mine] or list(patients[1:])


def _days() -> Iterator[date]:
    """The weekdays of this week and the next."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    yield from (monday + timedelta(days=day) for day in range(DAYS) if day % 7 < 5)


@dataclass(frozen=True)
class _Day:
    house: House
    agenda: Agenda
    day: date
    kinds: list[AppointmentType]
    room: Agenda | None


def _fill(book: Book, day: _Day, patients: list[Patient], dice: random.Random) -> None:
    """One person's day, from morning to evening, with gaps and a lunch."""
    for begins, ends in ((MORNING, NOON), (AFTERNOON, EVENING)):
        at, end = datetime.combine(day.day, begins), datetime.combine(day.day, ends)
        while at + timedelta(minutes=(kind := dice.choice(day.kinds)).minutes) <= end:
            if dice.random() < FILLED:
                _add(book, day, kind, at, dice.choice(patients), dice)
            at += timedelta(minutes=kind.minutes)


def _add(book: Book, day: _Day, kind: AppointmentType, at: datetime, patient: Patient, dice: random.Random) -> None:
    appointment = Appointment(
        organisation=day.house.centre,
        site=(day.room or day.agenda).site,
        patient=patient,
        type=kind,
        status=Appointment.Status.CONFIRMED if dice.random() < 0.4 else Appointment.Status.BOOKED,
        time_zone=day.house.centre.time_zone,
        booked_by=day.house.people["martine.dubois"],
    )
    appointment.plan(at, kind.minutes)
    book.appointments.append(appointment)
    taken = [day.agenda] + ([day.room] if day.room else [])
    during = (appointment.starts_at, appointment.ends_at)
    book.occupations += [Occupation(appointment=appointment, agenda=agenda, during=during) for agenda in taken]


def _save(book: Book, house: House) -> None:
    Appointment.objects.bulk_create(book.appointments, batch_size=1000)
    Occupation.objects.bulk_create(book.occupations, batch_size=1000)
    AppointmentMove.objects.bulk_create(
        (
            AppointmentMove(
                appointment=one,
                kind=AppointmentMove.Kind.BOOKED,
                status=one.status,
                starts_at=one.starts_at,
                by=house.people["martine.dubois"],
            )
            for one in book.appointments
        ),
        batch_size=1000,
    )
