"""The late steps of one's patients, as the page of the day shows them."""

from datetime import timedelta

import pytest

from coordination.protocols.queries import late_of
from tests.protocols.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "queues")]


@pytest.fixture
def behind(plan, at):
    """The plan, sixty days after nobody did anything."""
    at(NOON + timedelta(days=60))
    return plan


def late(client_of, person):
    return client_of(person).get("/api/steps/late").json()


def test_the_late_steps_of_ones_patients_come_with_whose_they_are(client_of, doctor, patient, behind):
    found = late(client_of, doctor)
    assert found["items"]
    assert {one["patient"]["id"] for one in found["items"]} == {str(patient.pk)}
    assert all(one["late_days"] > 0 for one in found["items"])
    assert not found["more"]


def test_those_most_behind_come_first(client_of, doctor, behind):
    days = [one["late_days"] for one in late(client_of, doctor)["items"]]
    assert days == sorted(days, reverse=True)


def test_the_list_names_the_circles_whose_events_change_it(client_of, doctor, behind):
    assert set(late(client_of, doctor)["heads"]) == {str(behind.care_team_id)}


def test_a_plan_that_is_on_time_has_nothing_late(client_of, doctor, plan):
    assert late(client_of, doctor) == {"items": [], "more": False, "heads": {}}


def test_a_late_step_that_is_done_leaves_the_list(client_of, doctor, behind):
    first, *others = late(client_of, doctor)["items"]
    assert client_of(doctor).post(f"/api/steps/{first['id']}/done", {}).status_code == 200
    assert first["id"] not in [one["id"] for one in late(client_of, doctor)["items"]]
    assert len(late_of(doctor)) >= len(others)


def test_someone_outside_the_circle_learns_of_no_late_step(client_of, stranger, behind):
    assert late(client_of, stranger) == {"items": [], "more": False, "heads": {}}


def test_the_list_takes_as_many_queries_however_many_steps_are_late(
    client_of, doctor, behind, django_assert_max_num_queries
):
    client = client_of(doctor)
    with django_assert_max_num_queries(12):
        assert len(client.get("/api/steps/late").json()["items"]) > 1
