"""A nurse writes, a secretary reads, a task is made of it, and one person claims it."""

import re
from uuid import uuid4

from playwright.sync_api import Locator, Route, expect

from tests.stories.conftest import Sit
from tests.stories.seat import Seat


def open_conversation(seat: Seat, name: str) -> None:
    [patient] = [found for found in seat.api("GET", f"/patients?q={name}")["items"] if found["name"] == name]
    seat.go(f"/messages/{seat.api('POST', '/patients/' + patient['id'] + '/conversation')['id']}")


def write(seat: Seat, text: str) -> None:
    seat.page.get_by_label("Votre message").fill(text)
    seat.page.keyboard.press("Enter")


def message(seat: Seat, text: str) -> Locator:
    return seat.page.get_by_role("article").filter(has_text=text)


def test_a_message_appears_within_a_second_on_the_other_screen_with_an_unread_badge(sit: Sit) -> None:
    nurse, secretary = sit("awa.diallo"), sit("martine.dubois")
    secretary.go("/taches")
    secretary.expect_current()
    open_conversation(nurse, "DURAND Marie")
    expect(nurse.page.get_by_text("Vous écrivez au sujet de DURAND Marie")).to_be_visible()
    before = unread(secretary)
    text = f"Pansement refait à domicile, à revoir lundi ({uuid4().hex[:6]})."
    write(nurse, text)
    expect(secretary.nav("Messages").get_by_text(f"{before + 1} messages non lus")).to_be_attached(timeout=1_000)
    open_conversation(secretary, "DURAND Marie")
    expect(message(secretary, text)).to_be_visible()
    expect(message(nurse, text).get_by_role("button", name=re.compile("Lu par"))).to_contain_text("pas par")
    message(nurse, text).get_by_role("button", name=re.compile("Lu par")).click()
    who = nurse.page.get_by_role("dialog", name=re.compile("Lu par"))
    expect(who).to_contain_text("Martine Dubois")
    expect(who).to_contain_text("N’ont pas lu")
    expect(secretary.nav("Messages")).not_to_contain_text(f"{before + 1} messages")


def unread(seat: Seat) -> int:
    return sum(row["unread"] for row in seat.api("GET", "/conversations")["items"])


def test_a_message_becomes_a_task_that_one_person_claims_and_the_next_is_told_who_has_it(sit: Sit) -> None:
    nurse, secretary, other = sit("awa.diallo"), sit("martine.dubois"), sit("lucas.martin")
    open_conversation(nurse, "DURAND Marie")
    what = f"Rappeler pour le rendez-vous {uuid4().hex[:6]}"
    write(nurse, what)
    open_conversation(secretary, "DURAND Marie")
    message(secretary, what).hover()
    message(secretary, what).get_by_role("button", name="En faire une tâche").click()
    dialog = secretary.page.get_by_role("dialog", name="Nouvelle tâche")
    expect(dialog.get_by_label("Quoi")).to_have_value(what)
    choose_queue(dialog, secretary)
    dialog.get_by_role("button", name="Créer la tâche").click()
    expect(message(nurse, what).get_by_text("à prendre")).to_be_visible()

    for seat in (secretary, other):
        seat.go("/taches")
        expect(seat.page.get_by_role("button", name=f"Prendre : {what}")).to_be_visible()
    held: list[Route] = []
    other.page.route("**/claim", lambda route: held.append(route))
    with other.page.expect_request("**/claim"):
        other.page.get_by_role("button", name=f"Prendre : {what}").click()
    secretary.page.get_by_role("button", name=f"Prendre : {what}").click()
    expect(message(nurse, what).get_by_text("prise")).to_be_visible()
    held[0].continue_()
    expect(other.page.get_by_text("Martine Dubois a déjà pris cette tâche.")).to_be_visible()


def choose_queue(dialog: Locator, seat: Seat) -> None:
    dialog.get_by_role("combobox", name="File").click()
    seat.page.get_by_role("option", name="Secrétariat").click()


def test_what_is_written_offline_leaves_when_the_connection_is_back(sit: Sit) -> None:
    nurse, secretary = sit("awa.diallo"), sit("martine.dubois")
    open_conversation(nurse, "DURAND Marie")
    open_conversation(secretary, "DURAND Marie")
    nurse.expect_current()
    nurse.page.context.set_offline(True)
    expect(nurse.page.get_by_text("Hors ligne : vos messages partiront au retour de la connexion")).to_be_visible()
    text = f"Écrit dans l’ascenseur {uuid4().hex[:6]}"
    write(nurse, text)
    expect(nurse.page.get_by_text("Hors ligne : 1 message en attente").first).to_be_attached()
    nurse.page.context.set_offline(False)
    expect(message(secretary, text)).to_be_visible()
    expect(message(secretary, text)).to_have_count(1)
    expect(message(nurse, text)).to_have_count(1)
    nurse.expect_current()
