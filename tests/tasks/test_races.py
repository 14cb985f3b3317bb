"""Two people at one moment, with two real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from coordination.accounts.models import Person
from coordination.base.errors import AppError
from coordination.streams.models import Event
from coordination.tasks.actions import claim_task, complete_task, tick_line
from coordination.tasks.models import Task

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What each of the acts returned or was refused with, all begun at one moment in transactions of their own."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=10)
            return act()
        except AppError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def claiming(task, person):
    return lambda: claim_task(Task.objects.get(pk=task.pk), by=Person.objects.get(pk=person.pk))


def test_of_two_people_who_claim_at_one_moment_one_is_told_who_has_it(make_task, secretary, second_secretary):
    for _ in range(10):
        task = make_task()
        outcomes = at_once(claiming(task, secretary), claiming(task, second_secretary))
        (refusal,) = [found for found in outcomes if isinstance(found, AppError)]
        (claimed,) = [found for found in outcomes if isinstance(found, Task)]
        task.refresh_from_db()
        assert task.claimed_by == claimed.claimed_by
        assert refusal.code == "task_already_claimed"
        assert refusal.detail("fr") == f"{task.claimed_by.display_name} a déjà pris cette tâche."
        assert task.moves.filter(status="claimed").count() == 1


def test_a_whole_team_that_claims_leaves_one_holder_and_one_event(make_task, secretary, second_secretary):
    task = make_task()
    people = [secretary, second_secretary] * 4
    outcomes = at_once(*(claiming(task, person) for person in people))
    task.refresh_from_db()
    refused = [found for found in outcomes if isinstance(found, AppError)]
    assert {found.code for found in refused} == {"task_already_claimed"}
    assert len(refused) == 4
    told = Event.objects.filter(stream_id=task.queue_id, kind="task.changed", data__id=str(task.pk))
    assert told.count() == 1


def test_two_who_complete_at_one_moment_complete_once(make_task, secretary, second_secretary):
    task = make_task()
    outcomes = at_once(
        *(
            lambda person=person: complete_task(Task.objects.get(pk=task.pk), by=Person.objects.get(pk=person.pk))
            for person in (secretary, second_secretary)
        )
    )
    assert sorted(type(found).__name__ for found in outcomes) == ["CannotMove", "Task"]
    assert task.moves.filter(status="done").count() == 1


def test_a_line_ticked_while_the_task_is_completed_is_ticked_once(make_task, secretary, second_secretary):
    from coordination.tasks.actions import Line

    for _ in range(5):
        task = make_task(checklist=[Line("a"), Line("b")])
        line = task.checklist.first().pk
        at_once(
            lambda task=task: complete_task(Task.objects.get(pk=task.pk), by=Person.objects.get(pk=secretary.pk)),
            lambda task=task, line=line: tick_line(
                Task.objects.get(pk=task.pk), line, done=True, by=Person.objects.get(pk=second_secretary.pk)
            ),
        )
        task.refresh_from_db()
        assert task.status == "done"
        assert not task.checklist.filter(done_at=None).exists()
