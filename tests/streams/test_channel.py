"""Whatever order events arrive in, and however often, each leaves once and in order."""

from itertools import pairwise
from uuid import uuid4

import orjson
from hypothesis import given
from hypothesis import strategies as st

from coordination.streams.channel import Channel
from coordination.streams.events import MOST_FRAME_BYTES, Published, frames, pack, unpack

STREAM = uuid4()


class Notes:
    """A follower that writes down what it is told."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.others: list[str] = []

    def put(self, text: str) -> None:
        frame = orjson.loads(text)
        if frame["type"] == "events":
            self.numbers += [event["seq"] for event in frame["events"]]
        elif frame["type"] == "event":
            self.numbers.append(frame["seq"])
        else:
            self.others.append(frame["type"])


def event(seq: int) -> Published:
    return Published(STREAM, seq, orjson.dumps({"type": "event", "seq": seq}))


@given(
    order=st.permutations(range(1, 21)),
    repeats=st.lists(st.integers(1, 20), max_size=10),
    cuts=st.lists(st.integers(0, 30), max_size=6),
)
def test_any_order_and_any_repeats_leave_once_in_order(order: list[int], repeats: list[int], cuts: list[int]) -> None:
    channel, notes = Channel(STREAM), Notes()
    channel.begin(0)
    channel.joining.add(notes)
    assert channel.follow(notes, 0)
    arriving = [event(seq) for seq in [*order, *repeats]]
    bounds = sorted({0, len(arriving), *(cut for cut in cuts if cut < len(arriving))})
    for start, end in pairwise(bounds):
        channel.offer(arriving[start:end])
    assert notes.numbers == list(range(1, 21))
    assert not channel.has_hole


@given(order=st.permutations(range(1, 21)), when=st.integers(0, 20), cursor=st.integers(0, 20))
def test_a_follower_that_joins_in_the_middle_hears_exactly_the_rest(order: list[int], when: int, cursor: int) -> None:
    channel, notes = Channel(STREAM), Notes()
    channel.begin(0)
    channel.joining.add(notes)
    channel.offer([event(seq) for seq in order[:when]])
    assert channel.follow(notes, cursor)
    channel.offer([event(seq) for seq in order[when:]])
    assert notes.numbers == list(range(cursor + 1, 21))


def test_events_before_the_first_reading_of_the_log_are_held() -> None:
    channel, notes = Channel(STREAM), Notes()
    channel.joining.add(notes)
    channel.offer([event(8), event(6), event(7)])
    channel.begin(6)
    assert channel.follow(notes, 6)
    assert channel.last == 8
    assert notes.numbers == [7, 8]


def test_a_hole_is_known_until_it_is_filled() -> None:
    channel, notes = Channel(STREAM), Notes()
    channel.begin(0)
    channel.joining.add(notes)
    channel.follow(notes, 0)
    channel.offer([event(2)])
    assert channel.has_hole
    assert notes.numbers == []
    channel.offer([event(1)])
    assert not channel.has_hole
    assert notes.numbers == [1, 2]


def test_a_follower_far_behind_must_read_the_log() -> None:
    channel, notes = Channel(STREAM), Notes()
    channel.begin(0)
    channel.joining.add(notes)
    channel.offer([event(seq) for seq in range(1, 500)])
    assert not channel.follow(notes, 10)
    assert channel.follow(notes, 450)
    assert notes.numbers == list(range(451, 500))


@given(st.lists(st.binary(max_size=50), max_size=20))
def test_what_is_packed_is_unpacked(texts: list[bytes]) -> None:
    events = [Published(uuid4(), seq, text) for seq, text in enumerate(texts)]
    assert list(unpack(pack(events))) == events


@given(st.lists(st.integers(1, MOST_FRAME_BYTES), max_size=8))
def test_frames_stay_within_their_size_and_lose_nothing(sizes: list[int]) -> None:
    texts = [b'"' + b"x" * size + b'"' for size in sizes]
    made = [orjson.loads(frame) for frame in frames(texts)]
    assert [text for frame in made for text in (frame["events"] if isinstance(frame, dict) else [frame])] == [
        "x" * size for size in sizes
    ]
    assert all(len(frame) < 256 * 1024 for frame in frames(texts))
