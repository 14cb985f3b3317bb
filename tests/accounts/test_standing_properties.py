"""Whatever memberships and absences there are: who works in whose place, and until when an answer holds."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordination.accounts.directory_keeping import CONTENT, Tenure, mixes
from coordination.accounts.models import Absence, Membership, Person, Role, Team
from coordination.accounts.professions import PROFESSIONS, may_replace
from coordination.accounts.rights import Right
from coordination.base.ids import uuid7
from coordination.tasks.models import Queue
from coordination.tasks.queries import may_join_queues
from messaging.followers import followers
from messaging.models import Conversation

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
PEOPLE = range(3)
HOURS = st.integers(0, 8)


def at(hour):
    return START + timedelta(hours=hour)


@dataclass(frozen=True)
class Span:
    begins: int
    ends: int

    def holds(self, hour):
        return self.begins <= hour < self.ends


SPANS = st.builds(lambda one, other: Span(min(one, other), max(one, other) + 1), HOURS, HOURS)


@dataclass(frozen=True)
class World:
    """Who works when, who is away when and for whom somebody stands in; person n is in team n alone."""

    works: tuple[tuple[Span, ...], ...]
    away: tuple[tuple[int, int, Span], ...]

    def has_access(self, who, hour):
        return any(span.holds(hour) for span in self.works[who])

    def teams(self, who, hour):
        """What somebody works in at an hour, said without any of the code under test."""
        if not self.has_access(who, hour):
            return set()
        absent = {one for one, delegate, span in self.away if delegate == who and span.holds(hour)}
        return {who} | {one for one in absent if self.has_access(one, hour)}


WORLDS = st.builds(
    World,
    works=st.tuples(*(st.lists(SPANS, max_size=2).map(tuple) for _ in PEOPLE)),
    away=st.lists(
        st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), SPANS).filter(lambda one: one[0] != one[1]),
        max_size=3,
    ).map(tuple),
)


@contextmanager
def undone():
    """The rows of one example."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def people(centre):
    """Three people, each in a team of their own with a queue and a conversation that have the person's number."""
    rows = [
        Person(organisation=centre, login=f"p{n}", given_name="P", family_name=str(n), profession="ide") for n in PEOPLE
    ]
    Person.objects.bulk_create(rows)
    for n, person in enumerate(rows):
        team = Team.objects.create(organisation=centre, name=f"Équipe {n}", code=f"t{n}")
        team.people.add(person)
        Queue.objects.create(organisation=centre, team=team, name=str(n), code=f"q{n}")
        Conversation.objects.create(organisation=centre, kind="team", team=team, title=str(n))
    return rows


def build(world, people, role):
    Membership.objects.bulk_create(
        Membership(
            person=people[who],
            organisation_id=role.organisation_id,
            role=role,
            valid_from=at(span.begins),
            valid_until=at(span.ends),
        )
        for who, spans in enumerate(world.works)
        for span in spans
    )
    Absence.objects.bulk_create(
        Absence(person=people[who], delegate=people[delegate], starts_at=at(span.begins), ends_at=at(span.ends))
        for who, delegate, span in world.away
    )


def answers(people, hour):
    """By person: the teams by number, and for each queue and conversation followed until when that holds."""
    queues = {row.pk: int(row.name) for row in Queue.objects.all()}
    conversations = {row.pk: int(row.title) for row in Conversation.objects.all()}
    with mock.patch("coordination.base.clock.now", return_value=at(hour)):
        written = {(one.person, conversations[one.conversation]): one.until for one in followers(conversations)}
        return [
            (
                {queues[pk]: until for pk, until in may_join_queues(person.pk, list(queues)).items()},
                {n: until for (who, n), until in written.items() if who == person.pk},
            )
            for person in people
        ]


@pytest.mark.django_db
def test_nobody_works_outside_their_time_and_no_answer_outlives_what_it_rests_on(people, centre):
    """At every hour exactly the teams of the model; who loses a stream later was told an end no later than that."""
    role = Role.objects.get(organisation=centre, code="soignant")

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(WORLDS)
    def check(world):
        with undone():
            build(world, people, role)
            said = {hour: answers(people, hour) for hour in range(0, 11, 2)}
        for hour, of_people in said.items():
            for who, (queues, conversations) in enumerate(of_people):
                assert set(queues) == set(conversations) == world.teams(who, hour)
                for streams in (queues, conversations):
                    for n, until in streams.items():
                        lost = [h for h in range(hour, 11) if n not in world.teams(who, h)]
                        assert until is not None
                        assert at(hour) < until <= at(lost[0] if lost else 99)

    check()


RIGHTS = st.frozensets(
    st.sampled_from([Right.DIRECTORY_MANAGE, Right.PATIENT_READ, Right.PATIENT_BREAK_GLASS, Right.MESSAGE_POST]),
    max_size=2,
)
SOMEBODY = [uuid7(), uuid7()]
TENURES = st.lists(
    st.builds(
        lambda who, rights, span: Tenure(who, rights, at(span.begins), at(span.ends)),
        st.sampled_from(SOMEBODY),
        RIGHTS,
        SPANS,
    ),
    max_size=6,
)


@given(TENURES)
def test_to_mix_is_to_manage_and_to_read_at_one_moment(tenures):
    def held(who, hour):
        return {
            right for one in tenures if one.person == who and one.begins <= at(hour) < one.ends for right in one.rights
        }

    moments = [held(who, hour) for who in SOMEBODY for hour in range(10)]
    assert mixes(tenures) == any(Right.DIRECTORY_MANAGE in rights and rights & CONTENT for rights in moments)


@given(st.sampled_from(sorted(PROFESSIONS)), st.sampled_from(sorted(PROFESSIONS)))
def test_nobody_stands_in_across_two_kinds_of_circle(one, other):
    worlds = {PROFESSIONS[one].world, PROFESSIONS[other].world} - {""}
    assert may_replace(one, other) == may_replace(other, one) == (len(worlds) < 2)
