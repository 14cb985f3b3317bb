"""A few protocols loaded, and the patient on one of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import hypothesis
import pytest

from coordination.accounts.models import Person
from coordination.patients.models import Patient
from coordination.protocols.actions import enrol
from coordination.protocols.definitions import ProtocolDefinition, read_library
from coordination.protocols.facts import Given
from coordination.protocols.library import PACKAGED, add_version
from coordination.protocols.models import Plan, ProtocolVersion
from coordination.tasks.models import Queue

# The machine may be busy: a property is about days, not about time.
hypothesis.settings.register_profile("liaison", deadline=None)
hypothesis.settings.load_profile("liaison")

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOON.date()


@cache
def packaged() -> dict[str, ProtocolDefinition]:
    """The protocols that come with Liaison, read once."""
    return {protocol.id: protocol for protocol in read_library(PACKAGED)}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`at(instant)`: it is that instant."""
    return lambda instant: monkeypatch.setattr("coordination.base.clock.now", lambda: instant)


@pytest.fixture
def noon(at: Callable[[datetime], None]) -> None:
    """It is 21 November 2026, 13:00 in Paris."""
    at(NOON)


@pytest.fixture
def protocol_of(db: None) -> Callable[[str], ProtocolVersion]:
    """`protocol_of(code)`: a packaged protocol, loaded."""

    def load(code: str) -> ProtocolVersion:
        add_version(packaged()[code], source="protocols.yaml")
        return ProtocolVersion.objects.get(code=code)

    return load


@pytest.fixture
def dt2(protocol_of: Callable[[str], ProtocolVersion]) -> ProtocolVersion:
    return protocol_of("dt2")


@pytest.fixture
def make_plan(patient: Patient, doctor: Person, queues: dict[str, Queue]) -> Callable[..., Plan]:
    """Enrols the patient in a protocol, today unless told."""

    def make(protocol: ProtocolVersion, *, by: Person = doctor, **given: Any) -> Plan:
        anchors = {"inclusion": TODAY, **given.pop("anchors", {})}
        return enrol(patient, protocol, Given(anchors, **given), by=by)

    return make


@pytest.fixture
def plan(make_plan: Callable[..., Plan], dt2: ProtocolVersion, noon: None) -> Plan:
    """The patient on dt2 since today; foot grade 0, so eleven steps are to do."""
    return make_plan(dt2, measures={"measure.pied_grade": 0})
