"""Every page, on a desk and on a phone, by day and by night: accessible, in French or in English, nothing cut off."""

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Sit
from tests.stories.seat import DESKTOP, PHONE, Seat

PAGES = ["aujourdhui", "messages", "taches", "agenda", "patients", "protocoles", "annuaire", "administration", "compte"]


def settle(seat: Seat, page: str) -> None:
    """Open a page and wait until its shapes have given way to what it says."""
    seat.go(page)
    expect(seat.page.get_by_role("main").get_by_role("heading", level=1).first).to_be_visible()
    expect(seat.page.get_by_text("Chargement…")).to_have_count(0)
    seat.page.wait_for_load_state("networkidle")


def overflow(seat: Seat) -> int:
    """How many pixels of the page stand out on the right."""
    return int(seat.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_every_page_is_accessible_and_fits(sit: Sit, size: dict[str, int]) -> None:
    secretary = sit("martine.dubois", size=size)
    for page in PAGES:
        settle(secretary, page)
        secretary.expect_accessible()
        assert overflow(secretary) == 0, page


def test_every_page_is_accessible_in_the_dark(sit: Sit) -> None:
    doctor = sit("claire.roux")
    doctor.page.emulate_media(color_scheme="dark")
    for page in PAGES:
        settle(doctor, page)
        doctor.expect_accessible()


def test_the_sign_in_page_is_accessible_and_refuses_a_wrong_password_in_words(sit: Sit) -> None:
    someone = sit()
    someone.go("/")
    someone.page.get_by_label("Identifiant").fill("awa.diallo")
    someone.page.get_by_label("Mot de passe", exact=True).fill("pas le bon mot")
    someone.page.get_by_role("button", name="Se connecter").click()
    expect(someone.page.get_by_role("alert")).to_be_visible()
    someone.expect_accessible()


def test_everything_is_in_english_for_who_asks(sit: Sit) -> None:
    pharmacist = sit("sophie.lambert")
    pharmacist.page.get_by_role("button", name="Mon compte").click()
    pharmacist.page.get_by_text("English").click()
    expect(pharmacist.page.get_by_role("navigation", name="Pages").get_by_role("link", name="Tasks")).to_be_visible()
    pharmacist.go("/taches")
    expect(pharmacist.page.get_by_role("heading", level=1, name="Tasks")).to_be_visible()
    pharmacist.page.get_by_role("button", name="My account").click()
    pharmacist.page.get_by_text("Français").click()
    expect(pharmacist.nav("Tâches")).to_be_visible()


def test_the_keyboard_finds_anything_and_says_its_shortcuts(sit: Sit) -> None:
    nurse = sit("awa.diallo")
    nurse.expect_current()
    nurse.page.keyboard.press("Control+k")
    palette = nurse.page.get_by_role("dialog")
    palette.get_by_role("textbox").or_(palette.get_by_role("searchbox")).or_(
        palette.get_by_role("combobox")
    ).first.fill("durand ma")
    expect(palette.get_by_text("DURAND Marie").first).to_be_visible()
    nurse.page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    settle(nurse, "taches")
    nurse.page.keyboard.press("?")
    expect(nurse.page.get_by_role("dialog").get_by_text("Rechercher partout")).to_be_visible()
