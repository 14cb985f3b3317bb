"""What a person may make a task from; each kind is registered in `AppConfig.ready` by the package that owns it."""

from collections.abc import Callable
from uuid import UUID

from coordination.accounts.models import Person
from coordination.base.errors import Invalid
from coordination.base.language import Sentence
from coordination.patients.models import CareTeam

Resolve = Callable[[Person, UUID], str]
"""What the origin is called, e.g. "Message d’Awa Diallo"; raises `NotFound` for what the person may not see."""

Belong = Callable[[UUID], CareTeam | None]
"""The circle whose business the origin is, if it is one's."""

_origins: dict[str, Resolve] = {}
_circles: dict[str, Belong] = {}


class UnknownOrigin(Invalid):
    """Tasks are not made from this."""

    code = "task_unknown_origin"
    sentence = Sentence(
        fr="Une tâche ne peut pas être créée à partir de cet élément.", en="A task cannot be made from this."
    )


def register_origin(kind: str, resolve: Resolve, circle: Belong | None = None) -> None:
    """Let people make tasks from things of a kind that they can see; these belong to the `circle` of their origin."""
    _origins[kind] = resolve
    if circle:
        _circles[kind] = circle


def origin_label(kind: str, origin: UUID, *, person: Person) -> str:
    """What the task will say it came from; `NotFound` when the person may not see it."""
    if kind not in _origins:
        raise UnknownOrigin
    return _origins[kind](person, origin)[:200]


def circle_of(kind: str, origin: UUID) -> CareTeam | None:
    """The circle to which what is made from this belongs, if its origin says."""
    return _circles[kind](origin) if kind in _circles else None
