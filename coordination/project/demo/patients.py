"""Three hundred fictional patients and their circles; test identities only (OID 1.2.250.1.213.1.4.10)."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from faker import Faker
from stdnum.fr import nir

from coordination.accounts.models import Person
from coordination.base import clock
from coordination.base.text import french_order
from coordination.patients.actions import keys_of
from coordination.patients.identity import matricule_hash
from coordination.patients.models import CareTeam, CareTeamMember, Patient, PatientKey
from coordination.project.demo.people import House
from coordination.streams.models import Stream

HOW_MANY = 300
TEST_OID = "1.2.250.1.213.1.4.10"
TOWNS = (
    ("99001", "Bourg-les-Tilleuls"),
    ("99002", "Saint-Aubin-sur-Lerne"),
    ("99003", "Valcombe"),
    ("99004", "Les Essarts-le-Haut"),
    ("99005", "Montferrant-la-Gare"),
)
# how often a circle has one: profession and chance
USUAL = (("pharmacien", 0.3), ("mk", 0.18), ("pedicure_podologue", 0.15), ("psychologue", 0.08))


@dataclass(frozen=True)
class Known:
    """Somebody the demo always has."""

    birth_name: str
    given_names: str
    born: date
    sex: str
    phone: str = ""
    used_name: str = ""


MARIE = Known("DURAND", "Marie", date(1957, 3, 12), "F", "06 12 34 56 78")
ALWAYS = (
    MARIE,
    Known("LEFÈVRE", "Thérèse", date(1941, 7, 2), "F"),
    Known("N’GUYEN", "Linh", date(1979, 11, 23), "F"),
    Known("ŒUVRARD", "Zoé", date(1992, 2, 29), "F"),
    Known("LE GOFF", "Yann", date(1966, 5, 17), "M"),
    Known("MUÑOZ", "Inès", date(1984, 9, 8), "F", used_name="MUÑOZ-FABRE"),
    Known("DURAND", "Marius", date(1957, 12, 3), "M"),
    Known("BENÂTAR", "François", date(1950, 1, 31), "M"),
)


def create_patients(house: House, dice: random.Random) -> list[Patient]:
    """The patients, DURAND Marie first, each with keys and a health circle."""
    people = list(ALWAYS) + _drawn(HOW_MANY - len(ALWAYS), dice)
    patients = Patient.objects.bulk_create(_patient(house, one, dice) for one in people)
    keys = [key for patient in patients for key in keys_of(patient)]
    PatientKey.objects.bulk_create(keys, batch_size=5000)
    _circles(house, patients, dice)
    return patients


def _drawn(count: int, dice: random.Random) -> list[Known]:
    """People drawn at random, none of whom bears the name of one who is always there."""
    faker = Faker("fr_FR")
    faker.seed_instance(dice.getrandbits(32))
    taken = {french_order(f"{one.birth_name} {one.given_names}") for one in ALWAYS}
    drawn: list[Known] = []
    while len(drawn) < count:
        sex = dice.choice("FM")
        given = faker.first_name_female() if sex == "F" else faker.first_name_male()
        name = faker.last_name().upper()
        if (key := french_order(f"{name} {given}")) in taken:
            continue
        taken.add(key)
        used = faker.last_name().upper() if sex == "F" and dice.random() < 0.35 else ""
        drawn.append(Known(name, given, _birth(dice), sex, _phone(dice), used))
    return drawn


def _birth(dice: random.Random) -> date:
    age = min(max(dice.gauss(54, 24), 1), 97)
    return clock.today() - timedelta(days=int(age * 365.25) + dice.randrange(365))


def _phone(dice: random.Random) -> str:
    """A number kept for works of fiction (Arcep: 06 39 98)."""
    return f"06 39 98 {dice.randrange(100):02} {dice.randrange(100):02}"


def _patient(house: House, one: Known, dice: random.Random) -> Patient:
    postcode, city = dice.choice(TOWNS)
    consents = one is MARIE or dice.random() < 0.7
    patient = Patient(
        organisation=house.centre,
        birth_name=one.birth_name,
        birth_given_names=one.given_names,
        used_name=one.used_name,
        birth_date=one.born,
        sex=one.sex,
        phone=one.phone or _phone(dice),
        email=_email(one) if consents else "",
        email_consent=consents,
        postcode=postcode,
        city=city,
        **_identity(one, dice),
    )
    patient.sort_key = french_order(patient.name)
    return patient


def _email(one: Known) -> str:
    if one is MARIE:
        return "marie.durand@example.org"
    return ".".join(french_order(f"{one.given_names} {one.birth_name}").split()) + f".{one.born:%y}@example.org"


def _identity(one: Known, dice: random.Random) -> dict[str, Any]:
    """Most are qualified with a test matricule; some are only checked, recovered, or provisional."""
    status = "QUAL" if one is MARIE else dice.choices(("QUAL", "VALI", "RECUP", "PROV"), (70, 12, 8, 10))[0]
    if status in {"VALI", "PROV"}:
        return {"identity_checked": status == "VALI"}
    matricule = trial_matricule(one.born, one.sex, dice)
    return {
        "ins_recovered": True,
        "identity_checked": status == "QUAL",
        "matricule": matricule,
        "matricule_oid": TEST_OID,
        "matricule_hash": matricule_hash(TEST_OID, matricule),
        "birth_place_code": f"{matricule[5:10]}",
    }


def trial_matricule(born: date, sex: str, dice: random.Random) -> str:
    """Fifteen digits with the right key (rules §2.5), of the test range by their OID."""
    place = f"{dice.randrange(1, 95):02}{dice.randrange(1, 400):03}"
    if place.startswith("20"):
        place = f"21{place[2:]}"
    body = f"{1 if sex == 'M' else 2}{born:%y%m}{place}{dice.randrange(1, 999):03}"
    return body + str(nir.calc_check_digits(body))


def _circles(house: House, patients: list[Patient], dice: random.Random) -> None:
    """A doctor, often a nurse, sometimes others, and always the secretariat and the nurses' team."""
    circles = CareTeam.objects.bulk_create(CareTeam(patient=patient) for patient in patients)
    Stream.objects.bulk_create(
        Stream(pk=circle.pk, kind="care_team", organisation_id=house.centre.pk) for circle in circles
    )
    CareTeamMember.objects.bulk_create(
        member for circle in circles for member in _members(house, circle, circle is circles[0], dice)
    )


