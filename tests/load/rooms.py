"""The load process: members of rooms who write at a steady rate, and what they were told.

`python -m tests.load.rooms`, with a `Plan` as JSON on its input, prints a line once all
members have entered, and then `Result` as JSON.
"""

import asyncio
import gc
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from coordination.base.ids import uuid7
from tests.load.socket_client import Socket, open_socket

WARM_UP_SECONDS = 2.0
DRAIN_SECONDS = 8.0
TEXT = "Glycémie à jeun 1,42 g/l ce matin, je repasse demain avant 9 h. "


@dataclass(frozen=True)
class Room:
    """A conversation and a token of each of its members."""

    conversation: str
    tokens: list[str]


@dataclass(frozen=True)
class Plan:
    """What to do: where, in which rooms, how many messages a second in all, for how long."""

    port: int
    rooms: list[Room]
    rate: float
    seconds: float


@dataclass
class Result:
    """Milliseconds from the moment a message was due; counts."""

    sent: int = 0
    acknowledged: int = 0
    refused: int = 0
    delivered: int = 0
    lost: int = 0
    duplicated: int = 0
    out_of_order: int = 0
    closed: int = 0
    deliveries_per_second: float = 0.0
    acknowledged_ms: dict[str, float] = field(default_factory=dict)
    delivered_ms: dict[str, float] = field(default_factory=dict)


@dataclass
class Member:
    """One member's socket and the number of the last event it was told."""

    load: "Load"
    place: int
    room: Room
    last: int = 0
    socket: Socket | None = None
    joined: asyncio.Event = field(default_factory=asyncio.Event)

    async def enter(self, port: int, token: str) -> None:
        self.socket = await open_socket(port, token, self.take)
        self.socket.send(orjson.dumps({"type": "join", "streams": {self.room.conversation: -1}}))
        await self.joined.wait()

    def take(self, payload: bytes) -> None:
        frame = orjson.loads(payload)
        match frame["type"]:
            case "event":
                self.event(frame)
            case "events":
                for event in frame["events"]:
                    self.event(event)
            case "answer":
                self.load.answered(frame)
            case "joined":
                self.last = frame["streams"][self.room.conversation]
                self.joined.set()

    def event(self, event: dict[str, Any]) -> None:
        seq = event["seq"]
        if seq == self.last + 1:
            self.last = seq
        elif seq <= self.last:
            self.load.result.duplicated += 1
            return
        else:
            self.load.result.out_of_order += 1
            self.last = seq
        self.load.told(self, event["data"]["id"])


class Load:
    """The whole load: posts when they are due, notes when they arrive."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.result = Result()
        self.members = [Member(self, place, room) for room in plan.rooms for place, _ in enumerate(room.tokens)]
        self.due: dict[str, tuple[float, int]] = {}
        self.expected = 0
        self.acknowledged: list[float] = []
        self.delivered: list[float] = []
        self.counts_from = float("inf")

    async def run(self) -> Result:
        tokens = [token for room in self.plan.rooms for token in room.tokens]
        for at in range(0, len(tokens), 50):
            pairs = zip(self.members[at : at + 50], tokens[at : at + 50], strict=True)
            await asyncio.gather(*(member.enter(self.plan.port, token) for member, token in pairs))
        gc.collect()
        gc.freeze()
        sys.stdout.write("entered\n")
        sys.stdout.flush()
        await self._post()
        await self._drain()
        return self._summary()

    async def _post(self) -> None:
        """At fixed moments, whatever the server does meanwhile."""
        began = time.perf_counter() + 0.1
        self.counts_from = began + WARM_UP_SECONDS
        total = int((WARM_UP_SECONDS + self.plan.seconds) * self.plan.rate)
        order = self._order()
        for number in range(total):
            due = began + number / self.plan.rate
            wait = due - time.perf_counter()
            if wait > 0.0005:
                await asyncio.sleep(wait)
            self._send(order[number % len(order)], due)

    def _order(self) -> list[Member]:
        """Rooms take turns, and in each room its members."""
        by_place = sorted(enumerate(self.members), key=lambda item: (item[1].place, item[0]))
        return [member for _, member in by_place]

    def _send(self, author: Member, due: float) -> None:
        message = str(uuid7())
        self.due[message] = (due, id(author))
        data = {"id": message, "conversation": author.room.conversation, "body": TEXT}
        assert author.socket is not None
        author.socket.send(orjson.dumps({"type": "command", "ref": message, "name": "message.post", "data": data}))
        self.result.sent += 1
        self.expected += len(author.room.tokens)

    def answered(self, answer: dict[str, Any]) -> None:
        due, _ = self.due[answer["ref"]]
        if not answer["ok"]:
            self.result.refused += 1
        elif due >= self.counts_from:
            self.acknowledged.append(time.perf_counter() - due)
        self.result.acknowledged += bool(answer["ok"])

    def told(self, member: Member, message: str) -> None:
        due, author = self.due[message]
        self.result.delivered += 1
        if author != id(member) and due >= self.counts_from:
            self.delivered.append(time.perf_counter() - due)

    async def _drain(self) -> None:
        deadline = time.perf_counter() + DRAIN_SECONDS
        while self.result.delivered < self.expected and time.perf_counter() < deadline:
            await asyncio.sleep(0.05)

    def _summary(self) -> Result:
        result = self.result
        result.lost = self.expected - result.delivered
        result.closed = sum(member.socket is None or member.socket.closed.is_set() for member in self.members)
        result.deliveries_per_second = round(len(self.delivered) / self.plan.seconds, 1)
        result.acknowledged_ms = percentiles(self.acknowledged)
        result.delivered_ms = percentiles(self.delivered)
        return result


def percentiles(seconds: list[float]) -> dict[str, float]:
    """p50, p95, p99 and the worst, in milliseconds."""
    if not seconds:
        return {}
    ordered = sorted(seconds)
    found = {f"p{share}": ordered[min(len(ordered) - 1, len(ordered) * share // 100)] for share in (50, 95, 99)}
    return {name: round(value * 1000, 2) for name, value in (found | {"max": ordered[-1]}).items()}


def main() -> None:
    said = orjson.loads(sys.stdin.readline())
    plan = Plan(said["port"], [Room(**room) for room in said["rooms"]], said["rate"], said["seconds"])
    result = asyncio.run(_measured(plan))
    sys.stdout.write(orjson.dumps(asdict(result)).decode())


async def _measured(plan: Plan) -> Result:
    return await Load(plan).run()


if __name__ == "__main__":
    main()
