"""What a hub asks PostgreSQL: who may join, what follows a number, where everything stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection

from coordination.streams import kinds
from coordination.streams.events import Published
from coordination.streams.log import encode_event
from coordination.streams.models import Stream

FROM_NOW = -1
PAGE = 200
MOST_BEHIND = 1000
"""Further behind than this, a snapshot is cheaper than the events."""

_AFTER = """
SELECT s.id, s.head, e.seq, e.kind, e.actor_id, e.at, e.data::text
FROM unnest(%s::uuid[], %s::bigint[]) AS wanted(id, since)
JOIN streams_stream s ON s.id = wanted.id
LEFT JOIN LATERAL (
    SELECT * FROM streams_event e
    WHERE e.stream_id = s.id AND wanted.since >= 0 AND wanted.since < s.head
      AND e.seq > wanted.since AND (s.head - wanted.since <= %s)
    ORDER BY e.seq LIMIT %s
) e ON true
ORDER BY s.id, e.seq
"""

_STATE = """
SELECT true, id, head FROM streams_stream WHERE id = ANY(%s)
UNION ALL
SELECT false, id, access_epoch FROM {people} WHERE id = ANY(%s) AND is_active
"""


@dataclass
class Page:
    """A stream's head and what comes right after the number asked for, both from one snapshot."""

    since: int
    head: int
    events: list[Published] = field(default_factory=list)

    @property
    def reset(self) -> bool:
        """The log does not lead from there to here: pruned, too far, or a number that never was."""
        if self.since == FROM_NOW or self.since == self.head:
            return False
        numbers = [event.seq for event in self.events]
        return not numbers or numbers != list(range(self.since + 1, self.since + 1 + len(numbers)))

    @property
    def reached(self) -> int:
        """The number up to which the reader of this page holds everything."""
        return self.events[-1].seq if self.events and not self.reset else self.head


@dataclass(frozen=True)
class Joining:
    """The answer to one join: until when each stream may be followed, and its first page."""

    until: dict[UUID, datetime | None]
    pages: dict[UUID, Page]


@dataclass(frozen=True)
class State:
    """Where everything that a process follows stands, from one statement."""

    heads: dict[UUID, int]
    epochs: dict[UUID, int]
    """Of active people only."""


def may_follow(person: UUID, streams: Collection[UUID]) -> dict[UUID, datetime | None]:
    """Of these, the streams that exist and that the person may join, each with the end of that answer."""
    found = Stream.objects.filter(pk__in=streams).values_list("pk", "kind")
    return kinds.may_join(person, dict(found))


def join(person: UUID, wanted: Mapping[UUID, int]) -> Joining:
    """The rights first, then the first page of what is allowed."""
    until = may_follow(person, wanted.keys())
    return Joining(until, after({stream: since for stream, since in wanted.items() if stream in until}))


def after(since: Mapping[UUID, int], *, most_behind: int = MOST_BEHIND) -> dict[UUID, Page]:
    """A page for each stream that exists, in one statement."""
    if not since:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_AFTER, [list(since), list(since.values()), most_behind, PAGE])
        rows = cursor.fetchall()
    pages: dict[UUID, Page] = {}
    for stream, head, seq, kind, actor, at, data in rows:
        page = pages.setdefault(stream, Page(since[stream], head))
        if seq is not None:
            page.events.append(Published(stream, seq, encode_event(stream, seq, kind, actor, at, data)))
    return pages


def state(streams: Sequence[UUID], people: Sequence[UUID]) -> State:
    """Heads and access epochs in one statement."""
    table = connection.ops.quote_name(get_user_model()._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(_STATE.format(people=table), [list(streams), list(people)])
        rows = cursor.fetchall()
    return State(
        heads={row: number for is_stream, row, number in rows if is_stream},
        epochs={row: number for is_stream, row, number in rows if not is_stream},
    )
