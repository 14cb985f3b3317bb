"""A patient's story: in order, page by page, and only what the asker may see."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coordination.accounts.rights import Right
from coordination.agenda.actions import Booking, book, open_agenda
from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.patients.actions import NewMember, join_circle, open_circle
from coordination.protocols.actions import complete_step, enrol
from coordination.protocols.facts import Given
from coordination.protocols.models import StepMove
from coordination.protocols.reminders import remind
from coordination.tasks.actions import NewTask, create_task
from coordination.tasks.models import Task
from coordination.timeline.cursor import BadCursor, Cursor
from notifications.models import Delivery
from tests.protocols.conftest import packaged

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.fixture
def dt2(db):
    from coordination.protocols.library import add_version
    from coordination.protocols.models import ProtocolVersion

    add_version(packaged()["dt2"], source="protocols.yaml")
    return ProtocolVersion.objects.get(code="dt2")


def say(client_of, person, conversation, body):
    message = str(uuid7())
    answer = client_of(person).post(f"/api/conversations/{conversation.pk}/messages", {"id": message, "body": body})
    assert answer.status_code == 201
    return message


def story(client_of, person, patient, **query):
    return client_of(person).get(f"/api/patients/{patient.pk}/story", **query)


@pytest.fixture
def told(client_of, nurse, secretary, doctor, patient, conversation, secretariat_queue, coordination_queue, dt2):
    """Message → task → mail → plan → step, a minute apart."""
    message = say(client_of, nurse, conversation, "Peut-on avancer son rendez-vous ?")
    task = create_task(NewTask(queue=secretariat_queue, title="Avancer le rendez-vous", patient=patient), by=secretary)
    plan = enrol(patient, dt2, Given({"inclusion": date(2026, 11, 21)}), by=doctor)
    mail = Delivery.objects.get(pk=remind(patient.pk).delivery_id)
    step = complete_step(plan.steps.get(code="etp"), by=doctor)
    Task.objects.filter(pk=task.pk).update(created_at=START + timedelta(minutes=1))
    Task.objects.filter(origin_kind="plan").update(created_at=START + timedelta(minutes=3))
    Delivery.objects.filter(pk=mail.pk).update(created_at=START + timedelta(minutes=2))
    StepMove.objects.filter(step=step, status="done").update(at=START + timedelta(minutes=4))
    from messaging.models import Message

    Message.objects.filter(pk=message).update(at=START)
    return {"message": message, "task": task, "mail": mail, "plan": plan, "step": step}


def test_the_story_is_told_newest_first(client_of, nurse, patient, told):
    body = story(client_of, nurse, patient).json()
    kinds = [item["kind"] for item in body["items"]]
    assert kinds[0] == "step"
    assert kinds[-3:] == ["mail", "task", "message"]
    assert set(kinds[1:-3]) == {"task"}
    assert body["next"] is None


def test_each_entry_says_what_who_when_and_where_it_leads(client_of, nurse, doctor, patient, conversation, told):
    items = story(client_of, nurse, patient).json()["items"]
    step, message, task = items[0], items[-1], items[-2]
    empty = dict.fromkeys(["conversation", "ordinal", "message", "task", "queue", "appointment", "plan"])
    assert message == {
        "kind": "message",
        "id": told["message"],
        "at": "2026-11-21T08:00:00Z",
        "title": "",
        "text": "Peut-on avancer son rendez-vous ?",
        "who": {
            "id": str(nurse.pk),
            "name": "Awa Diallo",
            "short": "Awa D.",
            "profession": "Infirmière",
            "initials": "AD",
        },
        "status": "posted",
        "on": None,
        "local_start": None,
        "link": empty | {"conversation": str(conversation.pk), "ordinal": 1, "message": told["message"]},
    }
    assert (task["title"], task["status"], task["who"]["short"]) == ("Avancer le rendez-vous", "open", "Martine D.")
    assert task["link"] == empty | {"task": str(told["task"].pk), "queue": str(told["task"].queue_id)}
    assert (step["title"], step["status"], step["who"]["short"]) == (told["step"].title, "done", "Dr Roux")
    assert step["on"] == told["step"].done_on.isoformat()
    assert step["link"] == empty | {"plan": str(told["plan"].pk)}


def test_pages_follow_each_other_without_hole_or_repeat_whatever_arrives_meanwhile(
    client_of, nurse, patient, conversation, told
):
    whole = [item["id"] for item in story(client_of, nurse, patient).json()["items"]]
    seen, place = [], ""
    while True:
        page = story(client_of, nurse, patient, limit=2, before=place).json()
        seen += [item["id"] for item in page["items"]]
        say(client_of, nurse, conversation, "encore un message")
        place = page["next"]
        if place is None:
            break
    assert seen == whole


def test_entries_of_one_instant_keep_one_order(client_of, nurse, patient, told):
    Task.objects.update(created_at=START)
    Delivery.objects.update(created_at=START)
    StepMove.objects.update(at=START)
    whole = [(item["kind"], item["id"]) for item in story(client_of, nurse, patient).json()["items"]]
    assert whole == sorted(whole, reverse=True)
    seen, place = [], ""
    while place is not None:
        page = story(client_of, nurse, patient, limit=1, before=place).json()
        seen += [(item["kind"], item["id"]) for item in page["items"]]
        place = page["next"]
    assert seen == whole


def test_the_story_is_narrowed_by_kind(client_of, nurse, patient, told):
    items = story(client_of, nurse, patient, kinds="mail,message").json()["items"]
    assert [item["kind"] for item in items] == ["mail", "message"]


@pytest.mark.parametrize(
    "query",
    [{"kinds": "gossip"}, {"before": "not-a-place"}, {"before": "é"}, {"before": "AAAA"}, {"limit": 0}, {"limit": 101}],
)
def test_a_question_that_makes_no_sense_is_refused(client_of, nurse, patient, query):
    assert story(client_of, nurse, patient, **query).status_code == 422


def test_a_stranger_hears_nothing(client_of, outsider, stranger, administrator, patient, told):
    for person in (outsider, stranger, administrator):
        assert story(client_of, person, patient).status_code == 404
    assert story(client_of, None, patient).status_code == 401


def test_another_circle_hears_only_what_is_its_own(client_of, outsider, patient, told):
    social = open_circle(patient, by=None, circle="social")
    join_circle(social, NewMember("assistant_social", person=outsider), by=None)
    body = story(client_of, outsider, patient).json()
    assert body["items"] == []
    assert list(body["heads"]) == [str(social.pk)]


@pytest.fixture
def booked(centre, patient, doctor, secretary):
    """An appointment to come, of which the patient is told by mail."""
    agenda = open_agenda(centre, kind="person", name=doctor.short_name, person=doctor)
    start = (clock.now() + timedelta(days=3)).replace(hour=9, minute=0, second=0, microsecond=0, tzinfo=None)
    return book(Booking([agenda], start, patient=patient), by=secretary)


def mails(client_of, person, patient):
    return [item["title"] for item in story(client_of, person, patient, kinds="mail").json()["items"]]


def test_the_mail_of_an_appointment_is_told_to_who_sees_the_appointment(client_of, nurse, patient, booked):
    assert mails(client_of, nurse, patient) == ["appointment.booked"]


def test_the_mail_of_an_appointment_is_not_told_to_who_does_not_see_it(client_of, centre, nurse, patient, booked):
    role = nurse.memberships.get().role
    role.rights = [right for right in role.rights if right != Right.AGENDA_SEE]
    role.save()
    assert mails(client_of, nurse, patient) == []


def test_a_long_story_takes_no_more_queries_than_a_short_one(
    client_of, nurse, secretary, patient, conversation, secretariat_queue, told, django_assert_max_num_queries
):
    for number in range(5):
        say(client_of, nurse, conversation, f"message {number}")
        create_task(NewTask(queue=secretariat_queue, title=f"n° {number}", patient=patient), by=secretary)
    client = client_of(nurse)
    with django_assert_max_num_queries(21):
        assert len(client.get(f"/api/patients/{patient.pk}/story").json()["items"]) > 12


@pytest.mark.parametrize("text", ["", "é", "AAAA", "MjAyNnx0YXNrfDE", "MjAyNi0xMS0yMVQwODowMDowMHx0YXNrfDAx"])
def test_only_what_a_story_gave_is_a_place(text):
    with pytest.raises(BadCursor):
        Cursor.parse(text)


def test_a_place_survives_the_journey():
    place = Cursor(START, "task", uuid7())
    assert Cursor.parse(str(place)) == place
