"""Steps done, skipped and undone, from the plan and from the task; what follows from each."""

from datetime import date, timedelta

import pytest

from coordination.audit.models import Entry
from coordination.protocols.models import Plan, Step
from coordination.tasks.models import Queue, Task
from tests.protocols.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "queues")]


def step_of(plan, code, occurrence=1):
    return plan.steps.get(code=code, occurrence=occurrence)


def act(client_of, person, step, move, **body):
    return client_of(person).post(f"/api/steps/{step.pk}/{move}", body)


@pytest.fixture
def doctors_task(plan):
    return Task.objects.get(pk=step_of(plan, "renal").task_id)


def line_for(task, step):
    return task.checklist.get(origin_kind="step", origin_id=step.pk)


def tick(client_of, person, task, step, done=True):
    line = line_for(task, step)
    return client_of(person).post(f"/api/tasks/{task.pk}/checklist/{line.pk}/tick", {"done": done})


# From the plan


def test_a_step_done_ticks_its_line_and_plans_the_next_from_that_day(client_of, doctor, plan, doctors_task):
    step = step_of(plan, "hba1c_trim")
    answer = act(client_of, doctor, step, "done", done_on="2026-11-19")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["status"], body["done_on"], body["to"]) == ("done", "2026-11-19", None)
    assert body["done_by"]["short"] == "Dr Roux"
    assert line_for(doctors_task, step).done_by == doctor
    following = step_of(plan, "hba1c_trim", 2)
    assert (following.status, following.due_on, following.task_id) == ("planned", date(2027, 2, 19), None)
    doctors_task.refresh_from_db()
    assert doctors_task.status == "open"


def test_a_step_can_be_done_before_it_is_open(client_of, doctor, plan):
    answer = act(client_of, doctor, step_of(plan, "etp"), "done")
    assert answer.json()["done_on"] == TODAY.isoformat()
    assert step_of(plan, "etp", 2).due_on == date(2027, 11, 21)


@pytest.mark.parametrize("day", ["2026-11-22", "1957-03-11", "yesterday"])
def test_a_step_is_not_done_tomorrow_nor_before_birth(client_of, doctor, plan, day):
    step = step_of(plan, "renal")
    assert act(client_of, doctor, step, "done", done_on=day).status_code == 422
    step.refresh_from_db()
    assert step.status == "due"


def test_a_step_done_twice_is_refused_the_second_time(client_of, doctor, plan):
    step = step_of(plan, "renal")
    act(client_of, doctor, step, "done")
    answer = act(client_of, doctor, step, "done")
    assert (answer.status_code, answer.json()["code"]) == (409, "step_settled")
    assert plan.steps.filter(code="renal").count() == 2


def test_a_skipped_step_leaves_its_task_and_the_next_follows_its_due_day(client_of, doctor, plan, doctors_task):
    step = step_of(plan, "ecg")
    answer = act(client_of, doctor, step, "skip", why="fait par le cardiologue")
    assert answer.json()["status"] == "skipped"
    assert step.moves.last().why == "fait par le cardiologue"
    assert not doctors_task.checklist.filter(origin_id=step.pk).exists()
    assert step_of(plan, "ecg", 2).due_on == date(2027, 11, 21)


def test_skipping_the_only_step_of_a_task_cancels_it(client_of, doctor, plan):
    step = step_of(plan, "dentaire")
    task = step.task_id
    act(client_of, doctor, step, "skip", why="refus")
    assert Task.objects.get(pk=task).status == "cancelled"


def test_a_step_is_skipped_by_those_who_may_enrol_and_for_a_reason(client_of, doctor, secretary, plan):
    step = step_of(plan, "ecg")
    assert act(client_of, secretary, step, "skip", why="refus").status_code == 403
    assert act(client_of, doctor, step, "skip", why=" ").status_code == 422
    assert act(client_of, doctor, step, "skip").status_code == 422
    step.refresh_from_db()
    assert step.status == "due"


