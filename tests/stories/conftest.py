"""One running Liaison with its demo centre, and people in front of real browsers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.house.running import Running
from tests.stories.seat import DESKTOP, Seat, open_seat

Sit = Callable[..., Seat]

expect.set_options(timeout=10_000)


FRONTEND = Path(__file__).parents[2] / "frontend"


def refuse_an_old_build() -> None:
    """A browser shows what was built: a story told on an older build judges words and labels that have changed."""
    built = FRONTEND / "dist" / ".vite" / "manifest.json"
    written = {path: path.stat().st_mtime for path in (FRONTEND / "src").rglob("*") if path.is_file()}
    newest = max(written, key=written.__getitem__)
    is_current = built.exists() and built.stat().st_mtime >= written[newest]
    assert is_current, f"{newest} is newer than the built frontend: make frontend/dist/.built"


@pytest.fixture(scope="session")
def liaison(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`liaison up` with the demo centre, in a folder of its own."""
    refuse_an_old_build()
    running = Running.start(tmp_path_factory.mktemp("liaison") / "var", LIAISON_DEMO="1")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield chromium
        chromium.close()


@contextmanager
def seats_at(running: Running, browser: Browser) -> Iterator[Sit]:
    """Sit people down at a Liaison; at the end, nothing may have strayed or complained."""
    seats: list[Seat] = []
    with ExitStack() as stack:

        def sit_down(login: str | None = None, *, size: dict[str, int] = DESKTOP) -> Seat:
            seat, _ = stack.enter_context(open_seat(browser, f"http://localhost:{running.port}", size=size))
            seats.append(seat)
            if login:
                seat.sign_in(login)
            return seat

        yield sit_down
        assert not [url for seat in seats for url in seat.strayed]
        assert not [text for seat in seats for text in seat.complained]


@pytest.fixture
def sit(liaison: Running, browser: Browser) -> Iterator[Sit]:
    """Sit somebody down: `sit("awa.diallo")`, on a phone with `size=PHONE`."""
    with seats_at(liaison, browser) as sit:
        yield sit
