"""Parts of Liaison are killed at the worst moments: nothing acknowledged is lost, and open browsers catch up alone."""

import os
import re
import signal
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.house.running import Running, eventually
from tests.stories.conftest import Sit, seats_at
from tests.stories.test_agenda import add_column, book, column, show
from tests.stories.test_messages import message, open_conversation, write


@pytest.fixture
def sit(mortal: Running, browser: Browser) -> Iterator[Sit]:
    """People in front of the Liaison that is killed."""
    with seats_at(mortal, browser) as sit:
        yield sit


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A Liaison of these stories' own, with its demo centre; it may have been started again since."""
    running = Running.start(tmp_path_factory.mktemp("mortal") / "var", LIAISON_DEMO="1")
    yield running
    running.stop()


def kill(running: Running, *names: str) -> None:
    """SIGKILL to the named children; the supervisor starts them again."""
    before = {name: pid for name, pid in running.children().items() if name.startswith(names)}
    assert before
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: all(running.children().get(name, pid) != pid for name, pid in before.items()), seconds=60)
    eventually(running.is_healthy, seconds=60)


def test_every_web_server_is_killed_while_a_message_leaves_and_it_is_shown_once_everywhere(
    sit: Sit, mortal: Running
) -> None:
    nurse, secretary = sit("awa.diallo"), sit("martine.dubois")
    for seat in (nurse, secretary):
        open_conversation(seat, "DURAND Marie")
        seat.expect_current()
    text = f"Juste avant la coupure {uuid4().hex[:6]}"
    write(nurse, text)
    kill(mortal, "web")
    later = f"Juste après {uuid4().hex[:6]}"
    write(nurse, later)
    for seat in (nurse, secretary):
        for said in (text, later):
            expect(message(seat, said)).to_have_count(1, timeout=30_000)
        seat.expect_current()


def test_the_worker_is_killed_and_the_confirmation_leaves_once(sit: Sit, mortal: Running) -> None:
    secretary = sit("martine.dubois")
    before = len(list((mortal.var / "mail").glob("*.eml")))
    kill(mortal, "worker")
    os.kill(mortal.children()["worker"], signal.SIGSTOP)
    booked = book(secretary, "DURAND Marie", "15:00")
    kill(mortal, "worker")
    asked = "SELECT status FROM notifications_delivery WHERE starts_with(occurrence, %s)"
    eventually(lambda: mortal.query(asked, booked["id"]) == [("sent",)], seconds=60)
    caught = [file.read_text() for file in (mortal.var / "mail").glob("*.eml")]
    assert len(caught) == before + 1
    assert not [mail for mail in caught if "Possible-Repeat" in mail]


def test_everything_is_killed_and_the_open_browser_catches_up_after_the_restart(sit: Sit, mortal: Running) -> None:
    nurse, secretary = sit("awa.diallo"), sit("martine.dubois")
    open_conversation(nurse, "DURAND Marie")
    show(secretary)
    add_column(secretary, "Dr Claire Roux")
    secretary.expect_current()
    text = f"Acquitté avant la panne {uuid4().hex[:6]}"
    write(nurse, text)
    expect(message(nurse, text).get_by_role("button", name=re.compile("lu", re.IGNORECASE))).to_be_visible()
    mortal.kill()
    expect(secretary.page.get_by_text(re.compile("Reconnexion|Hors ligne")).first).to_be_visible(timeout=20_000)
    waiting = f"Écrit pendant la panne {uuid4().hex[:6]}"
    write(nurse, waiting)
    again = Running.start(mortal.var, port=mortal.port, LIAISON_DEMO="1")
    mortal.process = again.process
    for said in (text, waiting):
        expect(message(nurse, said)).to_have_count(1, timeout=30_000)
    nurse.expect_current()
    secretary.expect_current()
    colleague = sit("claire.roux")
    book(colleague, "DURAND Marie", "08:30")
    expect(
        column(secretary, "Dr Claire Roux").get_by_role("button", name=re.compile("DURAND Marie 08:30"))
    ).to_be_visible(timeout=30_000)
    open_conversation(colleague, "DURAND Marie")
    for said in (text, waiting):
        expect(message(colleague, said)).to_have_count(1)
