"""Who follows a protocol, as its page shows it."""

from datetime import timedelta

import pytest

from tests.protocols.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "queues")]


def enrolled(client_of, person, protocol):
    return client_of(person).get(f"/api/protocols/{protocol.pk}/plans")


def test_the_page_of_a_protocol_names_the_patients_who_follow_it(client_of, doctor, patient, dt2, make_plan):
    plan = make_plan(dt2)
    (found,) = enrolled(client_of, doctor, dt2).json()["items"]
    assert (found["id"], found["patient"]["id"]) == (str(plan.pk), str(patient.pk))
    assert (found["since"], found["late"]) == ("2026-11-21", 0)
    assert found["next"]["due_on"] == "2026-11-21"


def test_a_step_whose_window_has_closed_counts_as_late(client_of, doctor, dt2, make_plan, at):
    make_plan(dt2)
    at(NOON + timedelta(days=60))
    (found,) = enrolled(client_of, doctor, dt2).json()["items"]
    assert found["late"] > 0
    assert found["next"]["late_days"] > 0


def test_someone_outside_the_circle_does_not_learn_who_follows_a_protocol(client_of, stranger, dt2, make_plan):
    make_plan(dt2)
    assert enrolled(client_of, stranger, dt2).json() == {"items": []}
