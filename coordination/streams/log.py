"""Appending to streams: collected during the action, numbered in its last statement, published after its commit."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from coordination.base import clock
from coordination.base.action import Scope, current_scope

COLLECTED = "events"

# Takes the heads in the order of the stream ids: two actions that took two heads in opposite order would deadlock.
_NUMBER_AND_INSERT = """
WITH wanted AS (SELECT * FROM unnest(%s::uuid[], %s::bigint[]) AS w(stream_id, events)),
locked AS (
    SELECT s.id, w.events FROM streams_stream s JOIN wanted w ON w.stream_id = s.id ORDER BY s.id FOR UPDATE OF s
),
moved AS (
    UPDATE streams_stream s SET head = s.head + l.events FROM locked l WHERE s.id = l.id
    RETURNING s.id, s.head - l.events AS before
)
INSERT INTO streams_event (stream_id, seq, kind, actor_id, at, data)
SELECT e.stream_id, m.before + e.nth, e.kind, e.actor_id, %s, e.data
FROM unnest(%s::uuid[], %s::bigint[], %s::text[], %s::uuid[], %s::jsonb[]) AS e(stream_id, nth, kind, actor_id, data)
JOIN moved m ON m.id = e.stream_id
RETURNING stream_id, seq
"""


class UnknownStream(LookupError):
    """An event was appended to a stream that does not exist."""


@dataclass(frozen=True)
class Appended:
    """An event on its way into the log."""

    stream: UUID
    kind: str
    data: dict[str, Any]
    actor: UUID | None


@dataclass(frozen=True)
class Published:
    """An event as every follower receives it: `text` is encoded once, for all of them."""

    stream: UUID
    seq: int
    text: str


def append(stream: UUID, kind: str, data: dict[str, Any], *, actor: UUID | None) -> None:
    """Tell a stream that something happened; numbered and sent only if the action under way commits."""
    current_scope().collected[COLLECTED].append(Appended(stream, kind, data, actor))


def encode_event(stream: UUID, seq: int, kind: str, actor: UUID | None, at: datetime, data: dict[str, Any]) -> str:
    """The one JSON text of an event, the same from the log and from the doorbell."""
    return orjson.dumps(
        {"type": "event", "stream": stream, "seq": seq, "kind": kind, "actor": actor, "at": at, "data": data}
    ).decode()


def flush(scope: Scope) -> None:
    """Number and insert the collected events in one statement; publish them when the transaction has committed."""
    events: list[Appended] = scope.collected.pop(COLLECTED, [])
    if not events:
        return
    at = clock.now()
    nth: Counter[UUID] = Counter()
    order = []
    for event in events:
        nth[event.stream] += 1
        order.append(nth[event.stream])
    with connection.cursor() as cursor:
        cursor.execute(
            _NUMBER_AND_INSERT,
            [
                list(nth),
                list(nth.values()),
                at,
                [event.stream for event in events],
                order,
                [event.kind for event in events],
                [event.actor for event in events],
                [orjson.dumps(event.data).decode() for event in events],
            ],
        )
        rows = cursor.fetchall()
    if len(rows) != len(events):
        missing = set(nth) - {stream for stream, _ in rows}
        raise UnknownStream(", ".join(map(str, sorted(missing))))
    last = {stream: max(seq for found, seq in rows if found == stream) for stream in nth}
    published = [
        Published(
            event.stream,
            (seq := last[event.stream] - nth[event.stream] + order[index]),
            encode_event(event.stream, seq, event.kind, event.actor, at, event.data),
        )
        for index, event in enumerate(events)
    ]
    from coordination.streams.doorbell import ring

    transaction.on_commit(lambda: ring(published), robust=True)
