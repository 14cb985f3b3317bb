"""The commands that a socket accepts, each an action of the package that registers it in `AppConfig.ready`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, overload
from uuid import UUID

from coordination.base.errors import AppError

Data = dict[str, Any]


class Follower(Protocol):
    """Who sits at a socket: a row of `AUTH_USER_MODEL`."""

    @property
    def id(self) -> UUID: ...
    @property
    def access_epoch(self) -> int: ...
    @property
    def is_active(self) -> bool: ...
    @property
    def language(self) -> str: ...

    address: str | None
    """Where they sit, for the audit."""


Plain = Callable[[Any, Data], Data]
Batch = Callable[[Sequence[tuple[Any, Data]]], Sequence[Data | AppError]]


@dataclass(frozen=True)
class Command:
    """A command by name; exactly one of the two handlers is set."""

    name: str
    plain: Plain | None = None
    batch: Batch | None = None


_commands: dict[str, Command] = {}


@overload
def register_command(name: str, handler: Plain, batch: Literal[False] = False) -> None: ...
@overload
def register_command(name: str, handler: Batch, batch: Literal[True]) -> None: ...
def register_command(name: str, handler: Any, batch: bool = False) -> None:
    """Accept a command over the socket.

    A plain handler takes `(person, data)` and returns the answer's data or raises `AppError`. A batch handler takes all
    calls that arrived while the previous batch was under way and returns one outcome each, in order: data or an
    `AppError`. Both run again when the database connection broke: doing a command twice must be the same
    as doing it once.
    """
    _commands[name] = Command(name, batch=handler) if batch else Command(name, plain=handler)


def command(name: str) -> Command | None:
    """The command of this name, if anyone registered it."""
    return _commands.get(name)
