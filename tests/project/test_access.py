"""Every route and every kind of stream, asked by those who should learn nothing: the answers are in `access.tsv`.

A line that differs is written to `test-results/access.tsv`, the whole table as it was found: read each difference, then
copy it over the one in the repository.
"""

from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from coordination.accounts.models import Organisation, Person
from coordination.patients.actions import NewMember, join_circle, open_circle
from coordination.patients.models import CareTeam, Patient
from coordination.streams import kinds
from coordination.streams.models import Stream
from tests.clients import PersonClient
from tests.conftest import make_person
from tests.project.asking import COMMON, OPEN_TO_ALL, THEIR_OWN, ask, operations
from tests.project.conftest import World

TABLE = Path(__file__).with_name("access.tsv")
FOUND = Path("test-results/access.tsv")
PERSONAS = ("nobody", "stranger", "outsider", "social", "ended", "administrator")
BODY = "Pansement refait"
Rows = dict[str, dict[str, str]]


@pytest.fixture
def social_worker(world: World, centre: Organisation, patient: Patient, doctor: Person) -> Person:
    """In the same patient's social circle, and not in the health circle that the world is about."""
    person = make_person(centre, "Karim Benali", "assistant_social", "Assistant social", "soignant")
    circle = open_circle(patient, by=doctor, circle=CareTeam.Circle.SOCIAL)
    join_circle(circle, NewMember("assistant_social", person=person), by=person)
    return person


@pytest.fixture
def personas(
    stranger: Person, outsider: Person, social_worker: Person, ended: Person, administrator: Person
) -> dict[str, PersonClient]:
    """Those who should learn nothing of a patient, each with a browser."""
    people = {
        "nobody": None,
        "stranger": stranger,
        "outsider": outsider,
        "social": social_worker,
        "ended": ended,
        "administrator": administrator,
    }
    clients = {name: PersonClient(person) for name, person in people.items()}
    for client in clients.values():
        client.http.raise_request_exception = False
    return clients


def asked(client: PersonClient, method: str, path: str, world: World) -> Any:
    """The answer to one request; whatever it wrote is undone."""
    cookies = client.http.cookies.output()
    with transaction.atomic():
        answer = ask(client, method, path, world)
        transaction.set_rollback(True)
    client.http.cookies = SimpleCookie(cookies.replace("Set-Cookie: ", ""))
    return answer


def routes(world: World, personas: dict[str, PersonClient]) -> Iterator[tuple[str, str, str, Any]]:
    """Every method and path, persona and answer."""
    for method, path in operations():
        for name, client in personas.items():
            yield method, path, name, asked(client, method, path, world)


def told(name: str, method: str, path: str, text: str, world: World) -> list[str]:
    """What of ours an answer gave to somebody who may not have it."""
    if (method, path) in OPEN_TO_ALL | THEIR_OWN:
        return []
    secrets: dict[str, Callable[[], list[str]]] = {
        "nobody": lambda: everything(world, path),
        "ended": lambda: everything(world, path),
        "stranger": lambda: everything(world, path),
        "outsider": lambda: [BODY, "DURAND"] if "{" in path and not path.startswith(IDENTITY) else [BODY],
        "social": lambda: [BODY, "Une ligne", "Rappeler"],
        "administrator": lambda: (
            [BODY] if path.startswith("/api/audit") else [BODY, "DURAND", str(world.ids["patient_id"])]
        ),
    }
    return [secret for secret in secrets[name]() if secret in text]


IDENTITY = ("/api/patients/{patient_id}/identity", "/api/appointments")
"""Where a colleague outside the circle sees who a patient is, and nothing more: an agenda names who is booked."""


def everything(world: World, path: str) -> list[str]:
    """Names, words and ids of the centre; the library of protocols is the same for all."""
    ids = [str(known) for name, known in world.ids.items() if name != "protocol_id"]
    return [BODY, "DURAND", "Diallo", *([] if path in COMMON else ids)]


def test_no_route_answers_more_than_the_table_says(world: World, personas: dict[str, PersonClient]) -> None:
    rows: Rows = {}
    leaks = []
    for method, path, name, answer in routes(world, personas):
        rows.setdefault(f"{method.upper()} {path}", {})[name] = str(answer.status_code)
        leaks += [
            (name, method, path, secret)
            for secret in told(name, method, path, answer.content.decode(errors="replace"), world)
        ]
    rows |= streams(personas)
    write(rows)
    assert [what for what, row in rows.items() if "500" in row.values()] == []
    assert not leaks, leaks
    assert differences(rows, read()) == []


def streams(personas: dict[str, PersonClient]) -> Rows:
    """Whether each persona may follow a stream of each kind that exists in the centre."""
    # the oldest of each kind: the social circle, which one persona belongs to, came last
    newest_first = Stream.objects.filter(organisation_id=centre_of(personas)).order_by("-pk")
    of_kind = {stream.kind: stream.pk for stream in newest_first}
    assert set(of_kind) == kinds.names() - {"test"}, "the world has no stream of some kind"
    return {
        f"STREAM {kind}": {
            name: "follows" if client.person and kinds.may_join(client.person.pk, {stream: kind}) else "refused"
            for name, client in personas.items()
        }
        for kind, stream in of_kind.items()
    }


def centre_of(personas: dict[str, PersonClient]) -> Any:
    person = personas["outsider"].person
    assert person is not None
    return person.organisation_id


def read() -> Rows:
    _, *lines = TABLE.read_text().splitlines()
    cells = [line.split("\t") for line in lines]
    return {what: dict(zip(PERSONAS, answers, strict=True)) for what, *answers in cells}


def write(rows: Rows) -> None:
    FOUND.parent.mkdir(exist_ok=True)
    lines = [["", *PERSONAS], *([what, *(row[name] for name in PERSONAS)] for what, row in sorted(rows.items()))]
    FOUND.write_text("".join("\t".join(cells) + "\n" for cells in lines))


def differences(found: Rows, kept: Rows) -> list[str]:
    """Every line of one table that is not in the other."""
    return [
        f"{what}: {found.get(what)} instead of {kept.get(what)}"
        for what in sorted(found.keys() | kept.keys())
        if found.get(what) != kept.get(what)
    ]
