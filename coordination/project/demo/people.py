"""The centre, its sites, its people, its teams and their queues, who is away, and whom it works with outside."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password

from coordination.accounts.defaults import create_default_roles
from coordination.accounts.models import Absence, Correspondent, Membership, Organisation, Person, Role, Team
from coordination.accounts.professions import world_of
from coordination.base import clock, demo
from coordination.base.text import french_order
from coordination.streams.models import Stream
from coordination.tasks.actions import open_queue
from coordination.tasks.models import Queue
from messaging.actions import open_team_conversation

STAND_IN_STAYS = timedelta(days=10)
HOURS_OF_NURSES = [("07:30", "13:00", range(1, 7))]
HOURS = [("08:30", "12:30", range(1, 6)), ("13:30", "18:00", range(1, 6))]
WITH_RPPS = frozenset({"medecin_traitant", "ide", "pharmacien", "mk", "sage_femme", "chirurgien_dentiste"})


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
    Colleague("karim.benali", "Karim", "Benali", "assistant_social", "Assistant social", "travailleur_social"),
    Colleague("emma.leroy", "Emma", "Leroy", "psychologue", "Psychologue", "soignant"),
    Colleague("martine.dubois", "Martine", "Dubois", "secretariat", "Secrétaire", "secretariat"),
    Colleague("lucas.martin", "Lucas", "Martin", "secretariat", "Secrétaire", "secretariat"),
    Colleague("anne.girard", "Anne", "Girard", "administrateur", "Administratrice", "administrateur"),
)
_CARERS = frozenset(one.profession for one in COLLEAGUES if world_of(one.profession))

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
    _absences(people)
    _correspondents(centre)
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
        # of the range kept for tests
        rpps=f"899700450{number:02}" if one.profession in WITH_RPPS else "",
        hours=_hours(one),
        sort_key=french_order(f"{one.family_name} {one.given_name}"),
    )


def _hours(one: Colleague) -> list[dict[str, object]]:
    """Nurses work mornings, Saturdays included; everybody else whole days with a break."""
    spans = HOURS_OF_NURSES if one.profession == "ide" else HOURS
    return [{"day": day, "from": begins, "until": ends} for begins, ends, days in spans for day in days]


def _absences(people: dict[str, Person]) -> None:
    """One colleague is away, another will be; each with somebody who takes over."""
    now = clock.now()
    emma, lea, marc, ines = (people[login] for login in ("emma.leroy", "lea.garnier", "marc.petit", "ines.faure"))
    away = Absence(person=emma, delegate=lea, starts_at=now - timedelta(days=2), ends_at=now + timedelta(days=4))
    away.begun_at, away.reason = away.starts_at, "Formation"
    to_come = Absence(person=marc, delegate=ines, starts_at=now + timedelta(days=5), ends_at=now + timedelta(days=8))
    to_come.reason = "Congés"
    Absence.objects.bulk_create([away, to_come])


def _correspondents(centre: Organisation) -> None:
    """Whom the centre works with outside."""
    kinds = Correspondent.Kind
    for number, (kind, name, structure, note) in enumerate(
        (
            (kinds.PHARMACY, "Pharmacie de la Gare", "", "Livre à domicile le mardi et le vendredi"),
            (kinds.HOSPITAL, "Secrétariat de cardiologie", "Hôpital de Bourg-les-Tilleuls", "Rappelle après 14 h"),
            (kinds.LABORATORY, "Laboratoire du Marché", "", "Résultats avant 17 h"),
            (kinds.SOCIAL, "Service d’aide à domicile", "Commune de Bourg-les-Tilleuls", ""),
            (kinds.LANDLORD, "Agence Sud", "Habitat des Tilleuls", ""),
        )
    ):
        phone, address = f"01 99 00 46 {10 + number}", "99001 Bourg-les-Tilleuls"
        Correspondent.objects.create(
            organisation=centre, kind=kind, name=name, structure=structure, phone=phone, address=address, note=note
        )


def _team(centre: Organisation, group: Group, people: dict[str, Person]) -> Team:
    team = Team.objects.create(organisation=centre, name=group.name, code=group.code, roles=list(group.roles))
    team.people.set(person for person in people.values() if person.profession in group.professions)
    return team
