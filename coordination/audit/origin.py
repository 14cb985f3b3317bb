"""Where the request under way came from, for the entries it leaves; nothing outside a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Origin:
    """A network address, and the label of the token that was shown there, if one was."""

    address: str | None = None
    token: str = ""


_origin: ContextVar[Origin | None] = ContextVar("audit_origin", default=None)


def address() -> str | None:
    """The network address of whoever asks; None for a job."""
    origin = _origin.get()
    return origin.address if origin else None


def token() -> str:
    """The label of the token by which the request is known; empty for a session or a job."""
    origin = _origin.get()
    return origin.token if origin else ""


def by_token(label: str) -> None:
    """Note on the entries of this request that a program asks, with this token."""
    origin = _origin.get()
    if origin is not None:
        origin.token = label or "–"


@contextmanager
def coming_from(where: str | None) -> Iterator[None]:
    """Note the address on every entry recorded inside."""
    token = _origin.set(Origin(where or None))
    try:
        yield
    finally:
        _origin.reset(token)
