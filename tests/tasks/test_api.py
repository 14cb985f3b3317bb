"""Making, reading and editing tasks, over HTTP."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.streams.models import Event, Stream
from coordination.tasks.models import Task
from messaging.models import Message

pytestmark = pytest.mark.django_db


def test_a_nurse_hands_a_task_to_the_secretariat(client_of, nurse, secretary, patient, secretariat_queue, events):
    due = clock.today() + timedelta(days=2)
    answer = client_of(nurse).post(
        "/api/tasks",
        {
            "queue": str(secretariat_queue.pk),
            "title": "  Fixer un rendez-vous  ",
            "patient": str(patient.pk),
            "note": "Plutôt le matin",
            "priority": "haute",
            "due_on": due.isoformat(),
            "assignee": str(secretary.pk),
            "checklist": ["Appeler", "Confirmer"],
        },
    )
    assert answer.status_code == 201
    task = Task.objects.get()
    lines = list(task.checklist.all())
    body = answer.json()
    ref = {"profession": "Infirmière", "name": "Awa Diallo", "short": "Awa D.", "initials": "AD", "id": str(nurse.pk)}
    assert body == {
        "id": str(task.pk),
        "queue": {"id": str(secretariat_queue.pk), "name": "Secrétariat"},
        "patient": {
            "id": str(patient.pk),
            "name": "DURAND Marie",
            "birth_date": "1957-03-12",
            "age": patient.age,
            "sex": "F",
            "identity_status": "PROV",
        },
        "title": "Fixer un rendez-vous",
        "note": "Plutôt le matin",
        "status": "open",
        "priority": "haute",
        "due_on": due.isoformat(),
        "late_after": None,
        "late_days": 0,
        "claimed_by": None,
        "assignee": {
            "id": str(secretary.pk),
            "name": "Martine Dubois",
            "short": "Martine D.",
            "profession": "Secrétaire",
            "initials": "MD",
        },
        "origin": None,
        "checklist": [{"id": str(line.pk), "label": line.label, "done_at": None, "done_by": None} for line in lines],
        "created_by": ref,
        "created_at": body["created_at"],
        "done_at": None,
        "done_by": None,
    }
    assert [line.label for line in lines] == ["Appeler", "Confirmer"]
    assert events(secretariat_queue.pk) == [("task.created", body)]
    assert ("task.assigned", {"id": str(task.pk)}) in events(secretary.pk)
    assert ("story.changed", {"what": "task", "id": str(task.pk)}) in events(task.care_team_id)


def test_the_same_request_again_makes_no_second_task(client_of, nurse, secretariat_queue):
    body = {"queue": str(secretariat_queue.pk), "title": "Une fois"}
    first = client_of(nurse).post("/api/tasks", body, key="the-same-key")
    again = client_of(nurse).post("/api/tasks", body, key="the-same-key")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Task.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 201},
        {"priority": "soon"},
        {"due_on": "2026-02-30"},
        {"checklist": [""]},
        {"origin_kind": "message"},
        {"origin_kind": "sorcery", "origin_id": str(uuid4())},
    ],
)
def test_a_task_that_makes_no_sense_is_refused(client_of, nurse, secretariat_queue, wrong):
    answer = client_of(nurse).post("/api/tasks", {"queue": str(secretariat_queue.pk), "title": "Juste"} | wrong)
    assert answer.status_code == 422
    assert not Task.objects.exists()


def test_nobody_puts_a_task_in_the_queue_of_another_centre(client_of, stranger, administrator, secretariat_queue):
    body = {"queue": str(secretariat_queue.pk), "title": "Coucou"}
    assert client_of(stranger).post("/api/tasks", body).status_code == 404
    assert client_of(administrator).post("/api/tasks", body).status_code == 404
    assert not Task.objects.exists()


def test_a_task_is_made_for_a_caller_who_is_not_in_care_yet(client_of, outsider, patient, secretariat_queue):
    body = {"queue": str(secretariat_queue.pk), "title": "A appelé", "patient": str(patient.pk)}
    assert client_of(outsider).post("/api/tasks", body).json()["patient"]["name"] == "DURAND Marie"
    assert Task.objects.get().care_team is None


def test_a_patient_of_another_centre_is_not_known_here(client_of, stranger, patient, other_centre):
    from coordination.tasks.actions import open_queue
    from tests.conftest import make_team

    team = make_team(other_centre, "Accueil", "accueil", [], stranger)
    queue = open_queue(team, name="Accueil", code="accueil", organisation=other_centre)
    body = {"queue": str(queue.pk), "title": "Qui est-ce", "patient": str(patient.pk)}
    assert client_of(stranger).post("/api/tasks", body).status_code == 404


# From a message


@pytest.fixture
def message(client_of, conversation, nurse):
    body = {"id": str(uuid7()), "body": "Peut-on avancer son rendez-vous ?"}
    assert client_of(nurse).post(f"/api/conversations/{conversation.pk}/messages", body).status_code == 201
    return Message.objects.get(pk=body["id"])


def test_a_message_becomes_a_task_that_leads_back_to_it(client_of, secretary, message, secretariat_queue, events):
    body = {
        "queue": str(secretariat_queue.pk),
        "title": "Avancer le rendez-vous",
        "origin_kind": "message",
        "origin_id": str(message.pk),
    }
    answer = client_of(secretary).post("/api/tasks", body)
    assert answer.status_code == 201
    assert answer.json()["origin"] == {"kind": "message", "id": str(message.pk), "label": "Message d’Awa Diallo"}
    assert events(message.conversation_id)[-1][0] == "message.linked"


def test_a_message_one_cannot_read_is_no_origin(client_of, outsider, message, secretariat_queue):
    body = {
        "queue": str(secretariat_queue.pk),
        "title": "Curieux",
        "origin_kind": "message",
        "origin_id": str(message.pk),
    }
    assert client_of(outsider).post("/api/tasks", body).status_code == 404
    assert not Task.objects.exists()


# Reading


def test_urgent_comes_first_then_the_due_day(client_of, secretary, make_task):
    today = clock.today()
    for title, priority, due in [
        ("sans date", "routine", None),
        ("demain", "routine", today + timedelta(days=1)),
        ("urgent", "urgent", None),
        ("hier", "routine", today - timedelta(days=1)),
    ]:
        make_task(title=title, priority=priority, due_on=due)
    items = client_of(secretary).get("/api/tasks").json()["items"]
    assert [item["title"] for item in items] == ["urgent", "hier", "demain", "sans date"]
    assert [item["late_days"] for item in items] == [0, 1, 0, 0]


def test_the_list_carries_the_heads_of_what_can_change_it(client_of, secretary, task, secretariat_queue, care_team):
    body = client_of(secretary).get("/api/tasks", patient=str(task.patient_id)).json()
    head = Stream.objects.get(pk=secretariat_queue.pk).head
    assert body["heads"][str(secretariat_queue.pk)] == head
    assert set(body["heads"]) == {str(secretariat_queue.pk), str(care_team.pk)}


def test_lists_are_narrowed(client_of, secretary, make_task, task, queues):
    mine = make_task(title="à moi", assignee=secretary)
    other = make_task(title="coordination", queue=queues["coordination"])
    client = client_of(secretary)
    client.post(f"/api/tasks/{other.pk}/complete")

    def titles(**query):
        return [item["title"] for item in client.get("/api/tasks", **query).json()["items"]]

    assert titles(mine=1) == ["à moi"]
    assert titles(patient=str(task.patient_id)) == ["Rappeler la pharmacie"]
    assert titles(queue=str(queues["secretariat"].pk)) == ["Rappeler la pharmacie", "à moi"]
    assert titles(done=1) == ["coordination"]
    assert titles(status="claimed") == []
    client.post(f"/api/tasks/{mine.pk}/claim")
    assert titles(status="claimed") == ["à moi"]


def test_what_a_colleague_claimed_is_no_longer_mine(client_of, secretary, second_secretary, make_task):
    task = make_task(assignee=secretary)
    client_of(second_secretary).post(f"/api/tasks/{task.pk}/claim")
    assert client_of(secretary).get("/api/tasks", mine=1).json()["items"] == []


def test_others_see_nothing(client_of, outsider, stranger, administrator, task):
    for person in (outsider, stranger, administrator):
        client = client_of(person)
        assert client.get("/api/tasks").json()["items"] == []
        assert client.get(f"/api/tasks/{task.pk}").status_code == 404
        assert client.get("/api/queues").json() == {"items": [], "heads": {}}


def test_whoever_a_task_is_meant_for_and_whoever_made_it_see_it(client_of, outsider, nurse, make_task):
    task = make_task(assignee=outsider, by=nurse)
    for person in (outsider, nurse):
        assert [item["id"] for item in client_of(person).get("/api/tasks").json()["items"]] == [str(task.pk)]


def test_a_list_of_one_s_tasks_is_told_of_those_meant_for_one_in_other_queues(client_of, outsider, make_task, events):
    client = client_of(outsider)
    heads = client.get("/api/tasks", mine=1).json()["heads"]
    task = make_task(assignee=outsider)
    assert list(events(outsider.pk, after=heads[str(outsider.pk)])) == [("task.assigned", {"id": str(task.pk)})]
    assert str(outsider.pk) not in client.get("/api/tasks", queue=str(task.queue_id)).json()["heads"]


def test_a_list_takes_as_many_queries_for_ten_tasks_as_for_one(
    client_of, secretary, make_task, patient, django_assert_max_num_queries
):
    from coordination.tasks.actions import Line

    for number in range(10):
        make_task(title=f"n° {number}", patient=patient, assignee=secretary, checklist=[Line("a"), Line("b")])
    client = client_of(secretary)
    with django_assert_max_num_queries(10):
        assert len(client.get("/api/tasks").json()["items"]) == 10


def test_a_task_tells_its_life(client_of, secretary, task):
    client = client_of(secretary)
    client.post(f"/api/tasks/{task.pk}/claim")
    body = client.get(f"/api/tasks/{task.pk}").json()
    assert [(move["status"], move["by"]["name"]) for move in body["moves"]] == [
        ("open", "Martine Dubois"),
        ("claimed", "Martine Dubois"),
    ]
    assert body["heads"] == {str(task.queue_id): Stream.objects.get(pk=task.queue_id).head}


def test_queues_count_what_is_to_do_late_and_mine(client_of, secretary, make_task, queues):
    make_task(due_on=date(2020, 1, 1))
    make_task(assignee=secretary)
    done = make_task()
    client = client_of(secretary)
    client.post(f"/api/tasks/{done.pk}/complete")
    body = client.get("/api/queues").json()
    assert [(item["code"], item["works"], item["open"], item["late"], item["mine"]) for item in body["items"]] == [
        ("coordination", True, 0, 0, 0),
        ("secretariat", True, 2, 1, 1),
    ]
    assert body["heads"] == {
        str(queues[code].pk): Stream.objects.get(pk=queues[code].pk).head for code in ("coordination", "secretariat")
    }


def test_every_queue_of_the_centre_can_be_handed_a_task_without_its_counts(
    client_of, secretary, nurse, make_task, queues
):
    make_task(queue=queues["infirmerie"])
    items = client_of(secretary).get("/api/queues", every=1).json()["items"]
    assert [(item["code"], item["works"], item["open"]) for item in items] == [
        ("coordination", True, 0),
        ("infirmerie", False, 0),
        ("secretariat", True, 0),
    ]


# Editing


def test_a_task_is_edited_and_a_new_day_is_the_last_one_in_time(client_of, secretary, make_task, events):
    task = make_task(due_on=date(2026, 1, 1), late_after=date(2026, 6, 1))
    changes = {"title": "Autre titre", "note": "Noté", "priority": "urgent", "due_on": "2026-03-01"}
    answer = client_of(secretary).patch(f"/api/tasks/{task.pk}", changes)
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in changes} == changes
    assert answer.json()["late_after"] is None
    assert events(task.queue_id)[-1] == ("task.changed", answer.json())


def test_the_due_day_and_the_named_person_can_be_taken_away(client_of, secretary, make_task):
    task = make_task(due_on=date(2026, 1, 1), assignee=secretary)
    body = client_of(secretary).patch(f"/api/tasks/{task.pk}", {"due_on": None, "assignee": None}).json()
    assert (body["due_on"], body["assignee"]) == (None, None)


def test_a_queue_that_a_task_leaves_learns_nothing_more_of_it(client_of, secretary, make_task, queues, events):
    task = make_task()
    answer = client_of(secretary).patch(f"/api/tasks/{task.pk}", {"queue": str(queues["infirmerie"].pk)})
    assert events(queues["secretariat"].pk)[-1] == ("task.left", {"id": str(task.pk)})
    assert events(queues["infirmerie"].pk) == [("task.created", answer.json())]


@pytest.mark.parametrize("changes", [{"title": None}, {"title": ""}, {"queue": None}, {"priority": "soon"}])
def test_what_a_task_needs_cannot_be_emptied(client_of, secretary, task, changes):
    assert client_of(secretary).patch(f"/api/tasks/{task.pk}", changes).status_code == 422


def test_a_closed_task_is_not_edited(client_of, secretary, task):
    client = client_of(secretary)
    client.post(f"/api/tasks/{task.pk}/complete")
    answer = client.patch(f"/api/tasks/{task.pk}", {"title": "Trop tard"})
    assert (answer.status_code, answer.json()["code"]) == (409, "task_closed")


def test_a_stranger_edits_nothing(client_of, outsider, stranger, task):
    for person in (outsider, stranger):
        assert client_of(person).patch(f"/api/tasks/{task.pk}", {"title": "Ah"}).status_code == 404


# Snapshot + events


def test_a_snapshot_and_the_events_after_it_make_the_fresh_snapshot(client_of, secretary, make_task, queues, events):
    client = client_of(secretary)
    queue = queues["secretariat"]
    staying, leaving, done = (make_task(title=title) for title in ("reste", "part", "se fait"))
    snapshot = client.get("/api/tasks", queue=str(queue.pk)).json()
    client.post(f"/api/tasks/{staying.pk}/claim")
    client.patch(f"/api/tasks/{leaving.pk}", {"queue": str(queues["infirmerie"].pk)})
    client.post(f"/api/tasks/{done.pk}/complete")
    make_task(title="arrive")
    known = {item["id"]: item for item in snapshot["items"]}
    for kind, data in events(queue.pk, after=snapshot["heads"][str(queue.pk)]):
        if kind == "task.left" or data["status"] in {"done", "cancelled"}:
            known.pop(data["id"])
        else:
            known[data["id"]] = data
    fresh = client.get("/api/tasks", queue=str(queue.pk)).json()["items"]
    assert sorted(known.values(), key=lambda item: item["id"]) == sorted(fresh, key=lambda item: item["id"])


def test_the_numbers_of_a_queue_have_no_hole(client_of, secretary, task, secretariat_queue):
    client = client_of(secretary)
    for move in ("claim", "wait", "complete", "reopen", "cancel"):
        client.post(f"/api/tasks/{task.pk}/{move}")
    seqs = list(Event.objects.filter(stream_id=secretariat_queue.pk).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))
