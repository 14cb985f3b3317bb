"""No sequence of memberships, absences, circles, refusals, emergencies and transfers shows a patient outside them.

Acts drawn at random are done as the API does them, by anybody. Then whoever sees what is compared, for everybody and
everything, with a reference that reads the bare facts and decides in plain loops. An act that goes through although the
reference would not let that person do it is a fault too: nobody opens for themselves what is closed to them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coordination.accounts.models import Absence, Membership, Organisation, Person, Team
from coordination.base import clock
from coordination.base.errors import AppError, NotFound
from coordination.base.ids import uuid7
from coordination.patients import queries
from coordination.patients.actions import NewMember, add_to_circle, begin_circle, join_circle, leave_circle, open_circle
from coordination.patients.agreements import (
    Agreed,
    Refusal,
    lift_opposition,
    record_consent,
    record_opposition,
    withdraw_consent,
)
from coordination.patients.emergencies import break_glass, end_emergency
from coordination.patients.models import Basis, CareTeam, CareTeamMember, Consent, Opposition, Patient
from coordination.patients.pages import circle_managed, circle_seen
from coordination.patients.queries import may_join_circles
from coordination.patients.sharing import Sharing
from coordination.tasks.actions import NewTask, create_task, open_queue
from coordination.tasks.models import Task
from coordination.tasks.transfers import transfer
from coordination.timeline.queries import tell
from coordination.timeline.sources import SOURCES, Asked
from messaging.actions import start_patient_conversation
from messaging.followers import followers, may_join
from messaging.models import Conversation, Message, Participation
from messaging.participants import dismiss, invite
from messaging.posting import Post, post_messages
from tests.conftest import make_centre, make_patient, make_person, make_team

START = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
HOUR = timedelta(hours=1)


# The reference


@dataclass(frozen=True)
class Facts:
    """What the tables say, as plain rows, and the instant at which they are read."""

    now: datetime
    people: dict[UUID, dict[str, Any]]
    held: list[dict[str, Any]]
    teams: dict[UUID, set[UUID]]
    absences: list[dict[str, Any]]
    circles: dict[UUID, dict[str, Any]]
    lines: list[dict[str, Any]]
    oppositions: list[dict[str, Any]]
    withdrawn: set[UUID]
    conversations: dict[UUID, dict[str, Any]]
    invitations: list[dict[str, Any]]
    tasks: dict[UUID, dict[str, Any]]

    def in_force(self, begins: datetime, ends: datetime | None) -> bool:
        return begins <= self.now and (ends is None or self.now < ends)

    def has(self, person: UUID, right: str | None = None) -> bool:
        """A membership in force, one that gives the right if told."""
        return self.people[person]["is_active"] and any(
            held["person_id"] == person
            and self.in_force(held["valid_from"], held["valid_until"])
            and (right is None or right in held["role__rights"])
            for held in self.held
        )

    def acts_for(self, person: UUID) -> set[UUID]:
        """Oneself, and those who are away, still work here, and named one as their delegate."""
        centre = self.people[person]["organisation_id"]
        return {person} | {
            away["person_id"]
            for away in self.absences
            if away["delegate_id"] == person
            and self.in_force(away["starts_at"], away["ends_at"])
            and self.has(away["person_id"])
            and self.people[away["person_id"]]["organisation_id"] == centre
        }

    def refused(self, patient: UUID) -> list[dict[str, Any]]:
        return [one for one in self.oppositions if one["patient_id"] == patient and one["lifted_at"] is None]

    def opens(self, line: dict[str, Any], person: UUID) -> bool:
        """Whether one line lets one person in."""
        if not self.in_force(line["since"], line["until"]) or line["consent_id"] in self.withdrawn:
            return False
        named = {line["person_id"]} if line["person_id"] else self.teams[line["team_id"]]
        return any(self._opens_for(line, person, who) for who in self.acts_for(person) & named)

    def _opens_for(self, line: dict[str, Any], person: UUID, who: UUID) -> bool:
        agreed = line["basis"] in {"consent", "emergency"}
        if agreed and line["person_id"] and who != person:
            return False
        for one in self.refused(self.circles[line["care_team_id"]]["patient_id"]):
            if one["person_id"] and one["person_id"] in {person, line["person_id"]}:
                return False
            if one["team_id"] and one["team_id"] == line["team_id"]:
                return False
            if one["everyone"] and one["recorded_by_id"] != person and not agreed:
                return False
        return True

    def sees(self, person: UUID, circle: UUID, *, lasting: bool = False) -> bool:
        """Whether a person sees a circle; `lasting`: without the emergencies."""
        centre = self.circles[circle]["patient__organisation_id"]
        return (
            self.has(person, "patient.read")
            and self.people[person]["organisation_id"] == centre
            and any(
                self.opens(line, person)
                for line in self.lines
                if line["care_team_id"] == circle and not (lasting and line["basis"] == "emergency")
            )
        )

    def lasts(self, person: UUID) -> bool:
        """Whether a person belongs to a circle, and not for an hour only."""
        return any(self.sees(person, circle, lasting=True) for circle in self.circles)

    def reads(self, person: UUID, conversation: UUID) -> bool:
        """Whether a person reads a conversation about a patient: through its circle, or invited to it."""
        place = self.conversations[conversation]
        if self.sees(person, place["care_team_id"]):
            return True
        if not self.has(person, "patient.read") or self.people[person]["organisation_id"] != place["organisation_id"]:
            return False
        return any(
            self.in_force(one["since"], one["until"])
            and one["consent_id"] not in self.withdrawn
            and not self._closed(place["patient_id"], person, consented=one["basis"] == "consent")
            for one in self.invitations
            if one["conversation_id"] == conversation and one["person_id"] == person
        )

    def _closed(self, patient: UUID, person: UUID, *, consented: bool = False) -> bool:
        return any(
            one["person_id"] == person or (one["everyone"] and one["recorded_by_id"] != person and not consented)
            for one in self.refused(patient)
        )

    def sees_task(self, person: UUID, task: UUID) -> bool:
        """Through its circle; or handed over: to a queue, to somebody, or by who made it outside any circle."""
        one = self.tasks[task]
        if not self.has(person, "queue.work") or self.people[person]["organisation_id"] != one["organisation_id"]:
            return False
        if one["care_team_id"] and self.sees(person, one["care_team_id"]):
            return True
        patient = one["patient_id"]
        if patient and (not self.has(person, "patient.read") or self._closed(patient, person)):
            return False
        team = one["queue__team_id"]
        open_queue = not any(refused["team_id"] == team for refused in self.refused(patient)) if patient else True
        works = self.acts_for(person) & self.teams[team]
        made = one["created_by_id"] == person and one["care_team_id"] is None
        return bool(works and open_queue) or one["assignee_id"] in self.acts_for(person) or made

    def instants(self) -> list[datetime]:
        """The coming instants at which something begins or ends."""
        spans = [(held["valid_from"], held["valid_until"]) for held in self.held]
        spans += [(away["starts_at"], away["ends_at"]) for away in self.absences]
        spans += [(row["since"], row["until"]) for row in [*self.lines, *self.invitations]]
        return sorted({at for span in spans for at in span if at and at > self.now})


def read_facts() -> Facts:
    teams: dict[UUID, set[UUID]] = {team: set() for team in Team.objects.values_list("pk", flat=True)}
    for team, person in Team.people.through.objects.values_list("team_id", "person_id"):
        teams[team].add(person)

    def by_id(rows: Any, *fields: str) -> dict[UUID, dict[str, Any]]:
        return {row["pk"]: row for row in rows.values("pk", *fields)}

    shared = ("since", "until", "basis", "consent_id", "person_id")
    return Facts(
        now=clock.now(),
        people=by_id(Person.objects.all(), "is_active", "organisation_id"),
        held=list(Membership.objects.values("person_id", "valid_from", "valid_until", "role__rights")),
        teams=teams,
        absences=list(Absence.objects.values("person_id", "delegate_id", "starts_at", "ends_at")),
        circles=by_id(CareTeam.objects.all(), "patient_id", "circle", "patient__organisation_id"),
        lines=list(CareTeamMember.objects.values(*shared, "care_team_id", "team_id")),
        oppositions=list(
            Opposition.objects.values("patient_id", "person_id", "team_id", "everyone", "recorded_by_id", "lifted_at")
        ),
        withdrawn=set(Consent.objects.exclude(withdrawn_at=None).values_list("pk", flat=True)),
        conversations=by_id(Conversation.objects.all(), "care_team_id", "patient_id", "organisation_id"),
        invitations=list(Participation.objects.values(*shared, "conversation_id")),
        tasks=by_id(
            Task.objects.all(),
            *("organisation_id", "queue__team_id", "care_team_id", "patient_id", "assignee_id", "created_by_id"),
        ),
    )


# The world


@dataclass(frozen=True)
class House:
    """The people, teams, patients, circles and sites that the acts are about."""

    people: list[UUID]
    teams: list[UUID]
    patients: list[UUID]
    sites: list[UUID]
    administrator: UUID


@contextmanager
def at(instant: datetime) -> Iterator[Callable[[timedelta], None]]:
    """Inside, the clock stands at this instant; what is given moves it on."""
    here = [instant]

    def move(by: timedelta) -> None:
        here[0] += by

    with patch.object(clock, "now", lambda: here[0]):
        yield move


@pytest.fixture
def house(db: None) -> House:
    with at(START - 100 * HOUR):
        return build()


def build() -> House:
    centre, elsewhere = make_centre("Centre d’essai"), make_centre("Autre centre")
    site, station = (
        Organisation.objects.create(parent=centre, kind="site", name=name, alias=name) for name in ("Tilleuls", "Gare")
    )
    doctor = make_person(centre, "Claire Roux", "medecin_traitant", "Médecin", "medecin")
    nurse = make_person(centre, "Awa Diallo", "ide", "Infirmière", "soignant")
    social = make_person(centre, "Karim Benali", "assistant_social", "Assistant social", "soignant")
    secretary = make_person(centre, "Martine Dubois", "secretariat", "Secrétaire", "secretariat")
    outsider = make_person(centre, "Hugo Blanc", "mk", "Kinésithérapeute", "soignant")
    administrator = make_person(centre, "Anne Girard", "administrateur", "Administratrice", "administrateur")
    stranger = make_person(elsewhere, "Victor Hamel", "medecin_traitant", "Médecin", "medecin")
    nurse.memberships.update(organisation=site)
    outsider.memberships.update(organisation=station)
    teams = [
        make_team(centre, "Secrétariat", "secretariat", ["secretariat"], secretary),
        make_team(centre, "Infirmerie", "infirmerie", ["ide"], nurse),
        make_team(centre, "Infirmerie de la Gare", "gare", ["ide"], outsider),
        make_team(centre, "Coordination", "coordination", ["coordinateur"], doctor, administrator),
    ]
    for team, entity in zip(teams[1:3], (site, station), strict=True):
        team.entity = entity
        team.save()
    patients = [make_patient(centre, name, "Marie") for name in ("Durand", "Lefevre")]
    first, second = (open_circle(patient, by=None) for patient in patients)
    own = open_circle(patients[0], by=None, circle="social")
    for circle, person, team in (
        (first, doctor, None),
        (first, nurse, None),
        (first, None, teams[0]),
        (own, social, None),
        (second, outsider, None),
        (second, None, teams[1]),
    ):
        join_circle(circle, NewMember(person=person, team=team), by=None)
    for circle, author in ((first, nurse), (own, social), (second, outsider)):
        place = start_patient_conversation(circle, by=None)
        post_messages([Post(author, uuid7(), place.pk, "Bonjour")])
    queues = [open_queue(team, name=team.name, code=team.code, organisation=centre) for team in teams]
    create_task(NewTask(queues[1], "Passer la voir", patient=patients[0], care_team=first), by=doctor)
    create_task(NewTask(queues[0], "Dossier d’aide", patient=patients[0], care_team=own, assignee=outsider), by=social)
    create_task(NewTask(queues[2], "Rappeler", patient=patients[1]), by=secretary)
    create_task(NewTask(queues[3], "Commander du papier"), by=doctor)
    people = [doctor, nurse, social, secretary, outsider, administrator, stranger]
    return House(
        [person.pk for person in people],
        [team.pk for team in teams],
        [patient.pk for patient in patients],
        [site.pk, station.pk],
        administrator.pk,
    )


# The acts, each done as the API does it


@dataclass(frozen=True)
class Act:
    """Who does what to whom: small numbers that choose among what there is."""

    what: str
    by: int
    one: int
    other: int
    circle: str
    basis: str
    hours: int

    def person(self, house: House, number: int) -> Person:
        return Person.objects.get(pk=house.people[number % len(house.people)])


def _seen(act: Act, house: House) -> tuple[Person, Patient]:
    """Whoever acts, and a patient they see, as every route about a patient begins."""
    by = act.person(house, act.by)
    found = Patient.objects.visible_to(by).filter(pk=house.patients[act.one % 2]).first()
    if found is None:
        raise NotFound
    return by, found


def _known(act: Act, house: House) -> tuple[Person, Patient]:
    """Whoever acts, and a patient they may look up."""
    by = act.person(house, act.by)
    found = Patient.objects.identifiable_by(by).filter(pk=house.patients[act.one % 2]).first()
    if found is None:
        raise NotFound
    return by, found


def _sharing(act: Act, circle: CareTeam) -> Sharing:
    consent = Consent.objects.filter(care_team=circle).first()
    return Sharing(Basis(act.basis), "pour la suite", consent)


def _whom(act: Act, house: House) -> dict[str, Any]:
    if act.other % 3 == 0:
        return {"team": Team.objects.get(pk=house.teams[act.other % len(house.teams)])}
    return {"person": act.person(house, act.other)}


def _same_centre(by: Person, whom: dict[str, Any]) -> None:
    if any(one.organisation_id != by.organisation_id for one in whom.values()):
        raise NotFound


def join(act: Act, house: House) -> None:
    by, patient = _seen(act, house)
    circle, whom = circle_managed(patient, by, act.circle), _whom(act, house)
    _same_centre(by, whom)
    until = clock.now() + act.hours * HOUR if act.hours % 2 else None
    add_to_circle(circle, NewMember(until=until, sharing=_sharing(act, circle), **whom), by=by)


def leave(act: Act, house: House) -> None:
    by, patient = _seen(act, house)
    lines = queries.lines_managed_by(by).filter(care_team__patient=patient).order_by("pk")
    if not lines:
        raise NotFound
    leave_circle(lines[act.other % len(lines)], by=by)


def begin(act: Act, house: House) -> None:
    by, patient = _known(act, house)
    begin_circle(patient, act.circle, by=by)


def agree(act: Act, house: House) -> None:
    by, patient = _seen(act, house)
    agreed = Agreed("le suivi", "une personne", clock.today(), "oral")
    record_consent(circle_managed(patient, by, act.circle), agreed, by=by)


def withdraw(act: Act, house: House) -> None:
    by = act.person(house, act.by)
    consent = Consent.objects.visible_to(by).first()
    if consent is None:
        raise NotFound
    withdraw_consent(consent, by=by)


def refuse(act: Act, house: House) -> None:
    by, patient = _seen(act, house)
    whom = {} if act.other % 4 == 1 else _whom(act, house)
    _same_centre(by, whom)
    record_opposition(circle_seen(patient, by, act.circle), Refusal(**whom), by=by)


def lift(act: Act, house: House) -> None:
    by = act.person(house, act.by)
    opposition = Opposition.objects.visible_to(by).filter(lifted_at=None).first()
    if opposition is None:
        raise NotFound
    lift_opposition(opposition, by=by)


def open_in_emergency(act: Act, house: House) -> None:
    by, patient = _known(act, house)
    break_glass(patient, reason="Malaise à l’accueil", by=by, circle=act.circle if act.other % 2 else None)


def close_emergency(act: Act, house: House) -> None:
    by, patient = _seen(act, house)
    end_emergency(patient, by=by)


def move(act: Act, house: House) -> None:
    by, patient = _seen(act, house)
    entity = Organisation.objects.get(pk=house.sites[act.other % 2])
    transfer(circle_managed(patient, by, act.circle), entity, why="Déménagement", by=by)


def take_in(act: Act, house: House) -> None:
    by = act.person(house, act.by)
    places = Conversation.objects.visible_to(by).filter(patient_id=house.patients[act.one % 2]).order_by("pk")
    if not places:
        raise NotFound
    person = act.person(house, act.other)
    _same_centre(by, {"person": person})
    invite(places[0], person, _sharing(act, places[0].care_team), by=by)


def send_out(act: Act, house: House) -> None:
    by = act.person(house, act.by)
    places = Conversation.objects.visible_to(by).filter(patient_id=house.patients[act.one % 2]).order_by("pk")
    if not places:
        raise NotFound
    dismiss(places[0], house.people[act.other % len(house.people)], by=by)


# Facts of the directory, which other rules guard: anybody may be away, join a team, or stop working here.


def go_away(act: Act, house: House) -> None:
    person, delegate = act.person(house, act.one), act.person(house, act.other)
    begins = clock.now() + (act.by % 3 - 1) * HOUR
    Absence.objects.create(person=person, delegate=delegate, starts_at=begins, ends_at=begins + act.hours * HOUR)


def change_team(act: Act, house: House) -> None:
    people = Team.objects.get(pk=house.teams[act.one % len(house.teams)]).people
    person = act.person(house, act.other)
    if people.filter(pk=person.pk).exists():
        people.remove(person)
    elif person.pk != house.people[-1]:
        people.add(person)


def stop_working(act: Act, house: House) -> None:
    until = clock.now() + (act.hours % 3) * HOUR
    Membership.objects.filter(person=house.people[act.one % len(house.people)]).update(valid_until=until)


GUARDED: dict[str, Callable[[Act, House], None]] = {
    function.__name__: function
    for function in (
        *(join, leave, begin, agree, withdraw, refuse, lift, open_in_emergency, close_emergency, move, take_in),
        send_out,
    )
}
FREE: dict[str, Callable[[Act, House], None]] = {
    function.__name__: function for function in (go_away, change_team, stop_working)
}
OF_A_CIRCLE = {"join", "leave", "agree", "move", "take_in"}
"""What only somebody who belongs to a circle does: an emergency or an invitation is not enough."""


def may(act: Act, facts: Facts, house: House) -> bool:
    """Whether the reference lets this person do it at all."""
    by, patient = house.people[act.by % len(house.people)], house.patients[act.one % 2]
    mine = [circle for circle, row in facts.circles.items() if row["patient_id"] == patient]
    if act.what in OF_A_CIRCLE:
        return any(facts.sees(by, circle, lasting=True) for circle in mine)
    if act.what in {"begin", "open_in_emergency"}:
        rights = ["patient.identify", "patient.read"]
        refused = any(one["person_id"] == by for one in facts.refused(patient))
        return all(facts.has(by, right) for right in rights) and not refused
    return act.what == "send_out" or any(facts.sees(by, circle) for circle in facts.circles)


def likely(act: Act, facts: Facts, house: House) -> Act:
    """Three times out of four, somebody who has a chance does it: from inside a circle, or to open it from outside."""
    if act.what in FREE or not act.by % 4:
        return act
    circles = {circle: row for circle, row in facts.circles.items() if row["patient_id"] == house.patients[act.one % 2]}
    inside = [
        (number, row["circle"])
        for number, person in enumerate(house.people)
        for circle, row in circles.items()
        if facts.sees(person, circle)
    ]
    if act.what in {"begin", "open_in_emergency"}:
        outside = [number for number in range(len(house.people)) if number not in dict(inside)]
        return replace(act, by=outside[act.by % len(outside)]) if outside else act
    # whoever sees a circle for an hour comes first: that is whom the next act is to be refused
    inside.sort(key=lambda who: facts.lasts(house.people[who[0]]))
    by, circle = inside[act.by // 4 % len(inside)] if inside else (act.by, act.circle)
    return replace(act, by=by, circle=circle)


def do(act: Act, house: House, before: Facts) -> Facts:
    """Do it if it is allowed; what goes through must be what the reference allows. The facts afterwards."""
    act = likely(act, before, house)
    try:
        with transaction.atomic():
            (GUARDED | FREE)[act.what](act, house)
    except AppError:
        return before
    assert act.what in FREE or may(act, before, house), act
    return read_facts()


# The comparison


def compare(house: House, facts: Facts) -> None:
    everywhere = list(facts.conversations)
    reading = {(one.conversation, one.person): one.until for one in followers(everywhere)}
    expected = {(place, who) for place in everywhere for who in house.people if facts.reads(who, place)}
    assert set(reading) == expected
    for who in house.people:
        compare_one(facts, Person.objects.get(pk=who), reading)


def compare_one(facts: Facts, person: Person, reading: dict[tuple[UUID, UUID], datetime | None]) -> None:
    circles = {circle for circle in facts.circles if facts.sees(person.pk, circle)}
    patients = {facts.circles[circle]["patient_id"] for circle in circles}
    places = {place for place in facts.conversations if facts.reads(person.pk, place)}
    assert ids(CareTeam.objects.visible_to(person)) == circles
    assert ids(Patient.objects.visible_to(person)) == patients
    assert ids(Conversation.objects.visible_to(person)) == places
    assert ids(Task.objects.visible_to(person)) == {task for task in facts.tasks if facts.sees_task(person.pk, task)}
    assert set(Message.objects.visible_to(person).values_list("conversation", flat=True)) == places
    followed = may_join_circles(person.pk, list(facts.circles))
    assert set(followed) == circles
    for circle, until in followed.items():
        assert_holds(facts, until, lambda then, circle=circle: then.sees(person.pk, circle))
    told = may_join(person.pk, list(facts.conversations))
    assert told == {place: until for (place, who), until in reading.items() if who == person.pk}
    for place, until in told.items():
        assert_holds(facts, until, lambda then, place=place: then.reads(person.pk, place))


def assert_holds(facts: Facts, until: datetime | None, still: Callable[[Facts], bool]) -> None:
    """Until a socket is asked again, nothing that is known today may close what it follows."""
    for instant in facts.instants():
        if until is None or instant < until:
            assert still(replace(facts, now=instant)), (instant, until)


def compare_story(facts: Facts, person: Person, patient: Patient) -> None:
    """A story tells what its reader sees, and nothing of another circle."""
    for entry in tell(Asked(person, patient, None, 50), set(SOURCES))[0]:
        if entry.kind == "message":
            assert facts.reads(person.pk, entry.link.conversation)
        elif entry.kind == "task":
            assert facts.sees_task(person.pk, entry.id)
        elif entry.kind == "emergency":
            assert facts.sees(person.pk, CareTeamMember.objects.get(pk=entry.id).care_team_id)


def ids(rows: Any) -> set[UUID]:
    return set(rows.values_list("pk", flat=True))


small = st.integers(0, 11)
acts = st.builds(
    Act,
    what=st.sampled_from([*GUARDED, *FREE]),
    by=small,
    one=small,
    other=small,
    circle=st.sampled_from(["health", "health", "social"]),
    basis=st.sampled_from(["exchange", "exchange", "same_team", "consent"]),
    hours=st.integers(1, 5),
)
steps = st.tuples(acts, st.sampled_from([0, 0, 0, 1, 2]))
DOCTOR, SOCIAL, OUTSIDER = 0, 2, 4


def told(*told_acts: tuple[str, int, int, str]) -> list[tuple[Act, int]]:
    """(what, by, to whom, basis) about the first patient's care circle, one right after the other."""
    return [(Act(what, by, 0, other, "health", basis, 4), 0) for what, by, other, basis in told_acts]


