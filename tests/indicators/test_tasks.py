"""Tasks per queue and state."""

from datetime import UTC, date, datetime

import pytest

from coordination.tasks.actions import NewTask, claim_task, complete_task, create_task
from coordination.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(secretary, queues):
    """Three tasks of the secretariat: one claimed and late, one done, one made before the period."""
    claimed, done, earlier = (
        create_task(NewTask(queue=queues["secretariat"], title=title, due_on=date(2026, 11, 2)), by=secretary)
        for title in ("prise", "faite", "ancienne")
    )
    claim_task(claimed, by=secretary)
    complete_task(done, by=secretary)
    Task.objects.update(created_at=datetime(2026, 11, 10, 12, tzinfo=UTC))
    # 00:30 on 1 November in Paris.
    Task.objects.filter(pk=earlier.pk).update(created_at=datetime(2026, 10, 31, 22, 30, tzinfo=UTC))


def november(client):
    return client.get("/api/indicators/tasks", **{"from": "2026-11-01", "until": "2026-11-30"}).json()


def test_tasks_are_counted_by_queue_and_state_in_the_centres_days(client_of, doctor, work, queues):
    body = november(client_of(doctor))
    secretariat = {"id": str(queues["secretariat"].pk), "name": "Secrétariat"}
    zero = {"open": 0, "claimed": 0, "waiting": 0, "done": 0, "cancelled": 0, "late": 0}
    assert (body["since"], body["until"]) == ("2026-11-01", "2026-11-30")
    by_name = {item["queue"]["name"]: item for item in body["items"]}
    assert list(by_name) == ["Coordination (à orienter)", "Infirmerie", "Secrétariat"]
    assert by_name["Secrétariat"] == zero | {"queue": secretariat, "claimed": 1, "done": 1, "late": 1}
    assert by_name["Infirmerie"] == zero | {"queue": by_name["Infirmerie"]["queue"]}


def test_the_first_hour_of_the_first_day_is_in_the_period(client_of, doctor, work):
    Task.objects.filter(title="ancienne").update(created_at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    items = november(client_of(doctor))["items"]
    assert next(item["open"] for item in items if item["queue"]["name"] == "Secrétariat") == 1


def test_the_period_is_the_last_thirty_days_unless_told(client_of, doctor, queues):
    body = client_of(doctor).get("/api/indicators/tasks").json()
    days = date.fromisoformat(body["until"]) - date.fromisoformat(body["since"])
    assert days.days == 29


@pytest.mark.parametrize(
    ("period", "field"),
    [
        ({"from": "2026-11-02", "until": "2026-11-01"}, "until"),
        ({"from": "0001-01-01", "until": "2026-11-01"}, "since"),
        ({"until": "9999-12-31"}, "until"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(client_of, doctor, period, field):
    answer = client_of(doctor).get("/api/indicators/tasks", **period)
    assert answer.status_code == 422
    assert field in answer.json()["fields"]


def test_indicators_are_for_those_who_may_read_them(client_of, nurse, administrator, stranger, work):
    assert client_of(nurse).get("/api/indicators/tasks").status_code == 403
    assert client_of(None).get("/api/indicators/tasks").status_code == 401
    assert client_of(administrator).get("/api/indicators/tasks").status_code == 200
    assert client_of(stranger).get("/api/indicators/tasks").json()["items"] == []


def test_counting_takes_few_queries(client_of, doctor, work, django_assert_max_num_queries):
    client = client_of(doctor)
    with django_assert_max_num_queries(8):
        client.get("/api/indicators/tasks")
