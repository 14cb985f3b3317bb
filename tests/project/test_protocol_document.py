"""The tables of docs/protocol.md say what the code does."""

import re
from dataclasses import dataclass

import pytest

from coordination.project.api import api
from coordination.streams import commands, kinds
from coordination.streams.models import Event, Stream
from tests.project.test_snapshots import CARRYING, FETCH_AGAIN, ROOT

DOCUMENT = (ROOT / "docs" / "protocol.md").read_text()


@dataclass(frozen=True)
class Row:
    """A line of the table of events."""

    stream: str
    event: str
    data: str
    files: list[str]


def rows_of(title: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    section = DOCUMENT.split(f"\n## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def events() -> list[Row]:
    return [
        Row(stream, event.strip("`"), data, re.findall(r"`([\w/]+\.py)`", by))
        for stream, event, data, by in rows_of("Events")
    ]


def test_every_event_is_in_the_table_once():
    assert sorted(row.event for row in events()) == sorted(CARRYING | set(FETCH_AGAIN))


def test_every_kind_of_stream_tells_something():
    assert {row.stream for row in events()} == set(kinds._kinds) - {"test"}


@pytest.mark.parametrize("row", events(), ids=lambda row: row.event)
def test_who_appends_an_event_is_named(row):
    assert row.files
    for name in row.files:
        assert f'"{row.event}"' in (ROOT / name).read_text(), name
    elsewhere = [
        path.relative_to(ROOT).as_posix()
        for top in ("coordination", "messaging", "calendar_sync", "notifications")
        for path in (ROOT / top).rglob("*.py")
        if re.search(rf'streams\.append\(\s*[\w.]+,\s*"{re.escape(row.event)}"', path.read_text())
    ]
    assert set(elsewhere) <= set(row.files)


@pytest.mark.parametrize("row", events(), ids=lambda row: row.event)
def test_a_shape_that_is_named_exists(row):
    shapes = api.get_openapi_schema()["components"]["schemas"]
    named = re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b", row.data)
    assert set(named) <= set(shapes)
    assert bool(named) == (row.event in CARRYING - {"read.moved", "task.left"})


def test_what_happens_in_a_centre_is_told_on_the_streams_of_the_table(world):
    told = {(row.stream, row.event) for row in events()}
    stream_kinds = dict(Stream.objects.values_list("pk", "kind"))
    happened = {(stream_kinds[stream], kind) for stream, kind in Event.objects.values_list("stream_id", "kind")}
    assert happened <= told
    assert len(happened) > 6


def test_every_command_is_in_the_table():
    known = {name for name in commands._commands if not name.startswith("test.")}
    assert {name.strip("`") for name, *_ in rows_of("Commands")} == known
