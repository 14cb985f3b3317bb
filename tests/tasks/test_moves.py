"""Claiming, finishing and the other moves of a task, each beside its refusal."""

from datetime import UTC, date, datetime

import pytest

from coordination.audit.models import Entry
from coordination.tasks.models import Task

pytestmark = pytest.mark.django_db


def act(client_of, person, task, move):
    return client_of(person).post(f"/api/tasks/{task.pk}/{move}")


def test_the_secretary_claims_a_task_and_the_queue_is_told(client_of, secretary, task, secretariat_queue, events):
    answer = act(client_of, secretary, task, "claim")
    assert answer.status_code == 200
    assert answer.json()["status"] == "claimed"
    assert answer.json()["claimed_by"]["short"] == "Martine D."
    kind, data = events(secretariat_queue.pk)[-1]
    assert kind == "task.changed"
    assert data == answer.json()
    assert list(task.moves.values_list("status", "by")) == [("open", secretary.pk), ("claimed", secretary.pk)]
    assert Entry.objects.filter(kind="task.claimed", subject_id=task.pk, actor_id=secretary.pk).count() == 1


def test_a_second_person_who_claims_is_told_who_has_it(client_of, secretary, second_secretary, task):
    act(client_of, secretary, task, "claim")
    answer = act(client_of, second_secretary, task, "claim")
    assert answer.status_code == 409
    assert answer.json() == {"code": "task_already_claimed", "detail": "Martine Dubois a déjà pris cette tâche."}
    task.refresh_from_db()
    assert task.claimed_by == secretary


def test_the_refusal_is_in_the_language_of_the_asker(client_of, secretary, second_secretary, task):
    act(client_of, secretary, task, "claim")
    second_secretary.language = "en"
    second_secretary.save()
    answer = act(client_of, second_secretary, task, "claim")
    assert answer.json()["detail"] == "Martine Dubois has already claimed this task."


def test_claiming_twice_changes_nothing(client_of, secretary, task, secretariat_queue, events):
    act(client_of, secretary, task, "claim")
    before = events(secretariat_queue.pk)
    assert act(client_of, secretary, task, "claim").status_code == 200
    assert events(secretariat_queue.pk) == before


def test_a_done_task_cannot_be_claimed(client_of, secretary, second_secretary, task):
    act(client_of, secretary, task, "complete")
    answer = act(client_of, second_secretary, task, "claim")
    assert answer.status_code == 409
    assert answer.json()["code"] == "task_cannot_move"


def test_a_colleague_gives_a_claimed_task_back_to_the_queue(client_of, secretary, second_secretary, task):
    act(client_of, secretary, task, "claim")
    answer = act(client_of, second_secretary, task, "release")
    assert (answer.json()["status"], answer.json()["claimed_by"]) == ("open", None)
    assert act(client_of, second_secretary, task, "claim").status_code == 200


def test_an_open_task_cannot_be_released(client_of, secretary, task):
    assert act(client_of, secretary, task, "release").status_code == 409


def test_a_waiting_task_stays_with_whoever_holds_it(client_of, secretary, second_secretary, task):
    act(client_of, secretary, task, "claim")
    answer = act(client_of, secretary, task, "wait")
    assert (answer.json()["status"], answer.json()["claimed_by"]["name"]) == ("waiting", "Martine Dubois")
    assert act(client_of, second_secretary, task, "claim").json()["code"] == "task_already_claimed"


def test_a_task_that_waits_for_nobody_can_be_claimed(client_of, secretary, second_secretary, task):
    act(client_of, secretary, task, "wait")
    assert act(client_of, second_secretary, task, "claim").status_code == 200


def test_completing_ticks_every_line_and_says_who_did_it(client_of, secretary, task):
    answer = act(client_of, secretary, task, "complete").json()
    assert answer["status"] == "done"
    assert answer["done_by"]["name"] == "Martine Dubois"
    assert answer["done_at"] is not None
    assert [line["done_by"]["name"] for line in answer["checklist"]] == ["Martine Dubois"] * 2


def test_completing_twice_is_refused(client_of, secretary, task):
    act(client_of, secretary, task, "complete")
    answer = act(client_of, secretary, task, "complete")
    assert answer.status_code == 409
    assert answer.json()["code"] == "task_cannot_move"


def test_a_done_task_is_reopened_for_anyone_and_keeps_its_ticks(client_of, secretary, task):
    act(client_of, secretary, task, "complete")
    answer = act(client_of, secretary, task, "reopen").json()
    assert (answer["status"], answer["claimed_by"], answer["done_at"], answer["done_by"]) == ("open", None, None, None)
    assert all(line["done_at"] for line in answer["checklist"])