def test_a_step_done_by_mistake_is_reopened_and_its_line_unticked(client_of, doctor, plan, doctors_task):
    step = step_of(plan, "renal")
    act(client_of, doctor, step, "done")
    body = act(client_of, doctor, step, "reopen").json()
    assert (body["status"], body["done_on"], body["task_id"]) == ("due", None, str(doctors_task.pk))
    assert line_for(doctors_task, step).done_at is None
    assert plan.steps.filter(code="renal").count() == 1


def test_a_step_skipped_by_mistake_comes_back_into_a_task(client_of, doctor, plan, doctors_task):
    step = step_of(plan, "renal")
    act(client_of, doctor, step, "skip", why="erreur")
    body = act(client_of, doctor, step, "reopen").json()
    assert (body["status"], body["task_id"]) == ("due", str(doctors_task.pk))
    assert line_for(doctors_task, step).done_at is None


def test_a_step_done_with_its_whole_task_comes_back_in_a_task_of_its_own(client_of, doctor, plan, doctors_task):
    client_of(doctor).post(f"/api/tasks/{doctors_task.pk}/complete")
    body = act(client_of, doctor, step_of(plan, "renal"), "reopen").json()
    assert body["status"] == "due"
    assert body["task_id"] not in {None, str(doctors_task.pk)}


def test_a_step_still_to_do_is_not_reopened(client_of, doctor, plan):
    answer = act(client_of, doctor, step_of(plan, "renal"), "reopen")
    assert (answer.status_code, answer.json()["code"]) == (409, "step_settled")


def test_a_step_whose_next_one_is_done_stays_done(client_of, doctor, plan):
    act(client_of, doctor, step_of(plan, "renal"), "done")
    act(client_of, doctor, step_of(plan, "renal", 2), "done")
    answer = act(client_of, doctor, step_of(plan, "renal"), "reopen")
    assert (answer.status_code, answer.json()["code"]) == (409, "step_followed")


# From the task


def test_completing_the_task_does_all_its_steps_and_plans_the_next_ones(client_of, doctor, plan, doctors_task):
    client_of(doctor).post(f"/api/tasks/{doctors_task.pk}/complete")
    codes = {"hba1c_trim", "renal", "lipides", "fib4", "ecg", "pied_grade"}
    done = plan.steps.filter(status="done")
    assert set(done.values_list("code", "done_on", "done_by")) == {(code, TODAY, doctor.pk) for code in codes}
    following = dict(plan.steps.filter(occurrence=2).values_list("code", "due_on"))
    assert following == {code: date(2027, 11, 21) for code in codes} | {"hba1c_trim": date(2027, 2, 21)}


def test_ticking_one_line_does_one_step(client_of, nurse, plan, doctors_task):
    step = step_of(plan, "renal")
    assert tick(client_of, nurse, doctors_task, step).status_code == 200
    step.refresh_from_db()
    assert (step.status, step.done_on, step.done_by) == ("done", TODAY, nurse)
    assert step_of(plan, "renal", 2).due_on == date(2027, 11, 21)
    assert step_of(plan, "ecg").status == "due"


def test_completing_after_ticking_keeps_the_day_each_step_was_done(client_of, doctor, nurse, plan, doctors_task, at):
    tick(client_of, nurse, doctors_task, step_of(plan, "renal"))
    at(NOON + timedelta(days=3))
    client_of(doctor).post(f"/api/tasks/{doctors_task.pk}/complete")
    renal, ecg = step_of(plan, "renal"), step_of(plan, "ecg")
    assert (renal.done_on, renal.done_by) == (TODAY, nurse)
    assert (ecg.done_on, ecg.done_by) == (TODAY + timedelta(days=3), doctor)


def test_unticking_takes_back_the_step_and_what_followed(client_of, nurse, plan, doctors_task):
    step = step_of(plan, "renal")
    tick(client_of, nurse, doctors_task, step)
    assert tick(client_of, nurse, doctors_task, step, done=False).status_code == 200
    step.refresh_from_db()
    assert (step.status, step.done_on, step.task_id) == ("due", None, doctors_task.pk)
    assert list(plan.steps.filter(code="renal")) == [step]
    assert list(step.moves.values_list("status", flat=True)) == ["due", "done", "due"]


