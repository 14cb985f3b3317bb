"""A write is one action: right, rows, audit, events, return; the outermost one is the transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


class Scope:
    """What one write has collected so far, by collector; each finisher takes its own at the end."""

    def __init__(self) -> None:
        self.collected: defaultdict[str, list[Any]] = defaultdict(list)


_scope: ContextVar[Scope | None] = ContextVar("action_scope", default=None)
_finishers: list[Callable[[Scope], None]] = []


def register_finisher(finish: Callable[[Scope], None]) -> None:
    """Have `finish` run inside the transaction, as its last statement, at the end of every outermost action."""
    if finish not in _finishers:
        _finishers.append(finish)


def current_scope() -> Scope:
    """The write under way; a programming error where there is none."""
    scope = _scope.get()
    if scope is None:
        raise RuntimeError("a write belongs inside an @action")
    return scope


@contextmanager
def acting() -> Iterator[Scope]:
    """Open a write, or join the one under way: an inner action shares the outer one's transaction and fate."""
    outer = _scope.get()
    if outer is not None:
        yield outer
        return
    with transaction.atomic():
        scope = Scope()
        token = _scope.set(scope)
        try:
            yield scope
            for finish in _finishers:
                finish(scope)
        finally:
            _scope.reset(token)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function a write: all of it happens, or none of it."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with acting():
            return function(*args, **kwargs)

    return wrapped
