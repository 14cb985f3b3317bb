"""The kinds of stream, each with the one question of who may join; filled in `AppConfig.ready` by their owners."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

MayJoin = Callable[[UUID, Sequence[UUID]], Mapping[UUID, datetime | None]]
"""`(person, streams) -> {stream: until}` in one query: absent = refused; `None` = no end in sight."""

_kinds: dict[str, MayJoin] = {}


def register_kind(name: str, may_join: MayJoin) -> None:
    """Say who may join the streams of a kind."""
    _kinds[name] = may_join


def names() -> frozenset[str]:
    """Every kind there is."""
    return frozenset(_kinds)


def may_join(person: UUID, streams: Mapping[UUID, str]) -> dict[UUID, datetime | None]:
    """Of these streams (id: kind), those the person may follow, and until when that answer holds for sure."""
    by_kind: defaultdict[str, list[UUID]] = defaultdict(list)
    for stream, kind in streams.items():
        by_kind[kind].append(stream)
    allowed: dict[UUID, datetime | None] = {}
    for kind, ids in by_kind.items():
        if kind in _kinds:
            allowed.update(_kinds[kind](person, ids))
    return {stream: until for stream, until in allowed.items() if stream in streams}