def test_unticking_is_refused_once_the_next_one_is_done(client_of, doctor, plan, doctors_task):
    step = step_of(plan, "renal")
    tick(client_of, doctor, doctors_task, step)
    act(client_of, doctor, step_of(plan, "renal", 2), "done")
    answer = tick(client_of, doctor, doctors_task, step, done=False)
    assert (answer.status_code, answer.json()["code"]) == (409, "step_followed")
    assert line_for(doctors_task, step).done_at is not None


def test_reopening_a_done_task_keeps_what_was_done(client_of, doctor, plan, doctors_task):
    client = client_of(doctor)
    client.post(f"/api/tasks/{doctors_task.pk}/complete")
    client.post(f"/api/tasks/{doctors_task.pk}/reopen")
    assert plan.steps.filter(status="done").count() == 6
    assert tick(client_of, doctor, doctors_task, step_of(plan, "ecg"), done=False).status_code == 200
    assert step_of(plan, "ecg").status == "due"


def test_cancelling_the_task_skips_what_was_not_done_until_it_is_reopened(client_of, doctor, plan, doctors_task):
    tick(client_of, doctor, doctors_task, step_of(plan, "renal"))
    client = client_of(doctor)
    assert client.post(f"/api/tasks/{doctors_task.pk}/cancel").status_code == 200
    assert (step_of(plan, "renal").status, step_of(plan, "ecg").status) == ("done", "skipped")
    assert step_of(plan, "ecg").moves.last().why == ""
    assert step_of(plan, "ecg", 2).due_on == date(2027, 11, 21)
    assert client.post(f"/api/tasks/{doctors_task.pk}/reopen").status_code == 200
    assert (step_of(plan, "renal").status, step_of(plan, "ecg").status) == ("done", "due")
    assert not plan.steps.filter(code="ecg", occurrence=2).exists()


def test_a_secretary_may_not_cancel_what_a_protocol_asks(client_of, secretary, plan, doctors_task):
    assert client_of(secretary).post(f"/api/tasks/{doctors_task.pk}/cancel").status_code == 403
    doctors_task.refresh_from_db()
    assert doctors_task.status == "open"
    assert step_of(plan, "ecg").status == "due"


# Changing the plan


def change(client_of, person, plan, **changes):
    return client_of(person).patch(f"/api/plans/{plan.pk}", changes)


def test_a_value_entered_withdraws_the_steps_it_rules_out(client_of, doctor, make_plan, dt2):
    plan = make_plan(dt2)
    g3 = step_of(plan, "podo_g3")
    body = change(client_of, doctor, plan, measures={"pied_grade": 2}).json()
    assert body["measures"] == {"measure.pied_grade": 2}
    shown = {step["code"]: step["status"] for step in body["steps"]}
    assert (shown["podo_g2"], shown["podo_g3"], shown["renal"]) == ("due", "withdrawn", "due")
    assert not Task.objects.get(pk=step_of(plan, "podo_g2").task_id).checklist.filter(origin_id=g3.pk).exists()


def test_a_value_corrected_brings_the_step_back(client_of, doctor, make_plan, dt2):
    plan = make_plan(dt2)
    change(client_of, doctor, plan, measures={"pied_grade": 2})
    change(client_of, doctor, plan, measures={"pied_grade": 3})
    assert (step_of(plan, "podo_g2").status, step_of(plan, "podo_g3").status) == ("withdrawn", "due")
    lines = Task.objects.get(pk=step_of(plan, "podo_g3").task_id).checklist
    assert [line.origin_id for line in lines.all()] == [step_of(plan, "podo_g3").pk]


def test_a_flag_changes_the_rhythm_of_what_is_not_done(client_of, doctor, plan):
    change(client_of, doctor, plan, flags=["dt2.equilibre"])
    assert step_of(plan, "hba1c_trim").status == "withdrawn"
    assert step_of(plan, "hba1c_sem").due_on == date(2027, 5, 21)


def test_a_change_made_from_an_older_screen_keeps_what_others_changed_meanwhile(client_of, doctor, plan):
    from dataclasses import replace

    from coordination.protocols.actions import change_plan

    client_of(doctor).patch(f"/api/plans/{plan.pk}", {"flags": ["dt2.equilibre"]})
    change_plan(plan, lambda before: replace(before, measures={"measure.pied_grade": 3}), by=doctor)
    plan.refresh_from_db()
    assert (plan.flags, plan.measures) == (["dt2.equilibre"], {"measure.pied_grade": 3})


