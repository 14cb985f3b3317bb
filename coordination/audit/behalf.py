"""On whose behalf somebody acts: for the absent person through whom alone they reach a thing.

Asked only of people who are known to stand in for somebody: what they reach was found by reading for whom they do, so
an act of anybody else costs nothing here.
"""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db.models import Model

Reached = Callable[[Any, Collection[UUID], Model | None, UUID | None], UUID | None]
"""(who acts, the absent, the subject, the patient) → who counts there: themselves, an absent person, or None."""

_ways: list[Reached] = []


def register_way(reached: Reached) -> None:
    """Have a package say through whom the things of its kind are reached."""
    if reached not in _ways:
        _ways.append(reached)


def on_behalf_of(by: object, subject: Model | None, patient: UUID | None) -> UUID | None:
    """The absent person in whose place `by` acts on a subject or about a patient; None for one's own work."""
    standing_in = getattr(by, "known_standing_in", None)
    if not standing_in:
        return None
    absent = [one.person_id for one in standing_in]
    reached = next((found for way in _ways if (found := way(by, absent, subject, patient))), None)
    return reached if reached in absent else None
