"""Teams: who shares a queue and a conversation, and who no longer does."""

import pytest

from coordination.accounts.models import Person, Team
from coordination.streams.models import Event, Stream
from coordination.tasks.models import Queue
from messaging.actions import open_team_conversation
from messaging.models import Conversation
from tests.accounts.conftest import unproved
from tests.clients import PersonClient


@pytest.fixture
def browser(administrator):
    return PersonClient(administrator)


def test_teams_are_those_of_the_centre(client_of, nurse, secretariat, nursing, stranger):
    items = client_of(nurse).get("/api/teams").json()["items"]
    assert [(team["code"], team["roles"], [one["short"] for one in team["people"]]) for team in items] == [
        ("infirmerie", ["ide"], ["Awa D."]),
        ("secretariat", ["secretariat"], ["Martine D.", "Lucas M."]),
    ]
    assert client_of(stranger).get("/api/teams").json() == {"items": []}


def test_a_team_is_shown_without_those_whose_access_has_ended(client_of, nurse, nursing, ended):
    nursing.people.add(ended)
    (team,) = client_of(nurse).get("/api/teams").json()["items"]
    assert [one["short"] for one in team["people"]] == ["Awa D."]


def test_a_new_team_has_its_queue_and_its_conversation_at_once(client_of, browser, nurse, doctor):
    asked = {"name": "Plaies", "roles": ["ide"], "people": [str(nurse.pk), str(doctor.pk)]}
    made = browser.post("/api/teams", asked)
    assert (made.status_code, made.json()["code"]) == (201, "plaies")
    team = Team.objects.get(pk=made.json()["id"])
    queue, conversation = Queue.objects.get(team=team), Conversation.objects.get(team=team)
    assert {Stream.objects.get(pk=one.pk).kind for one in (queue, conversation)} == {"queue", "conversation"}
    assert str(queue.pk) in {one["id"] for one in client_of(nurse).get("/api/queues").json()["items"]}
    assert str(conversation.pk) in {one["id"] for one in client_of(doctor).get("/api/conversations").json()["items"]}
    assert browser.post("/api/teams", asked | {"code": "autre"}).json()["code"] == "name_taken"


def test_who_leaves_a_team_is_out_within_seconds_and_who_joins_is_told(client_of, browser, nursing, nurse, doctor):
    conversation = open_team_conversation(nursing, by=None)
    answer = browser.patch(f"/api/teams/{nursing.pk}", {"people": [str(doctor.pk)]})
    assert [one["short"] for one in answer.json()["people"]] == ["Dr Roux"]
    assert Person.objects.get(pk=nurse.pk).access_epoch == nurse.access_epoch + 1
    assert Person.objects.get(pk=doctor.pk).access_epoch == doctor.access_epoch
    assert client_of(nurse).get(f"/api/conversations/{conversation.pk}").status_code == 404
    told = Event.objects.filter(stream_id=doctor.pk).values_list("kind", flat=True)
    assert set(told) == {"conversation.opened", "access.changed"}


def test_a_queue_follows_the_name_of_its_team(browser, nursing_queue):
    browser.patch(f"/api/teams/{nursing_queue.team_id}", {"name": "Pôle infirmier"})
    assert Queue.objects.get(pk=nursing_queue.pk).name == "Pôle infirmier"


def test_nobody_joins_a_team_by_their_own_hand(client_of, browser, nursing, nurse, administrator, stranger):
    both = [str(nurse.pk), str(administrator.pk)]
    assert browser.patch(f"/api/teams/{nursing.pk}", {"people": both}).json()["code"] == "own_access"
    assert browser.post("/api/teams", {"name": "X", "people": both}).json()["code"] == "own_access"
    assert client_of(nurse).patch(f"/api/teams/{nursing.pk}", {"name": "X"}).status_code == 403
    assert client_of(stranger).patch(f"/api/teams/{nursing.pk}", {"name": "X"}).status_code == 404
    assert browser.patch(f"/api/teams/{nursing.pk}", {"people": [str(stranger.pk)]}).status_code == 404


def test_a_program_belongs_to_no_team(browser, nursing, nurse, outsider):
    Person.objects.filter(pk=outsider.pk).update(is_service=True)
    both = [str(nurse.pk), str(outsider.pk)]
    for answer in (
        browser.patch(f"/api/teams/{nursing.pk}", {"people": both}),
        browser.post("/api/teams", {"name": "X", "people": both}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "program_in_team")
    assert list(nursing.people.all()) == [nurse]


def test_who_is_in_a_team_is_changed_after_a_recent_proof(administrator, nursing, nurse, doctor):
    browser = unproved(administrator)
    other = {"people": [str(doctor.pk)]}
    for answer in (
        browser.patch(f"/api/teams/{nursing.pk}", other),
        browser.post("/api/teams", {"name": "Plaies", **other}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required")
    same = {"name": "Pôle infirmier", "people": [str(nurse.pk)]}
    assert browser.patch(f"/api/teams/{nursing.pk}", same).status_code == 200
    assert browser.post("/api/teams", {"name": "Plaies"}).status_code == 201
    assert PersonClient(administrator).patch(f"/api/teams/{nursing.pk}", other).status_code == 200