def _members(house: House, circle: CareTeam, is_marie: bool, dice: random.Random) -> list[CareTeamMember]:
    since = clock.now() - timedelta(days=dice.randrange(20, 700))
    logins = ["claire.roux", "awa.diallo", "nina.perrin"] if is_marie else _drawn_logins(house, dice)
    people = [
        CareTeamMember(
            care_team=circle,
            patient_id=circle.patient_id,
            person=house.people[login],
            role=house.people[login].profession,
            since=since,
        )
        for login in logins
    ]
    teams = [
        CareTeamMember(care_team=circle, patient_id=circle.patient_id, team=house.teams[code], role=role, since=since)
        for code, role in (("secretariat", "secretariat"), ("infirmerie", "ide"))
    ]
    return people + teams


def _drawn_logins(house: House, dice: random.Random) -> list[str]:
    doctor = dice.choices(("claire.roux", "marc.petit", "ines.faure"), (5, 5, 1))[0]
    nurse = [dice.choice(("awa.diallo", "julien.morel"))] if dice.random() < 0.6 else []
    others = [_first(house, profession) for profession, chance in USUAL if dice.random() < chance]
    return [doctor, *nurse, *others]


def _first(house: House, profession: str) -> str:
    found: Person = next(person for person in house.people.values() if person.profession == profession)
    return found.login
