"""An event on its way to those who follow its stream, and how several travel between processes."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

MOST_FRAME_BYTES = 240 * 1024
"""A frame to a client stays under 256 KiB, wrapping included."""

EPHEMERAL = 0
"""The number of what is told to followers and stored nowhere."""

_ITEM = struct.Struct("!16sQI")


@dataclass(frozen=True, slots=True)
class Published:
    """An event as every follower receives it: `text` is JSON, encoded once for all of them."""

    stream: UUID
    seq: int
    text: bytes


def pack(events: Iterable[Published]) -> bytes:
    """Several events as one message between processes."""
    return b"".join(_ITEM.pack(event.stream.bytes, event.seq, len(event.text)) + event.text for event in events)


def unpack(message: bytes) -> Iterator[Published]:
    """The events of such a message."""
    at = 0
    while at < len(message):
        stream, seq, length = _ITEM.unpack_from(message, at)
        at += _ITEM.size
        yield Published(UUID(bytes=stream), seq, message[at : at + length])
        at += length


def frames(texts: Sequence[bytes]) -> list[str]:
    """The frames that carry these events, in order: one alone as it is, several together up to the frame's size."""
    if len(texts) == 1:
        return [texts[0].decode()]
    found: list[str] = []
    page: list[bytes] = []
    size = 0
    for text in texts:
        if page and size + len(text) > MOST_FRAME_BYTES:
            found.append(_together(page))
            page, size = [], 0
        page.append(text)
        size += len(text) + 1
    return [*found, _together(page)] if page else found


def _together(texts: list[bytes]) -> str:
    return (b'{"type":"events","events":[' + b",".join(texts) + b"]}").decode()
