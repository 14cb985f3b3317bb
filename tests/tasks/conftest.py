"""A task that waits in the secretariat's queue."""

from collections.abc import Callable
from typing import Any

import pytest

from coordination.accounts.models import Person
from coordination.patients.models import Patient
from coordination.streams.models import Event
from coordination.tasks.actions import Line, NewTask, create_task
from coordination.tasks.models import Queue, Task


@pytest.fixture
def make_task(secretariat_queue: Queue, secretary: Person) -> Callable[..., Task]:
    """Puts a task in the secretariat's queue unless told."""

    def make(**changes: Any) -> Task:
        by = changes.pop("by", secretary)
        return create_task(NewTask(**({"queue": secretariat_queue, "title": "Rappeler la pharmacie"} | changes)), by=by)

    return make


@pytest.fixture
def task(make_task: Callable[..., Task], patient: Patient) -> Task:
    """About the patient, with two lines."""
    return make_task(patient=patient, checklist=[Line("Appeler"), Line("Prévenir la patiente")])


@pytest.fixture
def events() -> Callable[..., list[tuple[str, Any]]]:
    """What a stream was told, in order, after a number."""

    def read(stream: Any, after: int = 0) -> list[tuple[str, Any]]:
        told = Event.objects.filter(stream_id=stream, seq__gt=after).order_by("seq")
        return [(event.kind, event.data) for event in told]

    return read
