"""Snapshot + events = fresh snapshot: a client that applies what it is told holds what a new one would fetch."""

import re
from pathlib import Path
from uuid import uuid4

import pytest

from coordination.base.ids import uuid7
from coordination.streams.models import Event

ROOT = Path(__file__).parents[2]

# kinds that carry the new state, each applied below
CARRYING = {
    "message.posted",
    "read.moved",
    "task.created",
    "task.changed",
    "task.left",
    "appointment.changed",
}
# kinds that say what to fetch again, because only some followers may see it, or because nothing of it is kept
FETCH_AGAIN = {
    "story.changed": "the patient's story",
    "patient.changed": "the patient's page",
    "circle.changed": "the patient's page",
    "conversation.opened": "the conversation",
    "task.assigned": "the task",
    "task.withheld": "the task, for those it is still open to",
    "message.linked": "the message, whose task has a title for who sees it",
    "participants.changed": "the conversation",
    "access.emergency": "nothing: it is said once",
    "access.changed": "who one is, and what one follows",
    "busy.changed": "nothing: no list of busy times is kept",
}


def test_every_kind_of_event_is_known_here():
    sources = [path for top in ("coordination", "messaging", "calendar_sync") for path in (ROOT / top).rglob("*.py")]
    text = "\n".join(path.read_text() for path in sources)
    said = set(re.findall(r'streams\.append\(\s*[\w.]+,\s*"([\w.]+)"', text))
    assert said <= CARRYING | set(FETCH_AGAIN)
    assert said >= set(FETCH_AGAIN) | {"message.posted", "read.moved", "message.linked", "task.left"}


def events_after(heads):
    """What a client that joined at these heads is sent, stream by stream, in order."""
    for stream, head in heads.items():
        yield from Event.objects.filter(stream_id=stream, seq__gt=head).order_by("seq")


class Conversations:
    """One person's list of conversations, as a client keeps it."""

    def __init__(self, browser, me):
        self.browser, self.me = browser, str(me.pk)

    def fetch(self):
        body = self.browser.get("/api/conversations").json()
        return {item["id"]: item for item in body["items"]}, body["heads"]

    def apply(self, held, event):
        line = held.get(str(event.stream_id))
        if event.kind == "conversation.opened":
            held[event.data["id"]] = self.fetch()[0][event.data["id"]]
        elif event.kind == "message.posted" and event.data["ordinal"] > line["last_ordinal"]:
            self.posted(line, event.data)
        elif event.kind == "read.moved" and event.data["person"] == self.me:
            line["read_ordinal"], line["unread"] = event.data["ordinal"], event.data["unread"]

    def posted(self, line, message):
        body = " ".join(message["body"].split())
        line["last_ordinal"] = message["ordinal"]
        line["unread"] += message["author"]["id"] != self.me
        line["last"] = {
            "author": message["author"],
            "excerpt": body if len(body) <= 140 else body[:139] + "…",
            "at": message["at"],
            "ordinal": message["ordinal"],
        }


class Thread:
    """The messages of one conversation and who has read them."""

    def __init__(self, browser, conversation):
        self.browser, self.path = browser, f"/api/conversations/{conversation.pk}"

    def fetch(self):
        thread = self.browser.get(f"{self.path}/messages", limit=200).json()
        members = self.browser.get(self.path).json()["members"]
        held = {
            "messages": {one["id"]: one for one in thread["items"]},
            "read": {one["id"]: one["read_ordinal"] for one in members},
        }
        return held, thread["heads"]

    def apply(self, held, event):
        data = event.data
        if event.kind == "message.posted":
            held["messages"].setdefault(data["id"], data)
        elif event.kind == "read.moved":
            held["read"][data["person"]] = data["ordinal"]
        elif event.kind == "message.linked":
            again = self.fetch()[0]["messages"][data["message"]]["tasks"]
            assert data["task"] in [{"id": task["id"], "status": task["status"]} for task in again]
            held["messages"][data["message"]]["tasks"] = again


class Queue:
    """What is to do in one queue."""

    def __init__(self, browser, queue):
        self.browser, self.id = browser, str(queue.pk)

    def fetch(self):
        body = self.browser.get("/api/tasks", queue=self.id).json()
        return {task["id"]: task for task in body["items"]}, body["heads"]

    def apply(self, held, event):
        if event.kind == "task.left":
            held.pop(event.data["id"], None)
        elif event.kind in {"task.created", "task.changed"}:
            held.pop(event.data["id"], None)
            if event.data["status"] in {"open", "claimed", "waiting"} and event.data["queue"]["id"] == self.id:
                held[event.data["id"]] = event.data


class Agendas:
    """The appointments of some agendas over some days."""

    DAYS = {"from": "2030-01-07", "until": "2030-01-13"}

    def __init__(self, browser, *agendas):
        self.browser, self.agendas = browser, [str(agenda) for agenda in agendas]

    def fetch(self):
        body = self.browser.get("/api/appointments", agendas=",".join(self.agendas), **self.DAYS).json()
        return {one["id"]: one for one in body["items"]}, body["heads"]

    def apply(self, held, event):
        if event.kind == "appointment.changed":
            one = event.data
            held.pop(one["id"], None)
            in_view = self.DAYS["from"] <= one["local_start"][:10] <= self.DAYS["until"]
            if one["status"] != "cancelled" and in_view and set(one["agendas"]) & set(self.agendas):
                held[one["id"]] = one


