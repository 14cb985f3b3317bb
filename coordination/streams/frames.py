"""What a client may say: each frame is checked field by field before anything is done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from coordination.streams.reading import FROM_NOW

MOST_BYTES = 64 * 1024
MOST_STREAMS = 2_000
MOST_REF = 80
MOST_NUMBER = 2**63 - 1


class Malformed(ValueError):
    """Not a frame of the protocol."""


class Oversized(ValueError):
    """More than 64 KiB."""


@dataclass(frozen=True, slots=True)
class Join:
    """Follow streams after these numbers."""

    streams: dict[UUID, int]


@dataclass(frozen=True, slots=True)
class Leave:
    """Stop following."""

    streams: list[UUID]


@dataclass(frozen=True, slots=True)
class Order:
    """Have a command done."""

    ref: str
    name: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Typing:
    """Someone is writing."""

    stream: UUID


@dataclass(frozen=True, slots=True)
class Ping:
    """Is anybody there?"""

    ref: str


Frame = Join | Leave | Order | Typing | Ping


def parse(message: Mapping[str, Any]) -> Frame:
    """The frame of an ASGI `websocket.receive`; `Malformed` or `Oversized` otherwise."""
    text = message.get("text")
    if len(text or message.get("bytes") or "") > MOST_BYTES:
        raise Oversized
    if not isinstance(text, str):
        raise Malformed("a frame is text")
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > MOST_BYTES:
        raise Oversized
    try:
        said = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Malformed("a frame is JSON") from error
    if not isinstance(said, dict):
        raise Malformed("a frame is an object")
    return _frame(said)


def _frame(said: dict[str, Any]) -> Frame:
    match said:
        case {"type": "command", "ref": str(ref), "name": str(name), "data": dict(data)} if len(ref) <= MOST_REF:
            return Order(ref, name, data)
        case {"type": "join", "streams": dict(streams)} if len(streams) <= MOST_STREAMS:
            return Join({_id(stream): _number(seq) for stream, seq in streams.items()})
        case {"type": "leave", "streams": list(streams)}:
            return Leave([_id(stream) for stream in streams])
        case {"type": "typing", "stream": stream}:
            return Typing(_id(stream))
        case {"type": "ping"} if isinstance(ref := said.get("ref", ""), str) and len(ref) <= MOST_REF:
            return Ping(ref)
    raise Malformed("no such frame")


def _id(text: object) -> UUID:
    if not isinstance(text, str):
        raise Malformed("an id is text")
    try:
        return UUID(text)
    except ValueError as error:
        raise Malformed("an id is a UUID") from error


def _number(seq: object) -> int:
    if not isinstance(seq, int) or isinstance(seq, bool) or not FROM_NOW <= seq <= MOST_NUMBER:
        raise Malformed("a number of an event is whole, from -1")
    return seq
