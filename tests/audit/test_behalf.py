"""An act on what somebody reaches only in the place of an absent colleague says in whose place."""

from datetime import timedelta

import pytest

from coordination.accounts.models import Absence, Person
from coordination.audit import actions as audit
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.tasks.actions import NewTask, create_task

pytestmark = pytest.mark.django_db


def stands_in(delegate, absent):
    """The delegate, who has known since this morning for whom they stand in."""
    now = clock.now()
    Absence.objects.create(
        person=absent, delegate=delegate, starts_at=now - timedelta(hours=2), ends_at=now + timedelta(days=1)
    )
    return Person.objects.get(pk=delegate.pk)


def behalf(kind):
    return Entry.objects.get(kind=kind).on_behalf_of_id


def test_reading_a_patient_of_whoever_is_absent_says_for_whom(client_of, outsider, nurse, patient):
    reader = stands_in(outsider, nurse)
    assert client_of(reader).get(f"/api/patients/{patient.pk}").status_code == 200
    entry = Entry.objects.get(kind="patient.read")
    assert (entry.actor_id, entry.on_behalf_of_id) == (outsider.pk, nurse.pk)


def test_in_one_s_own_circle_one_acts_for_oneself(client_of, nurse, doctor, patient):
    client_of(stands_in(nurse, doctor)).get(f"/api/patients/{patient.pk}")
    assert behalf("patient.read") is None


def test_a_task_of_the_absent_person_s_queue_is_taken_for_them(client_of, outsider, secretary, secretariat_queue):
    task = create_task(NewTask(queue=secretariat_queue, title="Rappeler"), by=secretary)
    assert client_of(stands_in(outsider, secretary)).post(f"/api/tasks/{task.pk}/claim").status_code == 200
    assert behalf("task.claimed") == secretary.pk


def test_a_task_of_one_s_own_team_is_one_s_own(client_of, secretary, second_secretary, secretariat_queue):
    task = create_task(NewTask(queue=secretariat_queue, title="Rappeler"), by=secretary)
    client_of(stands_in(second_secretary, secretary)).post(f"/api/tasks/{task.pk}/claim")
    assert behalf("task.claimed") is None


def test_what_has_to_do_with_nobody_else_asks_nothing(nurse, doctor, django_assert_num_queries):
    reader = stands_in(nurse, doctor)
    with django_assert_num_queries(1):
        audit.record(reader, "session.language", reader)
    assert behalf("session.language") is None


def test_once_the_absence_has_ended_nobody_is_stood_in_for(client_of, outsider, nurse, patient):
    reader = stands_in(outsider, nurse)
    Absence.objects.update(ends_at=clock.now() - timedelta(minutes=1))
    assert client_of(reader).get(f"/api/patients/{patient.pk}").status_code == 404
    assert Entry.objects.get(kind="patient.refused").on_behalf_of_id is None
