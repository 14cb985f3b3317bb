"""Numbers without gaps, whatever the writers do."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from django.db import connection

from coordination.base.action import acting, action
from coordination.streams import doorbell, log
from coordination.streams.events import Published
from coordination.streams.jobs import prune
from coordination.streams.models import Event, Stream
from coordination.streams.queries import heads
from tests.streams.support import Centre


@pytest.fixture
def rung() -> Iterator[list[Published]]:
    """What this process has published."""
    heard: list[Published] = []
    doorbell.listen(heard.extend)
    yield heard
    doorbell.unlisten(heard.extend)


def numbers(stream: UUID) -> list[int]:
    return list(Event.objects.filter(stream_id=stream).order_by("seq").values_list("seq", flat=True))


def in_threads(count: int, work: Callable[[int], None]) -> None:
    def run(number: int) -> None:
        try:
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(run, range(count)))


def test_many_writers_of_two_streams_in_opposite_order_leave_no_gap_and_no_deadlock(centre: Centre) -> None:
    one, other = sorted([centre.stream(), centre.stream()])
    ready = threading.Barrier(8)

    def write(writer: int) -> None:
        ready.wait()
        for number in range(25):
            with acting():
                for stream in (one, other) if writer % 2 else (other, one):
                    log.append(stream, "test.told", {"text": f"{writer}.{number}"}, actor=None)

    in_threads(8, write)
    assert numbers(one) == numbers(other) == list(range(1, 201))
    assert heads([one, other]) == {str(one): 200, str(other): 200}


def test_each_writers_events_keep_their_order(centre: Centre) -> None:
    stream = centre.stream()

    def write(writer: int) -> None:
        for number in range(10):
            tell_all(stream, [f"{writer}.{number}.{part}" for part in range(3)])

    in_threads(4, write)
    told = [data["text"] for data in Event.objects.order_by("seq").values_list("data", flat=True)]
    for writer in range(4):
        mine = [text for text in told if text.startswith(f"{writer}.")]
        assert mine == [f"{writer}.{n}.{k}" for n in range(10) for k in range(3)]


def tell_all(stream: UUID, texts: list[str]) -> None:
    with acting():
        for text in texts:
            log.append(stream, "test.told", {"text": text}, actor=None)


def test_a_rollback_leaves_no_hole_and_tells_nobody(centre: Centre, rung: list[Published]) -> None:
    stream = centre.stream()
    tell_all(stream, ["first"])

    @action
    def break_off() -> None:
        log.append(stream, "test.told", {"text": "never"}, actor=None)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    tell_all(stream, ["second"])
    assert numbers(stream) == [1, 2]
    assert [(event.seq, orjson.loads(event.text)["data"]) for event in rung] == [
        (1, {"text": "first"}),
        (2, {"text": "second"}),
    ]


def test_nothing_is_told_before_the_commit(centre: Centre, rung: list[Published]) -> None:
    stream = centre.stream()

    @action
    def inner() -> None:
        log.append(stream, "test.told", {"text": "inner"}, actor=None)

    with acting():
        inner()
        log.append(stream, "test.told", {"text": "outer"}, actor=None)
        assert rung == []
        assert numbers(stream) == []
    assert [event.seq for event in rung] == [1, 2]


def test_the_log_tells_the_same_as_the_doorbell(centre: Centre, rung: list[Published]) -> None:
    from coordination.streams.reading import after

    stream, actor = centre.stream(), uuid4()
    with acting():
        log.append(stream, "test.told", {"text": 'é "quoted" \n 𝄞', "number": 1.5, "none": None}, actor=actor)
    [from_log] = after({stream: 0})[stream].events
    assert orjson.loads(from_log.text) == orjson.loads(rung[0].text)


def test_an_unknown_stream_undoes_the_write(centre: Centre) -> None:
    stream = centre.stream()

    @action
    def tell_both() -> None:
        log.append(stream, "test.told", {"text": "kept?"}, actor=None)
        log.append(uuid4(), "test.told", {"text": "lost"}, actor=None)

    with pytest.raises(log.UnknownStream):
        tell_both()
    assert numbers(stream) == []


def test_an_event_that_fits_no_frame_is_refused(centre: Centre) -> None:
    with pytest.raises(ValueError, match="does not fit"), acting():
        log.append(centre.stream(), "test.told", {"text": "x" * 200_000}, actor=None)


def test_appending_outside_an_action_is_a_mistake() -> None:
    with pytest.raises(RuntimeError):
        log.append(uuid4(), "test.told", {}, actor=None)


def test_what_is_older_than_the_memory_is_pruned_and_the_head_stays(centre: Centre, settings: Any) -> None:
    from datetime import timedelta

    from coordination.base import clock

    stream = centre.stream()
    tell_all(stream, ["old", "older", "new"])
    long_ago = clock.now() - timedelta(days=settings.STREAM_MEMORY_DAYS, minutes=1)
    Event.objects.filter(stream_id=stream, seq__lte=2).update(at=long_ago)
    assert prune() == 2
    assert numbers(stream) == [3]
    assert Stream.objects.get(pk=stream).head == 3


def test_without_redis_a_writer_is_neither_stopped_nor_held_up(
    centre: Centre, settings: Any, rung: list[Published], tmp_path: Any
) -> None:
    import time

    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    doorbell._bell.cache_clear()
    stream = centre.stream()
    began = time.monotonic()
    for number in range(50):
        tell_all(stream, [str(number)])
    assert time.monotonic() - began < 3
    assert [event.seq for event in rung] == list(range(1, 51))
    doorbell._bell.cache_clear()