def test_a_date_given_later_plans_the_steps_that_waited_for_it(client_of, doctor, plan):
    body = change(client_of, doctor, plan, anchors={"treatment_change": "2026-10-01"}).json()
    assert body["anchors"] == {"inclusion": "2026-11-21", "treatment_change": "2026-10-01"}
    step = step_of(plan, "reevaluation")
    assert (step.due_on, step.opens_on, step.status) == (date(2027, 1, 1), date(2026, 12, 18), "planned")
    assert [waiting["code"] for waiting in body["waiting"]] == ["plaie_pied"]


def test_another_inclusion_date_moves_what_is_not_done_and_nothing_else(client_of, doctor, plan):
    act(client_of, doctor, step_of(plan, "renal"), "done")
    change(client_of, doctor, plan, anchors={"inclusion": "2027-02-01"})
    assert step_of(plan, "renal").done_on == TODAY
    assert step_of(plan, "renal", 2).due_on == date(2027, 11, 21)
    ecg = step_of(plan, "ecg")
    assert (ecg.status, ecg.due_on, ecg.task_id) == ("planned", date(2027, 2, 1), None)


def test_the_same_again_changes_nothing(client_of, doctor, plan):
    before = list(plan.steps.order_by("pk").values("pk", "status", "due_on", "task_id"))
    tasks = Task.objects.count()
    for _ in range(2):
        assert change(client_of, doctor, plan, measures={"pied_grade": 0}).status_code == 200
    assert list(plan.steps.order_by("pk").values("pk", "status", "due_on", "task_id")) == before
    assert Task.objects.count() == tasks


def test_a_secretary_may_not_change_a_plan(client_of, secretary, plan):
    assert change(client_of, secretary, plan, flags=["dt2.equilibre"]).status_code == 403


def test_an_ended_plan_withdraws_what_was_not_done_and_stays_as_it_is(client_of, doctor, plan, doctors_task):
    act(client_of, doctor, step_of(plan, "renal"), "done")
    body = client_of(doctor).post(f"/api/plans/{plan.pk}/end", {"why": "déménagement"}).json()
    assert body["status"] == "ended"
    assert {step["status"] for step in body["steps"]} == {"done", "withdrawn"}
    assert not Task.objects.to_do().filter(origin_id=plan.pk).exclude(checklist__done_at__isnull=False).exists()
    assert change(client_of, doctor, plan, flags=[]).json()["code"] == "plan_ended"
    assert act(client_of, doctor, step_of(plan, "ecg"), "done").json()["code"] == "plan_ended"


def test_why_a_plan_ended_is_kept_with_the_plan_and_never_in_the_audit(client_of, doctor, plan):
    client_of(doctor).post(f"/api/plans/{plan.pk}/end", {"why": "suivi pour son cancer ailleurs"})
    plan.refresh_from_db()
    assert plan.end_reason == "suivi pour son cancer ailleurs"
    assert Entry.objects.get(kind="plan.ended").detail == {}


def test_nobody_ends_a_plan_without_a_reason(client_of, doctor, plan):
    assert client_of(doctor).post(f"/api/plans/{plan.pk}/end", {"why": " "}).status_code == 422
    plan.refresh_from_db()
    assert (plan.status, plan.end_reason) == ("active", "")


def test_a_task_left_by_an_ended_plan_can_still_be_completed(client_of, doctor, plan, doctors_task):
    act(client_of, doctor, step_of(plan, "renal"), "done")
    client_of(doctor).post(f"/api/plans/{plan.pk}/end", {"why": "déménagement"})
    assert client_of(doctor).post(f"/api/tasks/{doctors_task.pk}/complete").status_code == 200
    assert Plan.objects.get().steps.filter(status__in=Step.PENDING).count() == 0


def test_a_team_gets_the_task_when_its_queue_is_there(plan, nursing_queue):
    assert Queue.objects.get(tasks__pk=step_of(plan, "ips").task_id) == nursing_queue
