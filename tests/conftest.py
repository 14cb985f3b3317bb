"""The people, the patient and the places that tests speak of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from coordination.accounts.actions import add_person
from coordination.accounts.defaults import create_default_roles
from coordination.accounts.models import Membership, Organisation, Person, Role, Team
from coordination.base import clock
from coordination.patients.actions import NewMember, index, join_circle, open_circle
from coordination.patients.models import CareTeam, Patient
from coordination.tasks.actions import open_queue
from coordination.tasks.models import Queue
from messaging.actions import start_patient_conversation
from messaging.models import Conversation
from tests.clients import PersonClient
from tests.clients import eventually as eventually_


@pytest.fixture(scope="session")
def eventually() -> Callable[..., Any]:
    """`eventually(fn, within=5)`: what `fn` returns once it is true."""
    return eventually_


@pytest.fixture
def client_of(db: None) -> Callable[[Person | None], PersonClient]:
    """`client_of(person)`: that person's browser; `client_of(None)`: nobody's."""
    return PersonClient


def make_centre(name: str) -> Organisation:
    """A centre declared as one care team, with the roles a centre starts with."""
    centre = Organisation.objects.create(
        kind=Organisation.Kind.CENTRE,
        name=name,
        alias=name,
        phone="01 99 00 12 34",
        address="1 place du Marché, 00000 Exemple",
        declared_care_team=True,
    )
    create_default_roles(centre)
    return centre


def make_person(centre: Organisation, name: str, profession: str, label: str, role: str, *, title: str = "") -> Person:
    """Someone who works at a centre in one role, without a password."""
    given, family = name.split(" ", 1)
    person = add_person(
        f"{given}.{family}".lower().replace(" ", "-"),
        None,
        organisation=centre,
        given_name=given,
        family_name=family,
        title=title,
        profession=profession,
        profession_label=label,
    )
    Membership.objects.create(
        person=person,
        organisation=centre,
        role=Role.objects.get(organisation=centre, code=role),
        valid_from=clock.now() - timedelta(days=100),
    )
    return person


def make_patient(centre: Organisation, birth_name: str, given_names: str, **fields: Any) -> Patient:
    """A patient who can be looked up, and is in nobody's care yet."""
    fields = {"birth_date": "1957-03-12", "sex": "F", **fields}
    patient = Patient(organisation=centre, birth_name=birth_name, birth_given_names=given_names, **fields)
    patient.save()
    patient.refresh_from_db()
    index([patient])
    return patient


@pytest.fixture
def centre(db: None) -> Organisation:
    return make_centre("Centre d’essai")


@pytest.fixture
def other_centre(db: None) -> Organisation:
    return make_centre("Autre centre")


@pytest.fixture
def nurse(centre: Organisation) -> Person:
    """In the patient's care by name."""
    return make_person(centre, "Awa Diallo", "ide", "Infirmière", "soignant")


@pytest.fixture
def doctor(centre: Organisation) -> Person:
    """In the patient's care by name."""
    return make_person(centre, "Claire Roux", "medecin_traitant", "Médecin généraliste", "medecin", title="Dr")


@pytest.fixture
def secretary(centre: Organisation) -> Person:
    """In the patient's care through the secretariat."""
    return make_person(centre, "Martine Dubois", "secretariat", "Secrétaire", "secretariat")


@pytest.fixture
def second_secretary(centre: Organisation) -> Person:
    return make_person(centre, "Lucas Martin", "secretariat", "Secrétaire", "secretariat")


@pytest.fixture
def outsider(centre: Organisation) -> Person:
    """A colleague of the centre outside the patient's care team and every team."""
    return make_person(centre, "Hugo Blanc", "mk", "Kinésithérapeute", "soignant")


@pytest.fixture
def administrator(centre: Organisation) -> Person:
    """Runs the system and sees no patient content."""
    return make_person(centre, "Anne Girard", "administrateur", "Administratrice", "administrateur")


@pytest.fixture
def ended(centre: Organisation) -> Person:
    """A stand-in whose membership ended yesterday."""
    person = make_person(centre, "Ines Faure", "medecin_traitant", "Remplaçante", "medecin", title="Dr")
    person.memberships.update(valid_until=clock.now() - timedelta(days=1))
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def stranger(other_centre: Organisation) -> Person:
    """A doctor of another centre."""
    return make_person(other_centre, "Victor Hamel", "medecin_traitant", "Médecin généraliste", "medecin", title="Dr")


def make_team(centre: Organisation, name: str, code: str, roles: list[str], *people: Person) -> Team:
    """A team of these people."""
    team = Team.objects.create(organisation=centre, name=name, code=code, roles=roles)
    team.people.set(people)
    return team


@pytest.fixture
def secretariat(centre: Organisation, secretary: Person, second_secretary: Person) -> Team:
    return make_team(centre, "Secrétariat", "secretariat", ["secretariat"], secretary, second_secretary)


@pytest.fixture
def nursing(centre: Organisation, nurse: Person) -> Team:
    return make_team(centre, "Infirmerie", "infirmerie", ["ide"], nurse)


@pytest.fixture
def coordination(centre: Organisation, nurse: Person, doctor: Person, secretary: Person) -> Team:
    """Where what belongs to no team goes: "à orienter"."""
    return make_team(centre, "Coordination", "coordination", ["coordinateur"], nurse, doctor, secretary)


@pytest.fixture
def secretariat_queue(secretariat: Team) -> Queue:
    return open_queue(secretariat, name="Secrétariat", code="secretariat", organisation=secretariat.organisation)


@pytest.fixture
def nursing_queue(nursing: Team) -> Queue:
    return open_queue(nursing, name="Infirmerie", code="infirmerie", organisation=nursing.organisation)


@pytest.fixture
def coordination_queue(coordination: Team) -> Queue:
    name = "Coordination (à orienter)"
    return open_queue(coordination, name=name, code="coordination", organisation=coordination.organisation)


@pytest.fixture
def queues(secretariat_queue: Queue, nursing_queue: Queue, coordination_queue: Queue) -> dict[str, Queue]:
    """The centre's queues by code."""
    return {queue.code: queue for queue in (secretariat_queue, nursing_queue, coordination_queue)}


@pytest.fixture
def patient(centre: Organisation, doctor: Person, nurse: Person, secretariat: Team) -> Patient:
    """DURAND Marie, with a health circle: the doctor, the nurse and the secretariat."""
    patient = make_patient(
        centre,
        "Durand",
        "Marie",
        phone="06 12 34 56 78",
        email="marie.durand@example.org",
        email_consent=True,
        postcode="00000",
        city="Exemple",
    )
    circle = open_circle(patient, by=doctor)
    join_circle(circle, NewMember("medecin_traitant", person=doctor), by=doctor)
    join_circle(circle, NewMember("ide", person=nurse), by=doctor)
    join_circle(circle, NewMember("secretariat", team=secretariat), by=doctor)
    return patient


@pytest.fixture
def care_team(patient: Patient) -> CareTeam:
    return patient.care_teams.get()


@pytest.fixture
def conversation(care_team: CareTeam, nurse: Person) -> Conversation:
    """The conversation about the patient."""
    return start_patient_conversation(care_team, by=nurse)
