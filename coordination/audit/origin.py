"""Where the request under way came from, for the entries it leaves; nothing outside a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_address: ContextVar[str | None] = ContextVar("audit_address", default=None)


def address() -> str | None:
    """The network address of whoever asks; None for a job."""
    return _address.get()


@contextmanager
def coming_from(where: str | None) -> Iterator[None]:
    """Note the address on every entry recorded inside."""
    token = _address.set(where or None)
    try:
        yield
    finally:
        _address.reset(token)
