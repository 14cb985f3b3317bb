"""The sweeps: opening what has become due, and writing to patients; anywhere they stop, the next one goes on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from coordination.protocols import reminders
from coordination.protocols.jobs import open_due_steps, plans_to_open, send_reminders
from coordination.protocols.models import Plan, Reminder, Step
from coordination.protocols.reminders import reason_to_drop
from coordination.tasks.models import Task
from notifications.models import Delivery
from notifications.outbox import claim, finish
from tests.protocols.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "queues")]


def step_of(plan, code, occurrence=1):
    return plan.steps.get(code=code, occurrence=occurrence)


# Opening


def test_a_step_opens_on_its_day_where_the_centre_is(plan, at):
    # etp opens on 7 December: in Paris that day begins at 23:00 UTC on the 6th.
    at(datetime(2026, 12, 6, 22, 59, tzinfo=UTC))
    open_due_steps()
    assert step_of(plan, "etp").status == "planned"
    at(datetime(2026, 12, 6, 23, 0, tzinfo=UTC))
    open_due_steps()
    etp = step_of(plan, "etp")
    assert etp.status == "due"
    task = Task.objects.get(pk=etp.task_id)
    assert (task.created_by, task.due_on, task.late_after) == (None, etp.due_on, etp.late_after)
    assert [line.origin_id for line in task.checklist.all()] == [etp.pk]


def test_a_sweep_that_finds_nothing_changes_nothing(plan, at):
    at(NOON + timedelta(days=20))
    open_due_steps()
    tasks, moves = Task.objects.count(), plan.steps.values_list("moves", flat=True).count()
    open_due_steps()
    assert plans_to_open() == []
    assert (Task.objects.count(), plan.steps.values_list("moves", flat=True).count()) == (tasks, moves)


def test_a_sweep_that_fails_midway_leaves_all_its_work_for_the_next(plan, at, monkeypatch):
    at(NOON + timedelta(days=20))

    def die(*args, **kwargs):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("coordination.protocols.unfolding.StepMove.objects.bulk_create", die)
        with pytest.raises(RuntimeError):
            open_due_steps()
    assert step_of(plan, "etp").status == "planned"
    assert not Task.objects.filter(due_on=step_of(plan, "etp").due_on).exists()
    open_due_steps()
    assert step_of(plan, "etp").status == "due"


def test_a_plan_that_cannot_open_its_steps_stops_no_other(plan, make_plan, protocol_of, at, monkeypatch):
    from coordination.protocols import actions
    from coordination.protocols.errors import NoCoordination

    other = make_plan(protocol_of("vacc_adulte"))
    Step.objects.filter(plan__in=[plan, other], status="planned").update(opens_on=NOON.date())
    first, _ = plans_to_open()
    advance = actions.advance

    def refuse_the_first(plan_id):
        if plan_id == first:
            raise NoCoordination
        return advance(plan_id)

    monkeypatch.setattr(actions, "advance", refuse_the_first)
    open_due_steps()
    assert plans_to_open() == [first]


def test_a_step_whose_condition_no_longer_holds_when_it_opens_is_taken_back(make_plan, protocol_of, patient, at):
    plan = make_plan(protocol_of("vacc_adulte"))
    assert plan.steps.filter(code="dtcap_65", status="planned").exists()
    patient.birth_date = patient.birth_date.replace(year=2020)
    patient.save()
    plan.steps.filter(code="dtcap_65").update(opens_on=NOON.date())
    open_due_steps()
    assert step_of(plan, "dtcap_65").due_on.year == 2085


def test_what_the_patient_does_alone_opens_without_a_task_and_is_told(make_plan, protocol_of):
    plan = make_plan(protocol_of("ic"), flags=frozenset({"ic.autosurveillance"}))
    weighing = step_of(plan, "poids")
    assert (weighing.status, weighing.task_id) == ("due", None)
    send_reminders()
    assert weighing.reminders.count() == 1


def test_steps_of_a_second_day_join_the_task_of_their_day(plan, at, client_of, doctor):
    before = step_of(plan, "renal").task_id
    Step.objects.filter(pk=step_of(plan, "consult_mt").pk).update(
        due_on=NOON.date(), opens_on=NOON.date(), status="planned"
    )
    # The schedule says February: the sweep puts it back there, and the task keeps its lines.
    open_due_steps()
    assert step_of(plan, "consult_mt").due_on.month == 2
    assert Task.objects.get(pk=before).checklist.count() == 6


# Reminding


def test_everything_due_makes_one_neutral_mail_and_the_ledger_says_what_it_covered(plan, patient, client_of, doctor):
    send_reminders()
    delivery = Delivery.objects.get()
    assert (delivery.what, delivery.recipient, delivery.address) == (
        "plan.reminder",
        str(patient.pk),
        "marie.durand@example.org",
    )
    assert (delivery.template, delivery.values) == (
        "plan_reminder",
        {"structure_alias": "Centre d’essai", "telephone": "01 99 00 12 34"},
    )
    told = set(plan.steps.filter(status="due", remindable=True).values_list("code", flat=True))
    assert told == {"hba1c_trim", "renal", "lipides", "fond_oeil_annuel", "ecg", "dentaire", "pied_grade"}
    (line,) = client_of(doctor).get(f"/api/patients/{patient.pk}/reminders").json()["items"]
    assert (line["week"], line["status"]) == ("2026-W47", "due")
    assert {step["id"] for step in line["steps"]} == {str(plan.steps.get(code=code).pk) for code in told}


def test_no_second_mail_within_seven_days_even_in_another_week(plan, at, make_plan, protocol_of):
    send_reminders()
    make_plan(protocol_of("hta"))
    at(NOON + timedelta(days=6, hours=23))
    send_reminders()
    assert Delivery.objects.count() == 1
    at(NOON + timedelta(days=7, minutes=1))
    send_reminders()
    assert Delivery.objects.count() == 2
    first, second = Reminder.objects.order_by("created_at")
    assert not set(first.steps.all()) & set(second.steps.all())


def test_a_step_is_told_once(plan, at):
    send_reminders()
    at(NOON + timedelta(days=8))
    send_reminders()
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"email_consent": False},
        {"email": ""},
        {"deceased_on": NOON.date()},
        {"attributes": ["COLP"]},
        {"attributes": ["FICT"]},
    ],
)
def test_nobody_is_written_to_who_is_not_to_be(plan, patient, change):
    for name, value in change.items():
        setattr(patient, name, value)
    patient.save()
    send_reminders()
    assert not Delivery.objects.exists()


def test_what_is_done_before_the_sweep_is_not_told(plan, client_of, doctor):
    for task in Task.objects.to_do():
        client_of(doctor).post(f"/api/tasks/{task.pk}/complete")
    send_reminders()
    assert not Delivery.objects.exists()


def test_a_mail_that_waits_is_dropped_when_the_patient_objects_or_nothing_is_left(plan, patient, client_of, doctor):
    send_reminders()
    delivery = Delivery.objects.get()
    assert reason_to_drop(delivery) is None
    patient.email_consent = False
    patient.save()
    assert reason_to_drop(delivery) == "the patient may not be mailed"
    patient.email_consent = True
    patient.save()
    for task in Task.objects.to_do():
        client_of(doctor).post(f"/api/tasks/{task.pk}/complete")
    assert reason_to_drop(delivery) == "nothing is to be arranged any more"
    Reminder.objects.all().delete()
    assert reason_to_drop(delivery) == "the reminder no longer exists"


def test_the_check_is_asked_by_the_outbox(plan, patient):
    from notifications import checks

    send_reminders()
    patient.email_consent = False
    patient.save()
    assert checks.reason_to_drop(Delivery.objects.get()) == "the patient may not be mailed"


def test_one_patient_who_cannot_be_written_to_stops_no_other(plan, monkeypatch, capsys):
    from notifications.errors import NotAllowedOut

    def refuse(patient):
        raise NotAllowedOut("structure_alias does not look like what it should be")

    monkeypatch.setattr(reminders, "remind", refuse)
    send_reminders()
    assert not Delivery.objects.exists()


# Two workers


def both(job):
    def run(_):
        try:
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))


@pytest.mark.django_db(transaction=True)
def test_two_workers_open_each_step_once(plan, at):
    at(NOON + timedelta(days=20))
    both(open_due_steps)
    etp = step_of(plan, "etp")
    assert etp.status == "due"
    assert etp.moves.count() == 1
    assert Task.objects.filter(due_on=etp.due_on).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_to_a_patient_once(plan):
    both(send_reminders)
    assert Delivery.objects.count() == Reminder.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_doctors_who_enrol_at_one_moment_begin_one_plan(patient, doctor, dt2, make_plan):
    from coordination.base.errors import AppError

    refused = []

    def begin():
        try:
            make_plan(dt2)
        except AppError as refusal:
            refused.append(refusal.code)

    both(begin)
    assert Plan.objects.count() == 1
    assert refused == ["plan_already_active"]


@pytest.mark.django_db(transaction=True)
def test_a_line_ticked_while_the_doctor_changes_the_plan_ends_in_one_order_or_the_other(plan, doctor, nurse):
    from coordination.accounts.models import Person
    from coordination.protocols.actions import change_plan
    from coordination.protocols.facts import Given
    from coordination.tasks.actions import tick_line

    step = step_of(plan, "hba1c_trim")
    task = Task.objects.get(pk=step.task_id)
    line = task.checklist.get(origin_id=step.pk).pk
    outcomes = []

    def run(number):
        from coordination.base.errors import AppError

        try:
            if number:
                tick_line(Task.objects.get(pk=task.pk), line, done=True, by=Person.objects.get(pk=nurse.pk))
            else:
                given = Given({"inclusion": NOON.date()}, frozenset({"dt2.equilibre"}), {"measure.pied_grade": 0})
                change_plan(plan, lambda _: given, by=Person.objects.get(pk=doctor.pk))
        except AppError as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))
    step.refresh_from_db()
    assert (step.status, outcomes) in [("done", []), ("withdrawn", ["not_found"])]


def test_a_reminder_that_never_arrives_becomes_a_task_of_the_secretariat(plan, patient, queues, care_team, at):
    send_reminders()
    (taken,) = claim(limit=1)
    finish(taken, Delivery.Status.FAILED, "550 no such user")
    delivery = Delivery.objects.get()
    task = Task.objects.get(origin_kind="delivery")
    assert (task.title, task.queue, task.patient, task.care_team, task.origin_id) == (
        "Mail non remis : vérifier l’adresse",
        queues["secretariat"],
        patient,
        care_team,
        delivery.pk,
    )
    assert task.note == (
        "Le mail de rappel n’est pas arrivé à marie.durand@example.org. "
        "Prévenez le patient autrement et corrigez son adresse."
    )


def ended(status):
    send_reminders()
    (taken,) = claim(limit=1)
    finish(taken, status, "that is how it ended")


@pytest.mark.parametrize("status", ["failed", "dropped"])
def test_what_a_lost_mail_covered_is_told_again_and_not_before_a_week(plan, at, status):
    ended(Delivery.Status(status))
    at(NOON + timedelta(days=6, hours=23))
    send_reminders()
    assert Delivery.objects.count() == 1
    at(NOON + timedelta(days=7, minutes=1))
    send_reminders()
    send_reminders()
    first, second = Reminder.objects.order_by("created_at")
    assert set(first.steps.all()) == set(second.steps.all())


def test_what_a_sent_mail_covered_is_not_told_again(plan, at):
    ended(Delivery.Status.SENT)
    at(NOON + timedelta(days=8))
    send_reminders()
    assert Delivery.objects.count() == 1


def test_a_mail_that_waits_for_an_old_address_is_dropped(plan, patient):
    send_reminders()
    patient.email = "marie@example.net"
    patient.save()
    assert reason_to_drop(Delivery.objects.get()) == "the patient has another address"


def test_a_reminder_that_arrives_makes_no_task(plan):
    send_reminders()
    (taken,) = claim(limit=1)
    finish(taken, Delivery.Status.SENT, "250 OK")
    assert not Task.objects.filter(origin_kind="delivery").exists()
