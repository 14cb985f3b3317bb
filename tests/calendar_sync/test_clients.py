"""Real calendar programs read the address of a running server: vdirsyncer fetches, khal shows."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connections

from calendar_sync.actions import open_feed, revoke_feed
from calendar_sync.models import Feed
from coordination.agenda.actions import Booking, Change, book, cancel, change
from coordination.base import clock
from tests.streams.conftest import database_url
from tests.streams.support import Server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engine]

PARIS = ZoneInfo("Europe/Paris")
SEEN = "{start-long}|{end-long}|{title}|{location}"


@pytest.fixture
def at() -> None:
    """The server is another process: the clock is the real one."""


@pytest.fixture
def server(transactional_db: None) -> Iterator[Server]:
    server = Server({"DATABASE_URL": database_url()}, module="coordination.project.server").start()
    yield server
    server.kill()
    connections.close_all()


def next_turns() -> list[date]:
    """The days on which the clocks of Paris change within eleven months: at least one."""
    today = clock.today()
    days = [today + timedelta(days=ahead) for ahead in range(2, 330)]
    return [day for day in days if _offset(day) != _offset(day + timedelta(days=1))]


def _offset(day: date) -> timedelta | None:
    return datetime.combine(day, time(), PARIS).utcoffset()


class Reader:
    """vdirsyncer and khal, set up in a folder, for one address."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.calendar = folder / "calendar"
        (folder / "vdirsyncer").write_text(
            f'[general]\nstatus_path = "{folder}/status"\n'
            '[pair liaison]\na = "there"\nb = "here"\ncollections = null\nconflict_resolution = "a wins"\n'
            f'[storage there]\ntype = "http"\nurl = "{address}"\n'
            f'[storage here]\ntype = "filesystem"\npath = "{self.calendar}"\nfileext = ".ics"\n'
        )

    def sync(self) -> subprocess.CompletedProcess[str]:
        self._run("vdirsyncer", "--config", str(self.folder / "vdirsyncer"), "discover")
        return self._run("vdirsyncer", "--config", str(self.folder / "vdirsyncer"), "sync", "--force-delete")

    def shows(self, day: date, zone: str = "Europe/Paris") -> list[str]:
        """What khal lists for one day, as somebody in a time zone sees it."""
        config = self.folder / f"khal-{zone.replace('/', '-')}"
        config.write_text(
            f"[calendars]\n[[liaison]]\npath = {self.calendar}\ntype = calendar\n"
            f"[sqlite]\npath = {config}.db\n[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        )
        listed = self._run(
            *("khal", "--config", str(config), "list", "--day-format", "", "--format", SEEN, day.isoformat(), "1d")
        )
        assert listed.returncode == 0, listed.stderr
        return [line for line in listed.stdout.splitlines() if "|" in line]

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).with_name(program)), *arguments]
        environment = os.environ | {"HOME": str(self.folder), "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(self.folder)}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL
        )


@pytest.fixture
def reader(server, doctors, doctor, tmp_path, settings) -> Callable[[], Reader]:
    settings.PUBLIC_URL = f"http://127.0.0.1:{server.port}"
    _, address = open_feed(doctors, by=doctor)
    return Reader(tmp_path, address)


def test_appointments_around_a_change_of_the_clocks_keep_their_hour(reader, doctors, secretary, patient):
    turns = next_turns()
    assert turns
    days = [turn + timedelta(days=off) for turn in turns for off in (-1, 0, 1)]
    for day in days:
        start = datetime.combine(day, time(14, 5))
        book(Booking([doctors], start, patient=patient, note="plaie du pied"), by=secretary)
    synced = reader.sync()
    assert synced.returncode == 0, synced.stderr
    for day in days:
        assert reader.shows(day) == [f"{day} 14:05|{day} 14:25|Rendez-vous|Site de la Gare"]
        instant = datetime.combine(day, time(14, 5), PARIS).astimezone(UTC)
        [seen] = reader.shows(day, "UTC")
        assert seen.startswith(f"{instant:%Y-%m-%d %H:%M}|")
    fetched = "".join(file.read_text() for file in reader.calendar.glob("*.ics"))
    assert fetched.count("BEGIN:VEVENT") == len(days)
    assert "plaie" not in fetched
    assert "DURAND" not in fetched
    assert Feed.objects.get().last_read_at is not None


def test_a_move_and_a_cancellation_reach_the_calendar(reader, doctors, secretary):
    day = clock.today() + timedelta(days=10)
    moving = book(Booking([doctors], datetime.combine(day, time(9))), by=secretary)
    leaving = book(Booking([doctors], datetime.combine(day, time(11))), by=secretary)
    reader.sync()
    assert [line[11:16] for line in reader.shows(day)] == ["09:00", "11:00"]
    change(moving, Change(local_start=datetime.combine(day, time(16, 30))), version=0, by=secretary)
    cancel(leaving, by=secretary)
    reader.sync()
    assert [line[11:16] for line in reader.shows(day)] == ["16:30"]


def test_a_revoked_address_is_an_error_for_the_calendar_and_loses_nothing(reader, doctors, doctor, secretary):
    day = clock.today() + timedelta(days=10)
    book(Booking([doctors], datetime.combine(day, time(9))), by=secretary)
    assert reader.sync().returncode == 0
    revoke_feed(Feed.objects.get(), by=doctor)
    refused = reader.sync()
    assert refused.returncode != 0
    assert len(reader.shows(day)) == 1
