"""Reaching data from who is asking: a stranger gets 404."""

from typing import Any, Protocol, Self, TypeVar
from uuid import UUID

from django.db import models

from coordination.base.errors import NotFound


class Scoped(Protocol):
    """A queryset that knows what a person may see of it."""

    def visible_to(self, person: Any) -> Self: ...


M = TypeVar("M", bound=models.Model)


def visible_or_404(model: type[M], person: Any, pk: UUID) -> M:
    """One row that the person may see; `NotFound` both when it does not exist and when it is not theirs to know."""
    found: M | None = model._default_manager.visible_to(person).filter(pk=pk).first()  # type: ignore[attr-defined]
    if found is None:
        raise NotFound
    return found
