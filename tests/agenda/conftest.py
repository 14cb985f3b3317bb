"""Agendas of a doctor, a nurse and a room, on a fixed Saturday evening: the week of 23 November 2026 is to come."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from coordination.accounts.models import Organisation, Person
from coordination.agenda.actions import open_agenda
from coordination.agenda.models import Agenda, AppointmentType
from coordination.base import clock
from tests.clients import PersonClient

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`at(instant)` sets the clock; it begins at `NOW`. Sessions go by the real one."""

    def set_clock(instant: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: instant)

    set_clock(NOW)
    return set_clock


@pytest.fixture
def site(centre: Organisation) -> Organisation:
    return Organisation.objects.create(
        kind=Organisation.Kind.SITE,
        parent=centre,
        name="Site de la Gare",
        alias="Site de la Gare",
        phone="02 47 00 00 00",
        address="12 rue de la Gare, 37000 Tours",
    )


@pytest.fixture
def doctors(centre: Organisation, site: Organisation, doctor: Person) -> Agenda:
    return open_agenda(centre, kind="person", name=doctor.short_name, person=doctor, site=site)


@pytest.fixture
def nurses(centre: Organisation, nurse: Person) -> Agenda:
    return open_agenda(centre, kind="person", name=nurse.short_name, person=nurse)


@pytest.fixture
def room(centre: Organisation, site: Organisation) -> Agenda:
    return open_agenda(centre, kind="room", name="Salle 1", site=site)


@pytest.fixture
def consultation(centre: Organisation) -> AppointmentType:
    return AppointmentType.objects.create(organisation=centre, name="Consultation", minutes=20, colour="#0f766e")


@pytest.fixture
def book(doctors: Agenda, secretary: Person, client_of: Callable[[Person], PersonClient]) -> Callable[..., Any]:
    """`book("2026-11-23T14:00", agendas=[…], …)`: the answer to the secretary's request."""

    def post(local_start: str, *, by: Person = secretary, key: str | None = None, **fields: Any) -> Any:
        agendas = [str(agenda.pk) for agenda in fields.pop("agendas", [doctors])]
        return client_of(by).post(
            "/api/appointments", {"agendas": agendas, "local_start": local_start, **fields}, key=key
        )

    return post