def away(person: int, delegate: int) -> tuple[Act, int]:
    return Act("go_away", 1, person, delegate, "health", "exchange", 4), 0


AN_EMERGENCY_BRINGS_NOBODY_IN = told(
    ("open_in_emergency", OUTSIDER, 0, "exchange"),
    ("join", OUTSIDER, OUTSIDER, "exchange"),
    ("take_in", OUTSIDER, SOCIAL, "exchange"),
    ("move", OUTSIDER, 1, "exchange"),
)
NOBODY_STANDS_IN_FOR_AN_EMERGENCY = [*told(("open_in_emergency", OUTSIDER, 0, "exchange")), away(OUTSIDER, SOCIAL)]
NOBODY_STANDS_IN_ON_A_CONSENT = [
    *told(("agree", DOCTOR, 0, "exchange"), ("join", DOCTOR, OUTSIDER, "consent")),
    away(OUTSIDER, SOCIAL),
]
AN_INVITATION_INVITES_NOBODY = told(
    ("take_in", DOCTOR, OUTSIDER, "exchange"), ("take_in", OUTSIDER, SOCIAL, "exchange")
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(sequence=AN_EMERGENCY_BRINGS_NOBODY_IN, reader=0, which=0)
@example(sequence=NOBODY_STANDS_IN_FOR_AN_EMERGENCY, reader=OUTSIDER, which=0)
@example(sequence=NOBODY_STANDS_IN_ON_A_CONSENT, reader=SOCIAL, which=0)
@example(sequence=AN_INVITATION_INVITES_NOBODY, reader=OUTSIDER, which=0)
@given(
    sequence=st.lists(steps, min_size=6, max_size=18),
    reader=small,
    which=st.integers(0, 1),
)
def test_nothing_lets_a_person_see_a_patient_outside_their_circles(house, sequence, reader, which):
    with transaction.atomic(), at(START) as wait:
        facts = read_facts()
        for act, hours in sequence:
            facts = do(act, house, facts)
            wait(hours * HOUR)
            facts = replace(facts, now=clock.now())
        compare(house, facts)
        person = Person.objects.get(pk=house.people[reader % len(house.people)])
        compare_story(facts, person, Patient.objects.get(pk=house.patients[which]))
        administrator = Person.objects.get(pk=house.administrator)
        assert not Patient.objects.visible_to(administrator).exists()
        assert not Conversation.objects.visible_to(administrator).filter(kind="patient").exists()
        assert not Task.objects.visible_to(administrator).exclude(patient=None).exists()
        transaction.set_rollback(True)
