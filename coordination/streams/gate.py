"""Who is at a socket; the answer comes from above, where people and sessions are known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coordination.streams.commands import Follower

Headers = Mapping[bytes, bytes]


@dataclass(frozen=True)
class Identity:
    """Someone signed in, by what, and until when at the latest."""

    person: Follower
    credential: str
    until: datetime
    by_cookie: bool


class Gate(Protocol):
    """Sign-in as the sockets see it; both methods query."""

    def identify(self, handshakes: Sequence[Headers]) -> list[Identity | None]:
        """Whoever the headers of each handshake stand for."""

    def still_good(self, credentials: Collection[str]) -> set[str]:
        """Those of these credentials that have not been ended."""
