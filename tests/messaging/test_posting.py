"""Posting messages: one commit for many, each once, a bad one alone."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test import Client

from coordination.accounts.tokens import make_token
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.base.errors import NotFound, Refused
from coordination.base.ids import uuid7
from coordination.streams.models import Event, Stream
from messaging.actions import open_direct, open_team_conversation
from messaging.errors import MessageIdTaken
from messaging.models import Conversation, Message
from messaging.posting import Post, Posted, post_messages


def url(conversation):
    return f"/api/conversations/{conversation.pk}/messages"


def a_post(author, conversation, body="Bonjour", id=None):  # noqa: A002
    return Post(author=author, id=id or uuid7(), conversation=conversation.pk, body=body)


def test_a_nurse_writes_about_her_patient(client_of, nurse, conversation):
    message = str(uuid7())
    answer = client_of(nurse).post(url(conversation), {"id": message, "body": "Pansement refait."})
    assert answer.status_code == 201
    body = answer.json()
    at = body.pop("at")
    assert at.endswith("Z")
    assert body == {
        "id": message,
        "conversation": str(conversation.pk),
        "ordinal": 1,
        "author": {
            "id": str(nurse.pk),
            "name": "Awa Diallo",
            "short": "Awa D.",
            "profession": "Infirmière",
            "initials": "AD",
        },
        "body": "Pansement refait.",
        "tasks": [],
    }
    event = Event.objects.get(stream_id=conversation.pk)
    assert (event.kind, event.actor_id, event.data) == ("message.posted", nurse.pk, {**body, "at": at})
    entry = Entry.objects.get(kind="message.posted")
    assert (entry.actor_id, entry.patient_id, entry.subject_id) == (
        nurse.pk,
        conversation.patient_id,
        UUID(message),
    )
    conversation.refresh_from_db()
    assert conversation.last_ordinal == 1


def test_the_same_message_sent_again_is_posted_once(client_of, nurse, conversation):
    sent = {"id": str(uuid7()), "body": "Bonjour"}
    browser = client_of(nurse)
    first, again = browser.post(url(conversation), sent), browser.post(url(conversation), sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Message.objects.count() == Event.objects.filter(stream_id=conversation.pk).count() == 1


def test_an_id_that_names_another_message_is_refused(client_of, nurse, doctor, conversation):
    sent = {"id": str(uuid7()), "body": "Bonjour"}
    client_of(nurse).post(url(conversation), sent)
    for person, body in ((nurse, "Autre texte"), (doctor, "Bonjour")):
        answer = client_of(person).post(url(conversation), {**sent, "body": body})
        assert (answer.status_code, answer.json()["code"]) == (409, "message_id_taken")
    elsewhere = open_direct(doctor, by=nurse)
    assert client_of(nurse).post(url(elsewhere), sent).status_code == 409
    assert Message.objects.count() == 1


@pytest.mark.parametrize("who", ["outsider", "stranger", "administrator"])
def test_someone_outside_the_conversation_does_not_post(request, client_of, conversation, who):
    person = request.getfixturevalue(who)
    answer = client_of(person).post(url(conversation), {"id": str(uuid7()), "body": "Bonjour"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert not Message.objects.exists()


def test_without_the_right_to_write_one_only_reads(client_of, nurse, conversation):
    role = nurse.memberships.get().role
    role.rights.remove("message.post")
    role.save()
    answer = client_of(nurse).post(url(conversation), {"id": str(uuid7()), "body": "Bonjour"})
    assert answer.json()["code"] == "refused"
    assert client_of(nurse).get(url(conversation)).status_code == 200


@pytest.mark.parametrize("body", ["", "   \n", "x" * 20_001, None, 3])
def test_a_message_has_a_text_of_at_most_20000_characters(client_of, nurse, conversation, body):
    answer = client_of(nurse).post(url(conversation), {"id": str(uuid7()), "body": body})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["body"])
    assert client_of(nurse).post(url(conversation), {"id": str(uuid7()), "body": "é" * 20_000}).status_code == 201


def test_a_batch_posts_many_and_a_bad_one_fails_alone(nurse, doctor, outsider, secretary, conversation, secretariat):
    team = open_team_conversation(secretariat, by=None)
    known = a_post(nurse, conversation, "déjà là")
    post_messages([known])
    twice = a_post(doctor, conversation, "deux fois")
    posts = [
        a_post(nurse, conversation, "un"),
        a_post(outsider, conversation, "hors du cercle"),
        known,
        a_post(secretary, team, "équipe"),
        twice,
        a_post(doctor, conversation, "deux fois", id=twice.id),
        a_post(doctor, conversation, "autre", id=twice.id),
        a_post(nurse, conversation, "autre", id=known.id),
        a_post(nurse, Conversation(pk=uuid4()), "nulle part"),
        a_post(nurse, conversation, "deux"),
    ]
    outcomes = post_messages(posts)
    said = [
        (outcome.message.ordinal, outcome.created) if isinstance(outcome, Posted) else type(outcome)
        for outcome in outcomes
    ]
    assert said == [
        (2, True),
        NotFound,
        (1, False),
        (1, True),
        (3, True),
        (3, False),
        MessageIdTaken,
        MessageIdTaken,
        NotFound,
        (4, True),
    ]
    bodies = list(Message.objects.filter(conversation=conversation).order_by("ordinal").values_list("body", flat=True))
    assert bodies == ["déjà là", "un", "deux fois", "deux"]
    assert Stream.objects.get(pk=conversation.pk).head == 4


def test_a_batch_takes_a_fixed_number_of_statements(nurse, doctor, conversation, django_assert_num_queries):
    posts = [a_post(person, conversation, f"{number}") for number in range(50) for person in (nurse, doctor)]
    with django_assert_num_queries(6):  # with the savepoint of the test's own transaction
        post_messages(posts)
    assert Message.objects.filter(conversation=conversation).count() == 100


def test_rights_are_read_at_each_post(nurse, conversation):
    assert isinstance(post_messages([a_post(nurse, conversation)])[0], Posted)
    role = nurse.memberships.get().role
    role.rights.remove("message.post")
    role.save()
    assert isinstance(post_messages([a_post(nurse, conversation)])[0], Refused)
    nurse.memberships.all().delete()
    assert isinstance(post_messages([a_post(nurse, conversation)])[0], NotFound)


def test_many_who_write_at_once_are_numbered_without_gaps(transactional_db, nurse, doctor, secretary, conversation):
    """Several processes, two conversations taken in opposite orders, and one message sent by two of them."""
    direct = open_direct(doctor, by=nurse)
    shared = a_post(nurse, conversation, "le même")
    failures = []

    def write(person, places):
        try:
            for number in range(10):
                posts = [a_post(person, place, f"{number}") for place in places]
                outcomes = post_messages([*posts, *([shared] if person is nurse else [])])
                failures.extend(one for one in outcomes if not isinstance(one, Posted))
        finally:
            connections.close_all()

    orders = [(nurse, [conversation, direct]), (doctor, [direct, conversation]), (nurse, [direct, conversation])]
    threads = [threading.Thread(target=write, args=one) for one in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for place, count in ((conversation, 31), (direct, 30)):
        ordinals = list(
            Message.objects.filter(conversation=place).order_by("ordinal").values_list("ordinal", flat=True)
        )
        assert ordinals == list(range(1, count + 1))
        events = Event.objects.filter(stream_id=place.pk, kind="message.posted").order_by("seq")
        assert [event.data["ordinal"] for event in events] == ordinals


@pytest.mark.parametrize(
    ("scopes", "reads", "posts"),
    [
        (["message.post"], {"direct": 200, "patient": 404}, {"direct": 201, "patient": 404}),
        (["patient.read"], {"direct": 404, "patient": 200}, {"direct": 404, "patient": 403}),
        (["queue.work"], {"direct": 404, "patient": 404}, {"direct": 404, "patient": 404}),
        (None, {"direct": 200, "patient": 200}, {"direct": 201, "patient": 201}),
    ],
)
def test_a_token_reads_and_writes_what_its_scopes_allow(nurse, doctor, conversation, scopes, reads, posts):
    places = {"direct": open_direct(doctor, by=nurse), "patient": conversation}
    ends = clock.now() + timedelta(days=1)
    _, secret = make_token(nurse, label="programme", scopes=scopes, expires_at=ends, by=nurse)
    program = Client(headers={"Authorization": f"Bearer {secret}"})

    def send(place, act, body):
        return program.post(f"/api/conversations/{place.pk}/{act}", body, "application/json").status_code

    assert {kind: program.get(url(place)).status_code for kind, place in places.items()} == reads
    assert {kind: send(place, "read", {"ordinal": 0}) for kind, place in places.items()} == reads
    sent = {kind: send(place, "messages", {"id": str(uuid7()), "body": "Bonjour"}) for kind, place in places.items()}
    assert sent == posts
    assert Message.objects.count() == list(posts.values()).count(201)