def test_a_task_to_do_cannot_be_reopened(client_of, secretary, task):
    assert act(client_of, secretary, task, "reopen").status_code == 409


def test_a_cancelled_task_leaves_the_list_and_can_be_reopened(client_of, secretary, task):
    assert act(client_of, secretary, task, "cancel").json()["status"] == "cancelled"
    assert client_of(secretary).get("/api/tasks").json()["items"] == []
    assert act(client_of, secretary, task, "reopen").json()["status"] == "open"


@pytest.mark.parametrize("move", ["claim", "release", "wait", "complete", "reopen", "cancel"])
def test_someone_who_does_not_see_the_task_is_told_nothing(client_of, outsider, stranger, administrator, task, move):
    for person in (outsider, stranger, administrator):
        assert act(client_of, person, task, move).status_code == 404
    assert act(client_of, None, task, move).status_code == 401
    task.refresh_from_db()
    assert task.status == "open"


def test_a_nurse_of_the_circle_works_the_task_of_another_team(client_of, nurse, task):
    assert act(client_of, nurse, task, "claim").json()["claimed_by"]["name"] == "Awa Diallo"


# Lines


def tick(client_of, person, task, line, done=True):
    return client_of(person).post(f"/api/tasks/{task.pk}/checklist/{line}/tick", {"done": done})


def test_ticking_a_line_does_not_complete_the_task(client_of, secretary, task):
    for line in task.checklist.all():
        answer = tick(client_of, secretary, task, line.pk)
    assert answer.json()["status"] == "open"
    assert all(line["done_at"] for line in answer.json()["checklist"])


def test_unticking_a_line_forgets_who_did_it(client_of, secretary, task):
    line = task.checklist.first()
    tick(client_of, secretary, task, line.pk)
    answer = tick(client_of, secretary, task, line.pk, done=False).json()
    shown = answer["checklist"][0]
    assert shown == {"id": str(line.pk), "label": "Appeler", "done_at": None, "done_by": None}


def test_ticking_twice_tells_once(client_of, secretary, task, secretariat_queue, events):
    line = task.checklist.first()
    tick(client_of, secretary, task, line.pk)
    before = events(secretariat_queue.pk)
    assert tick(client_of, secretary, task, line.pk).status_code == 200
    assert events(secretariat_queue.pk) == before


def test_the_lines_of_a_closed_task_are_settled(client_of, secretary, task):
    act(client_of, secretary, task, "complete")
    answer = tick(client_of, secretary, task, task.checklist.first().pk, done=False)
    assert answer.status_code == 409
    assert answer.json()["code"] == "task_closed"


def test_a_line_of_another_task_is_not_found(client_of, secretary, task, make_task):
    assert tick(client_of, secretary, make_task(), task.checklist.first().pk).status_code == 404


# Lateness


def test_a_task_is_late_by_calendar_days_where_the_centre_is(make_task, centre, monkeypatch):
    task = make_task(due_on=date(2026, 11, 20))
    # 23:30 in Paris on the 22nd is 22:30 UTC; one hour later it is the 23rd there.
    monkeypatch.setattr("coordination.base.clock.now", lambda: datetime(2026, 11, 22, 22, 30, tzinfo=UTC))
    assert task.late_days == 2
    monkeypatch.setattr("coordination.base.clock.now", lambda: datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    assert task.late_days == 3
    centre.time_zone = "Indian/Reunion"
    centre.save()
    monkeypatch.setattr("coordination.base.clock.now", lambda: datetime(2026, 11, 22, 20, 30, tzinfo=UTC))
    assert Task.objects.get(pk=task.pk).late_days == 3
    assert list(Task.objects.late()) == [task]


def test_a_task_is_not_late_on_its_day_nor_before_its_tolerance_ends(make_task, monkeypatch):
    on_the_day = make_task(due_on=date(2026, 11, 22))
    tolerated = make_task(due_on=date(2026, 11, 1), late_after=date(2026, 11, 30))
    monkeypatch.setattr("coordination.base.clock.now", lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert (on_the_day.late_days, tolerated.late_days) == (0, 0)
    assert not Task.objects.late().exists()
    monkeypatch.setattr("coordination.base.clock.now", lambda: datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert (on_the_day.late_days, tolerated.late_days) == (9, 1)
    assert Task.objects.late().count() == 2


def test_what_is_done_is_never_late(client_of, secretary, make_task):
    task = make_task(due_on=date(2020, 1, 1))
    assert act(client_of, secretary, task, "complete").json()["late_days"] == 0
