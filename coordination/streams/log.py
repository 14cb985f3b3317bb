"""Appending to streams: collected during the action, numbered in its last statement, published after its commit."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from coordination.base import clock
from coordination.base.action import Scope, current_scope
from coordination.base.sql import prepared
from coordination.streams import doorbell
from coordination.streams.events import Published

COLLECTED = "events"
MOST_BYTES = 192 * 1024
"""An event is one frame at most, and frames stay under 256 KiB."""

# Takes the heads in the order of the stream ids: two actions that took two heads in opposite order would deadlock.
_NUMBER_AND_INSERT = """
WITH wanted AS (SELECT * FROM unnest(%s::uuid[], %s::bigint[]) AS w(stream_id, events)),
locked AS (
    SELECT s.id, w.events FROM streams_stream s JOIN wanted w ON w.stream_id = s.id ORDER BY s.id FOR UPDATE OF s
),
moved AS (
    UPDATE streams_stream s SET head = s.head + l.events FROM locked l WHERE s.id = l.id
    RETURNING s.id, s.head - l.events AS before
),
inserted AS (
    INSERT INTO streams_event (stream_id, seq, kind, actor_id, at, data)
    SELECT e.stream_id, m.before + e.nth, e.kind, e.actor_id, %s, e.data
    FROM jsonb_to_recordset(%s) AS e(stream_id uuid, nth bigint, kind text, actor_id uuid, data jsonb)
    JOIN moved m ON m.id = e.stream_id
)
SELECT id, before FROM moved
"""


class UnknownStream(LookupError):
    """An event was appended to a stream that does not exist."""


@dataclass(frozen=True)
class Appended:
    """An event on its way into the log; `data` is encoded once, for the log and for everyone who follows."""

    stream: UUID
    kind: str
    data: bytes
    actor: UUID | None


def append(stream: UUID, kind: str, data: Mapping[str, Any], *, actor: UUID | None) -> None:
    """Tell a stream that something happened; numbered and sent only if the action under way commits."""
    encoded = orjson.dumps(data, option=orjson.OPT_UTC_Z)
    if len(encoded) > MOST_BYTES:
        raise ValueError(f"{kind}: an event of {len(encoded)} bytes does not fit in a frame; send an id instead")
    current_scope().collected[COLLECTED].append(Appended(stream, kind, encoded, actor))


def encode_event(stream: UUID, seq: int, kind: str, actor: UUID | None, at: datetime, data: bytes | str) -> bytes:
    """The JSON text of an event; `data` is JSON already."""
    return orjson.dumps(
        {
            "type": "event",
            "stream": stream,
            "seq": seq,
            "kind": kind,
            "actor": actor,
            "at": at,
            "data": orjson.Fragment(data),
        },
        option=orjson.OPT_UTC_Z,
    )


def flush(scope: Scope) -> None:
    """Number and insert the collected events in one statement; publish them when the transaction has committed."""
    events: list[Appended] = scope.collected.pop(COLLECTED, [])
    if not events:
        return
    at = clock.now()
    nth = _places(events)
    before = _insert(events, nth, at)
    published = [
        Published(event.stream, seq, encode_event(event.stream, seq, event.kind, event.actor, at, event.data))
        for event, place in zip(events, nth, strict=True)
        for seq in [before[event.stream] + place]
    ]
    transaction.on_commit(lambda: doorbell.ring(published), robust=True)


def _places(events: list[Appended]) -> list[int]:
    """The place of each event among those of its stream, from 1."""
    seen: Counter[UUID] = Counter()
    places = []
    for event in events:
        seen[event.stream] += 1
        places.append(seen[event.stream])
    return places


def _insert(events: list[Appended], nth: list[int], at: datetime) -> dict[UUID, int]:
    """Where each stream's head stood before."""
    counts = Counter(event.stream for event in events)
    rows = [
        {
            "stream_id": event.stream,
            "nth": place,
            "kind": event.kind,
            "actor_id": event.actor,
            "data": orjson.Fragment(event.data),
        }
        for event, place in zip(events, nth, strict=True)
    ]
    with prepared() as cursor:
        cursor.execute(_NUMBER_AND_INSERT, [list(counts), list(counts.values()), at, orjson.dumps(rows).decode()])
        before: dict[UUID, int] = dict(cursor.fetchall())
    if missing := counts.keys() - before.keys():
        raise UnknownStream(", ".join(map(str, sorted(missing))))
    return before
