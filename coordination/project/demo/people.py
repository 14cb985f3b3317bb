"""The centre, its sites, its people, its teams and their queues."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password

from coordination.accounts.defaults import create_default_roles
from coordination.accounts.models import Membership, Organisation, Person, Role, Team
from coordination.base import clock, demo
from coordination.base.text import french_order
from coordination.streams.models import Stream
from coordination.tasks.actions import open_queue
from coordination.tasks.models import Queue
from messaging.actions import open_team_conversation

STAND_IN_STAYS = timedelta(days=10)


@dataclass(frozen=True)
class Colleague:
    """Somebody of the demo centre; `role` is what they may do, `profession` what they are in the care protocols."""

    login: str
    given_name: str
    family_name: str
    profession: str
    label: str
    role: str
    title: str = ""
    leaves: bool = False


@dataclass(frozen=True)
class Group:
    """A team, its queue, and the professions whose people are in it."""

    code: str
    name: str
    roles: tuple[str, ...]
    professions: frozenset[str]


@dataclass(frozen=True)
class House:
    """What the rest of the demo stands on."""

    centre: Organisation
    sites: list[Organisation]
    people: dict[str, Person]
    teams: dict[str, Team]
    queues: dict[str, Queue]


COLLEAGUES = (
    Colleague("claire.roux", "Claire", "Roux", "medecin_traitant", "Médecin généraliste", "medecin", "Dr"),
    Colleague("marc.petit", "Marc", "Petit", "medecin_traitant", "Médecin généraliste", "medecin", "Dr"),
    Colleague("ines.faure", "Inès", "Faure", "medecin_traitant", "Médecin remplaçante", "medecin", "Dr", leaves=True),
    Colleague("awa.diallo", "Awa", "Diallo", "ide", "Infirmière", "soignant"),
    Colleague("julien.morel", "Julien", "Morel", "ide", "Infirmier", "soignant"),
    Colleague("sophie.lambert", "Sophie", "Lambert", "pharmacien", "Pharmacienne", "soignant"),
    Colleague("hugo.blanc", "Hugo", "Blanc", "mk", "Kinésithérapeute", "soignant"),
    Colleague("lea.garnier", "Léa", "Garnier", "sage_femme", "Sage-femme", "soignant"),
    Colleague("paul.henry", "Paul", "Henry", "chirurgien_dentiste", "Chirurgien-dentiste", "soignant", "Dr"),
    Colleague("nina.perrin", "Nina", "Perrin", "pedicure_podologue", "Pédicure-podologue", "soignant"),
    Colleague("karim.benali", "Karim", "Benali", "assistant_social", "Assistant social", "soignant"),
    Colleague("emma.leroy", "Emma", "Leroy", "psychologue", "Psychologue", "soignant"),
    Colleague("martine.dubois", "Martine", "Dubois", "secretariat", "Secrétaire", "secretariat"),
    Colleague("lucas.martin", "Lucas", "Martin", "secretariat", "Secrétaire", "secretariat"),
    Colleague("anne.girard", "Anne", "Girard", "administrateur", "Administratrice", "administrateur"),
)
_CARERS = frozenset(one.profession for one in COLLEAGUES if one.role in {"medecin", "soignant"})

GROUPS = (
    Group("secretariat", "Secrétariat", ("secretariat",), frozenset({"secretariat"})),
    Group("infirmerie", "Infirmerie", ("ide",), frozenset({"ide"})),
    Group("medecins", "Médecins", ("medecin_traitant",), frozenset({"medecin_traitant"})),
    Group("pharmacie", "Pharmacie", ("pharmacien",), frozenset({"pharmacien"})),
    Group("reeducation", "Rééducation", ("mk",), frozenset({"mk"})),
    # what no other team answers for: "à orienter"
    Group("coordination", "Coordination", ("coordinateur",), _CARERS | {"secretariat"}),
)
QUEUE_NAMES = {"coordination": "Coordination (à orienter)"}


def create_centre() -> House:
    """The centre with everything but its patients."""
    centre = Organisation.objects.create(
        kind=Organisation.Kind.CENTRE,
        name="Maison de santé des Tilleuls",
        alias="Maison des Tilleuls",
        phone="01 99 00 45 45",
        address="12 rue des Tilleuls, 99001 Bourg-les-Tilleuls",
    )
    sites = [
        _site(centre, "Site des Tilleuls", "12 rue des Tilleuls, 99001 Bourg-les-Tilleuls", "01 99 00 45 45"),
        _site(centre, "Site de la Gare", "3 place de la Gare, 99001 Bourg-les-Tilleuls", "01 99 00 45 46"),
    ]
    people = _people(centre, create_default_roles(centre))
    teams = {group.code: _team(centre, group, people) for group in GROUPS}
    queues = {
        code: open_queue(team, name=QUEUE_NAMES.get(code, team.name), code=code, organisation=centre)
        for code, team in teams.items()
    }
    for team in teams.values():
        open_team_conversation(team, by=None)
    return House(centre, sites, people, teams, queues)


def _site(centre: Organisation, name: str, address: str, phone: str) -> Organisation:
    return Organisation.objects.create(
        parent=centre, kind=Organisation.Kind.SITE, name=name, alias=centre.alias, address=address, phone=phone
    )


def _people(centre: Organisation, roles: dict[str, Role]) -> dict[str, Person]:
    """Everybody, with one password, hashed once, and a membership; the stand-in's ends."""
    password = make_password(demo.PASSWORD)
    people = Person.objects.bulk_create(_person(centre, one, number, password) for number, one in enumerate(COLLEAGUES))
    streams = [Stream(pk=person.pk, kind="person", organisation_id=centre.pk) for person in people]
    Stream.objects.bulk_create(streams)
    now = clock.now()
    Membership.objects.bulk_create(
        Membership(
            person=person,
            organisation=centre,
            role=roles[one.role],
            valid_from=now - timedelta(days=400),
            valid_until=now + STAND_IN_STAYS if one.leaves else None,
        )
        for person, one in zip(people, COLLEAGUES, strict=True)
    )
    return {person.login: person for person in people}


def _person(centre: Organisation, one: Colleague, number: int, password: str) -> Person:
    return Person(
        organisation=centre,
        login=one.login,
        password=password,
        email=f"{one.login}@tilleuls.example.org",
        given_name=one.given_name,
        family_name=one.family_name,
        title=one.title,
        profession=one.profession,
        profession_label=one.label,
        phone=f"01 99 00 45 {50 + number:02}",
        sort_key=french_order(f"{one.family_name} {one.given_name}"),
    )


def _team(centre: Organisation, group: Group, people: dict[str, Person]) -> Team:
    team = Team.objects.create(organisation=centre, name=group.name, code=group.code, roles=list(group.roles))
    team.people.set(person for person in people.values() if person.profession in group.professions)
    return team
