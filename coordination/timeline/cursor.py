"""A place in a story: everything strictly before it comes next, whatever is written meanwhile. Pure."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from uuid import UUID


class BadCursor(ValueError):
    """Not a cursor that a story gave."""


@dataclass(frozen=True, order=True)
class Cursor:
    """The order of a story: by instant, then kind, then id; no two entries share a place."""

    at: datetime
    kind: str
    id: UUID

    def __str__(self) -> str:
        said = f"{self.at.astimezone(UTC).isoformat()}|{self.kind}|{self.id}"
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The place a cursor stands for; `BadCursor` for anything else."""
        try:
            said = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
            at, kind, key = said.decode("ascii").split("|")
            found = cls(datetime.fromisoformat(at), kind, UUID(key))
        except (ValueError, binascii.Error) as error:
            raise BadCursor(text) from error
        if found.at.tzinfo is None:
            raise BadCursor(text)
        return found