def check(client, *acts):
    """After each act, what a client holds by applying events is what a new one fetches; twice applied does no harm."""
    held, heads = client.fetch()
    for act in acts:
        act()
        for event in events_after(heads):
            client.apply(held, event)
        fresh, fresh_heads = client.fetch()
        assert held == fresh
        for event in events_after(heads):
            client.apply(held, event)
        assert held == fresh
        heads = fresh_heads


def posting(browser, conversation, body="Bonjour"):
    return lambda: browser.post(f"/api/conversations/{conversation.pk}/messages", {"id": str(uuid7()), "body": body})


def reading(browser, conversation, ordinal):
    return lambda: browser.post(f"/api/conversations/{conversation.pk}/read", {"ordinal": ordinal})


def test_the_list_of_conversations(client_of, nurse, doctor, secretary, conversation):
    mine, other = client_of(secretary), client_of(nurse)
    check(
        Conversations(mine, secretary),
        posting(other, conversation),
        posting(other, conversation, "Une longue phrase. " * 30),
        posting(mine, conversation),
        reading(mine, conversation, 1),
        posting(other, conversation),
        reading(other, conversation, 4),
        reading(mine, conversation, 4),
        lambda: other.post("/api/conversations/direct", {"person": str(secretary.pk)}),
    )


def test_a_thread_its_receipts_and_its_tasks(client_of, nurse, secretary, conversation, secretariat_queue):
    mine, other = client_of(secretary), client_of(nurse)
    message = str(uuid7())

    def link():
        origin = {"origin_kind": "message", "origin_id": message}
        sent = {"queue": str(secretariat_queue.pk), "title": "Rappeler", "patient": str(conversation.patient_id)}
        assert mine.post("/api/tasks", {**sent, **origin}).status_code == 201

    def move(verb):
        def act():
            task = mine.get("/api/tasks", queue=str(secretariat_queue.pk), done=verb == "reopen").json()["items"][0]
            assert mine.post(f"/api/tasks/{task['id']}/{verb}").status_code == 200

        return act

    check(
        Thread(mine, conversation),
        lambda: other.post(f"/api/conversations/{conversation.pk}/messages", {"id": message, "body": "À rappeler"}),
        reading(mine, conversation, 1),
        link,
        move("claim"),
        posting(mine, conversation),
        move("complete"),
        move("reopen"),
    )


def test_a_queue(client_of, nurse, secretary, patient, queues):
    mine, other = client_of(secretary), client_of(nurse)
    queue, elsewhere = str(queues["secretariat"].pk), str(queues["coordination"].pk)
    made = []

    def create(**extra):
        sent = {"queue": queue, "title": "Rappeler", "patient": str(patient.pk), "checklist": ["un", "deux"], **extra}
        made.append(other.post("/api/tasks", sent).json())

    def do(verb, body=None):
        return lambda: mine.post(f"/api/tasks/{made[0]['id']}/{verb}", body)

    def edit(**changes):
        return lambda: mine.patch(f"/api/tasks/{made[0]['id']}", changes)

    check(
        Queue(mine, queues["secretariat"]),
        create,
        lambda: create(due_on="2020-01-01", assignee=str(nurse.pk)),
        do("claim"),
        lambda: mine.post(f"/api/tasks/{made[0]['id']}/checklist/{made[0]['checklist'][0]['id']}/tick", {"done": True}),
        edit(title="Rappeler demain", due_on="2031-01-01"),
        do("wait"),
        do("release"),
        do("complete"),
        do("reopen"),
        edit(queue=elsewhere),
        edit(queue=queue),
        do("cancel"),
    )


def test_agendas(client_of, secretary, patient, world):
    mine = client_of(secretary)
    agenda, room = str(world.ids["agenda_id"]), str(world.ids["room_id"])
    made = []

    def book():
        sent = {"agendas": [agenda], "local_start": "2030-01-08T10:00", "patient": str(patient.pk)}
        made.append(mine.post("/api/appointments", sent).json()["id"])

    def change(**changes):
        def act():
            version = mine.get(f"/api/appointments/{made[0]}").json()["version"]
            assert mine.patch(f"/api/appointments/{made[0]}", {"version": version, **changes}).status_code == 200

        return act

    check(
        Agendas(mine, agenda),
        book,
        change(local_start="2030-01-09T11:00"),
        lambda: mine.post(f"/api/appointments/{made[0]}/confirm"),
        change(note="Apporter la carte"),
        change(agendas=[room]),
        change(agendas=[agenda, room]),
        change(local_start="2030-02-01T11:00"),
        change(local_start="2030-01-09T12:00"),
        lambda: mine.post(f"/api/appointments/{made[0]}/cancel"),
    )


@pytest.mark.parametrize("path", ["/api/conversations", "/api/queues", "/api/tasks", "/api/agendas"])
def test_a_list_names_the_heads_at_which_it_is_valid(client_of, secretary, world, path):
    heads = client_of(secretary).get(path).json()["heads"]
    assert heads
    assert str(uuid4()) not in heads
