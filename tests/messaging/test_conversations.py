"""The list of conversations, the thread, the receipts, and who sees what."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from coordination.accounts.models import Person
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.base.errors import AppError
from coordination.base.ids import uuid7
from coordination.patients.actions import NewMember, join_circle, leave_circle, open_circle
from coordination.streams.models import Event
from coordination.tasks.actions import NewTask, Origin, claim_task, create_task, edit_task
from coordination.tasks.models import Task
from messaging import commands
from messaging.actions import open_direct, open_team_conversation, start_patient_conversation
from messaging.followers import followers, may_join
from messaging.models import Conversation
from messaging.posting import Post, post_messages
from messaging.queries import messages_out
from messaging.receivers import origin_label
from tests.conftest import make_patient, make_person


def say(author, conversation, *bodies):
    return post_messages([Post(author, uuid7(), conversation.pk, body) for body in bodies])


def line(browser, conversation):
    items = browser.get("/api/conversations").json()["items"]
    return next(item for item in items if item["id"] == str(conversation.pk))


def test_the_list_shows_what_is_unread_exactly(client_of, nurse, secretary, conversation, patient):
    say(nurse, conversation, "un", "deux")
    say(secretary, conversation, "trois")
    say(nurse, conversation, "Une longue phrase " * 20)
    body = client_of(secretary).get("/api/conversations").json()
    assert body["heads"] == {str(conversation.pk): 4, str(secretary.pk): 1}
    item = body["items"][0]
    assert item["last"].pop("at").endswith("Z")
    assert item["patient"]["name"] == "DURAND Marie"
    assert {name: item[name] for name in ("kind", "title", "last_ordinal", "read_ordinal", "unread", "people")} == {
        "kind": "patient",
        "title": "DURAND Marie",
        "last_ordinal": 4,
        "read_ordinal": 0,
        "unread": 3,
        "people": None,
    }
    assert len(item["last"]["excerpt"]) == 140
    assert line(client_of(nurse), conversation)["unread"] == 1


def test_reading_moves_forward_only_and_is_told(client_of, nurse, secretary, conversation):
    say(nurse, conversation, "un", "deux", "trois")
    browser, path = client_of(secretary), f"/api/conversations/{conversation.pk}/read"
    assert browser.post(path, {"ordinal": 2}).json() == {"ordinal": 2, "unread": 1}
    assert browser.post(path, {"ordinal": 1}).json() == {"ordinal": 2, "unread": 1}
    assert browser.post(path, {"ordinal": 99}).json() == {"ordinal": 3, "unread": 0}
    moves = Event.objects.filter(stream_id=conversation.pk, kind="read.moved").order_by("seq")
    assert [(event.data["person"], event.data["ordinal"]) for event in moves] == [
        (str(secretary.pk), 2),
        (str(secretary.pk), 3),
    ]
    members = client_of(nurse).get(f"/api/conversations/{conversation.pk}").json()["members"]
    read = {one["name"]: one["read_ordinal"] for one in members}
    assert read == {"Awa Diallo": 0, "Martine Dubois": 3, "Lucas Martin": 0, "Dr Claire Roux": 0}


def test_reading_an_empty_conversation_tells_nothing(client_of, nurse, conversation):
    path = f"/api/conversations/{conversation.pk}/read"
    assert client_of(nurse).post(path, {"ordinal": 5}).json() == {"ordinal": 0, "unread": 0}
    assert not Event.objects.filter(kind="read.moved").exists()


@pytest.mark.parametrize("who", ["outsider", "stranger", "administrator"])
def test_someone_outside_sees_nothing_of_the_conversation(request, client_of, conversation, nurse, who):
    say(nurse, conversation, "entre nous")
    person = request.getfixturevalue(who)
    browser = client_of(person)
    assert browser.get("/api/conversations").json() == {"items": [], "heads": {str(person.pk): 0}}
    for path in ("", "/messages"):
        assert browser.get(f"/api/conversations/{conversation.pk}{path}").status_code == 404
    assert browser.post(f"/api/conversations/{conversation.pk}/read", {"ordinal": 1}).status_code == 404


def test_a_thread_is_read_by_pages_from_the_end(client_of, nurse, conversation):
    say(nurse, conversation, *(str(number) for number in range(1, 8)))
    browser, path = client_of(nurse), f"/api/conversations/{conversation.pk}/messages"
    last = browser.get(path, limit=3).json()
    assert ([one["ordinal"] for one in last["items"]], last["first"]) == ([5, 6, 7], False)
    assert last["heads"] == {str(conversation.pk): 7}
    before = browser.get(path, limit=4, before=5).json()
    assert ([one["ordinal"] for one in before["items"]], before["first"]) == ([1, 2, 3, 4], True)
    assert browser.get(path, limit=0).status_code == browser.get(path, before=10**30).status_code == 422


def test_reading_about_a_patient_is_audited_and_a_direct_conversation_is_not(client_of, nurse, doctor, conversation):
    direct = open_direct(doctor, by=nurse)
    for one in (conversation, direct):
        client_of(nurse).get(f"/api/conversations/{one.pk}/messages")
    entry = Entry.objects.get(kind="conversation.read")
    assert (entry.actor_id, entry.patient_id) == (nurse.pk, conversation.patient_id)


def test_the_list_and_the_thread_take_few_queries(
    client_of, nurse, doctor, outsider, conversation, nursing, django_assert_max_num_queries
):
    for other in (doctor, outsider):
        say(nurse, open_direct(other, by=nurse), "bonjour")
    open_team_conversation(nursing, by=None)
    say(nurse, conversation, *"abcdefgh")
    browser = client_of(nurse)
    with django_assert_max_num_queries(13):
        assert len(browser.get("/api/conversations").json()["items"]) == 4
    with django_assert_max_num_queries(13):
        browser.get(f"/api/conversations/{conversation.pk}/messages")


def test_two_people_have_one_direct_conversation(client_of, nurse, doctor):
    first = client_of(nurse).post("/api/conversations/direct", {"person": str(doctor.pk)}).json()
    again = client_of(doctor).post("/api/conversations/direct", {"person": str(nurse.pk)}).json()
    assert first["id"] == again["id"]
    assert (first["title"], again["title"]) == ("Dr Claire Roux", "Awa Diallo")
    told = Event.objects.filter(kind="conversation.opened")
    assert {event.stream_id for event in told} == {nurse.pk, doctor.pk}
    assert {event.data["id"] for event in told} == {first["id"]}


def test_nobody_writes_to_themselves_or_to_a_stranger(client_of, nurse, stranger):
    browser = client_of(nurse)
    assert browser.post("/api/conversations/direct", {"person": str(nurse.pk)}).json()["code"] == "only_oneself"
    assert browser.post("/api/conversations/direct", {"person": str(stranger.pk)}).status_code == 404
    assert browser.post("/api/conversations/direct", {"person": str(uuid4())}).status_code == 404
    assert not Conversation.objects.exists()


def test_the_conversation_of_a_patient_is_made_once(client_of, nurse, doctor, patient, care_team, secretary):
    path = f"/api/patients/{patient.pk}/conversation"
    first, again = client_of(nurse).post(path).json(), client_of(doctor).post(path).json()
    assert first["id"] == again["id"]
    assert client_of(nurse).get(f"/api/patients/{patient.pk}").json()["conversation_id"] == first["id"]
    assert Event.objects.filter(stream_id=secretary.pk, kind="conversation.opened").count() == 1
    assert Event.objects.filter(stream_id=care_team.pk).latest("seq").kind == "circle.changed"


def test_outside_the_circle_no_conversation_is_made(client_of, outsider, patient):
    assert client_of(outsider).post(f"/api/patients/{patient.pk}/conversation").status_code == 404
    assert not Conversation.objects.exists()


def test_whoever_enters_the_circle_is_told_of_its_conversation(client_of, outsider, doctor, care_team, conversation):
    join_circle(care_team, NewMember("mk", person=outsider), by=doctor)
    event = Event.objects.get(stream_id=outsider.pk)
    assert (event.kind, event.data) == ("conversation.opened", {"id": str(conversation.pk)})
    assert line(client_of(outsider), conversation)["title"] == "DURAND Marie"


def test_followers_and_visible_to_say_the_same(
    nurse, doctor, secretary, second_secretary, outsider, administrator, ended, stranger, conversation, secretariat
):
    direct = open_direct(doctor, by=nurse)
    team = open_team_conversation(secretariat, by=None)
    withdrawn = open_direct(ended, by=nurse)
    everything = [conversation, direct, team, withdrawn]
    people = Person.objects.all()
    assert people.count() == 8
    seen = {(place.pk, person.pk) for person in people for place in Conversation.objects.visible_to(person)}
    assert {(one.conversation, one.person) for one in followers([place.pk for place in everything])} == seen
    for person in people:
        assert set(may_join(person.pk, [place.pk for place in everything])) == {
            place for place, someone in seen if someone == person.pk
        }


def test_a_conversation_is_followed_until_the_first_of_its_reasons_ends(nurse, doctor, care_team, conversation):
    assert may_join(nurse.pk, [conversation.pk]) == {conversation.pk: None}
    until = clock.now() + timedelta(days=5)
    nurse.memberships.update(valid_until=until)
    assert may_join(nurse.pk, [conversation.pk]) == {conversation.pk: until}
    sooner = clock.now() + timedelta(days=1)
    care_team.members.filter(person=nurse).update(until=sooner)
    assert may_join(nurse.pk, [conversation.pk]) == {conversation.pk: sooner}
    leave_circle(care_team.members.get(person=nurse), by=doctor)
    assert may_join(nurse.pk, [conversation.pk]) == {}


def test_a_message_shows_the_task_made_from_it(client_of, nurse, secretary, conversation, secretariat_queue):
    (posted,) = say(nurse, conversation, "À rappeler")
    made = client_of(nurse).post(
        "/api/tasks",
        {
            "queue": str(secretariat_queue.pk),
            "title": "Rappeler Mme Durand",
            "patient": str(conversation.patient_id),
            "origin_kind": "message",
            "origin_id": str(posted.message.id),
        },
    )
    assert made.status_code == 201
    assert made.json()["origin"]["label"] == "Message d’Awa Diallo"
    claim_task(Task.objects.get(), by=secretary)
    path = f"/api/conversations/{conversation.pk}/messages"
    (message,) = client_of(nurse).get(path).json()["items"]
    assert message["tasks"] == [{"id": made.json()["id"], "title": "Rappeler Mme Durand", "status": "claimed"}]
    linked = Event.objects.filter(stream_id=conversation.pk, kind="message.linked").order_by("seq")
    assert [event.data["task"]["status"] for event in linked] == ["open", "claimed"]


def test_a_task_that_goes_to_another_queue_under_another_title_is_told_to_its_message(
    nurse, conversation, secretariat_queue, nursing_queue
):
    (posted,) = say(nurse, conversation, "À rappeler")
    task = create_task(NewTask(secretariat_queue, "Rappeler", origin=Origin("message", posted.message.id)), by=nurse)
    edit_task(task, {"queue": nursing_queue, "title": "Passer la voir"}, by=nurse)
    last = Event.objects.filter(stream_id=conversation.pk, kind="message.linked").latest("seq")
    assert last.data["task"] == {"id": str(task.pk), "status": "open"}


def test_the_title_of_a_task_is_for_who_sees_the_task(
    client_of, nurse, doctor, secretary, secretariat_queue, django_assert_num_queries
):
    direct = open_direct(doctor, by=nurse)
    (posted,) = say(nurse, direct, "À rappeler")
    create_task(NewTask(secretariat_queue, "Rappeler", origin=Origin("message", posted.message.id)), by=nurse)
    path = f"/api/conversations/{direct.pk}/messages"
    shown = {who: client_of(who).get(path).json()["items"][0]["tasks"][0] for who in (nurse, doctor)}
    assert {who: (task["title"], task["status"]) for who, task in shown.items()} == {
        nurse: ("Rappeler", "open"),
        doctor: ("", "open"),
    }
    event = Event.objects.get(stream_id=direct.pk, kind="message.linked")
    assert event.data["task"] == {"id": shown[nurse]["id"], "status": "open"}
    messages = list(direct.messages.select_related("author"))
    messages_out(messages, doctor)
    with django_assert_num_queries(1):
        messages_out(messages, doctor)


def test_a_message_is_named_by_its_author_in_good_french(nurse, doctor, secretary, conversation):
    posted = [say(person, conversation, "Bonjour")[0].message.id for person in (nurse, doctor, secretary)]
    assert [origin_label(nurse, message) for message in posted] == [
        "Message d’Awa Diallo",
        "Message du Dr Claire Roux",
        "Message de Martine Dubois",
    ]


def test_a_task_is_not_made_from_a_message_out_of_sight(client_of, nurse, outsider, conversation, secretariat_queue):
    (posted,) = say(nurse, conversation, "entre nous")
    sent = {
        "queue": str(secretariat_queue.pk),
        "title": "Curieux",
        "origin_kind": "message",
        "origin_id": str(posted.message.id),
    }
    assert client_of(outsider).post("/api/tasks", sent).status_code == 404
    assert not Task.objects.exists()


def test_the_socket_s_commands_call_the_same_actions(nurse, doctor, outsider, conversation):
    good = {"id": str(uuid7()), "conversation": str(conversation.pk), "body": "par la prise"}
    answers = commands.post(
        [(nurse, good), (nurse, {"id": 3}), (outsider, {**good, "id": str(uuid7())}), (nurse, good)]
    )
    assert answers[0] == answers[3]
    assert set(answers[0]) == {"id", "ordinal", "at"}
    assert isinstance(answers[1], AppError)
    assert set(answers[1].body()["fields"]) == {"id", "conversation", "body"}
    assert answers[2].code == "not_found"
    mark = {"conversation": str(conversation.pk), "ordinal": 1}
    assert commands.read(doctor, mark) == {"ordinal": 1, "unread": 0}
    with pytest.raises(AppError):
        commands.read(outsider, mark)
    with pytest.raises(AppError):
        commands.read(doctor, {**mark, "ordinal": -1})


def test_a_task_made_from_a_message_belongs_to_the_circle_that_writes_there(
    centre, patient, care_team, conversation, secretariat_queue
):
    worker = make_person(centre, "Karim Benali", "assistant_social", "Assistant social", "soignant")
    social = open_circle(patient, by=worker, circle="social")
    for circle in (care_team, social):
        join_circle(circle, NewMember("assistant_social", person=worker), by=worker)
    places = {care_team: conversation, social: start_patient_conversation(social, by=worker)}

    def made(**what):
        return create_task(NewTask(secretariat_queue, "Rappeler", patient=patient, **what), by=worker).care_team

    for circle, place in places.items():
        (posted,) = say(worker, place, "À rappeler")
        assert made(origin=Origin("message", posted.message.id)) == circle
    assert made() == social
    leave_circle(care_team.members.get(person=worker), by=worker)
    assert made() == social


def test_a_message_about_somebody_else_gives_a_task_no_circle(
    nurse, centre, care_team, conversation, patient, secretariat_queue
):
    (posted,) = say(nurse, conversation, "À rappeler")
    other = make_patient(centre, "PETIT", "Jean")
    new = NewTask(secretariat_queue, "Rappeler", patient=other, origin=Origin("message", posted.message.id))
    assert create_task(new, by=nurse).care_team is None
    assert create_task(replace(new, patient=patient), by=nurse).care_team == care_team
