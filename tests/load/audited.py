"""What the audit costs: writers who post the same message with it and without, turn by turn, in one run.

`python -m tests.load.audited`: 8 writers, each in a conversation about a patient of their own, over HTTP to a server of
the bench on durable engines, with the sealer at work all along. The server is the product's; only here a header has a
request leave no entry.
"""

import argparse
import http.client
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import orjson

from tests.load import stage
from tests.load.stage import Stage

HEADER = "X-Bench-Unaudited"
WRITERS = 8
TEXT = "Glycémie à jeun 1,42 g/l ce matin, je repasse demain avant 9 h. "


@dataclass
class Turn:
    """What was measured in one turn: seconds of each request, how long it lasted, and the processor's seconds."""

    seconds: list[float] = field(default_factory=list)
    lasted: float = 0.0
    cpu: float = 0.0


@dataclass(frozen=True)
class Writer:
    """A token, and the conversation in which its owner writes."""

    token: str
    conversation: str


def serve() -> None:
    """The product's server, with a switch: a request that carries the header leaves no entry."""
    from contextvars import ContextVar

    import django

    django.setup()
    from coordination.audit import actions as audit
    from coordination.project import middleware, server

    silent: ContextVar[bool] = ContextVar("silent", default=False)
    insert, origin = audit._insert, middleware.audit_origin

    def maybe(entries: list[dict[str, Any]]) -> None:
        if not silent.get():
            insert(entries)

    def switched(get_response: middleware.Next) -> middleware.Next:
        inner = origin(get_response)

        def answer(request: Any) -> Any:
            silent.set(HEADER in request.headers)
            return inner(request)

        return answer

    audit._insert = maybe
    middleware.audit_origin = switched
    server.main(sys.argv[2:])


def main() -> None:
    """Measure, and say how many per cent an entry adds."""
    if sys.argv[1:2] == ["serve"]:
        serve()
        return
    parser = argparse.ArgumentParser(prog="python -m tests.load.audited")
    parser.add_argument("--turns", type=int, default=20, help="of each kind")
    parser.add_argument("--seconds", type=float, default=2, help="of a turn")
    options = parser.parse_args()
    with stage.engines_of_its_own() as (places, postgres, redis):
        os.environ.update(
            DATABASE_URL=places.database_url,
            REDIS_URL=places.redis_url,
            DJANGO_SETTINGS_MODULE="coordination.project.settings",
            ALLOWED_HOSTS="127.0.0.1",
        )
        writers, port = _writers(), stage.free_port()
        command = [sys.executable, "-m", "tests.load.audited", "serve", "--port", str(port)]
        with stage.server(command, port, places.logs / "server.log") as pid, _sealing():
            _say(_measure(Stage(port, pid, postgres, redis), writers, options.turns, options.seconds))


def _writers() -> list[Writer]:
    """Nurses, each alone with a patient."""
    import django

    django.setup()
    from django.core.management import call_command

    from coordination.accounts.models import AccessToken
    from coordination.accounts.signin import digest
    from coordination.patients.actions import NewMember, join_circle, open_circle
    from coordination.patients.models import Patient
    from messaging.actions import start_patient_conversation
    from tests.load.people import make_centre, make_room

    call_command("migrate", verbosity=0)
    centre = make_centre()
    writers = []
    for token in make_room(centre, "nurses", WRITERS).tokens:
        person = AccessToken.objects.get(digest=digest(token)).person
        patient = Patient(
            organisation=centre, birth_name="Bench", birth_given_names=person.login, birth_date="1950-01-01", sex="F"
        )
        patient.save()
        circle = open_circle(patient, by=None)
        join_circle(circle, NewMember("ide", person=person), by=None)
        writers.append(Writer(token, str(start_patient_conversation(circle, by=None).pk)))
    return writers


@contextmanager
def _sealing() -> Iterator[None]:
    """The sealer, every second, as the worker has it."""
    from django.db import close_old_connections

    from coordination.audit.chain import seal_pending

    done = threading.Event()

    def work() -> None:
        while not done.wait(1):
            seal_pending()
            close_old_connections()

    sealer = threading.Thread(target=work)
    sealer.start()
    yield
    done.set()
    sealer.join()


def _measure(on: Stage, writers: list[Writer], turns: int, seconds: float) -> dict[bool, list[Turn]]:
    """Turns with the audit (True) and without, one after the other; which comes first changes every time."""
    found: dict[bool, list[Turn]] = defaultdict(list)
    _turn(on, writers, 2 * seconds, audited=True)
    for number in range(turns):
        for audited in (number % 2 == 0, number % 2 == 1):
            found[audited].append(_turn(on, writers, seconds, audited=audited))
    return found


def _turn(on: Stage, writers: list[Writer], seconds: float, *, audited: bool) -> Turn:
    turn, began, before = Turn(), time.perf_counter(), sum(on.cpu().values())
    threads = [
        threading.Thread(target=_write, args=(on.port, one, began + seconds, turn), kwargs={"audited": audited})
        for one in writers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turn.lasted = time.perf_counter() - began
    turn.cpu = sum(on.cpu().values()) - before
    return turn


def _write(port: int, writer: Writer, until: float, turn: Turn, *, audited: bool) -> None:
    from coordination.base.ids import uuid7

    line = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Authorization": f"Bearer {writer.token}", "Content-Type": "application/json"}
    if not audited:
        headers[HEADER] = "1"
    while (began := time.perf_counter()) < until:
        line.request(
            "POST",
            f"/api/conversations/{writer.conversation}/messages",
            orjson.dumps({"id": uuid7(), "body": TEXT}),
            headers,
        )
        answer = line.getresponse()
        answer.read()
        if answer.status != 201:
            raise SystemExit(f"refused: {answer.status}")
        turn.seconds.append(time.perf_counter() - began)
    line.close()


def _say(found: dict[bool, list[Turn]]) -> None:
    for audited, turns in sorted(found.items()):
        rate, wait, cpu = _figures(turns)
        name = "audited" if audited else "unaudited"
        sys.stdout.write(
            f"{name:<10} {rate:7.1f} requests/s   median {wait:6.2f} ms   processor {cpu:5.2f} ms a request\n"
        )
    more = [100 * (one / other - 1) for one, other in zip(_figures(found[True]), _figures(found[False]), strict=True)]
    sys.stdout.write(
        f"{WRITERS} writers, {len(found[True])} turns of each, medians. Audited: {more[0]:+.1f} % requests/s, "
        f"{more[1]:+.1f} % time, {more[2]:+.1f} % processor\n"
    )


def _figures(turns: list[Turn]) -> tuple[float, float, float]:
    """Requests a second, milliseconds of a request, processor milliseconds of a request: medians over the turns."""
    rates = [len(turn.seconds) / turn.lasted for turn in turns]
    waits = [median(turn.seconds) for turn in turns]
    costs = [turn.cpu / len(turn.seconds) for turn in turns]
    return median(rates), 1000 * median(waits), 1000 * median(costs)


if __name__ == "__main__":
    main()
