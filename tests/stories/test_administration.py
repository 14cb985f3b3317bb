"""Whoever keeps the centre: rights by roles, people who come and go, absences, and the directory for everybody."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.conftest import Sit
from tests.stories.seat import PHONE, Seat

THROWN_OFF_WITHIN = 5.0
BOOK = "poser et déplacer des rendez-vous"


def part(seat: Seat, name: str) -> None:
    """Open a part of the administration."""
    seat.nav("Administration").click()
    seat.page.get_by_role("navigation", name="Rubriques").get_by_role("link", name=name).click()
    expect(seat.page.get_by_role("heading", level=2, name=name, exact=True)).to_be_visible()


def box(seat: Seat, role: str, right: str) -> Locator:
    return seat.page.get_by_role("checkbox", name=f"{role} : {right}")


def review(seat: Seat) -> Locator:
    """The sentences that tell what saving will change."""
    seat.page.get_by_role("button", name="Vérifier et enregistrer").click()
    return seat.page.get_by_role("dialog", name="Ce qui va changer")


def confirm(seat: Seat, act: str) -> None:
    """Say yes to the question that an act asks first."""
    seat.page.get_by_role("dialog", name=re.compile(f"^{act} ")).get_by_role("button", name=act).click()


def role_of(seat: Seat, code: str) -> dict[str, Any]:
    [role] = [role for role in seat.api("GET", "/roles")["items"] if role["code"] == code]
    return dict(role)


@contextmanager
def given_back(administrator: Seat, code: str) -> Iterator[None]:
    """Whatever happens to a role meanwhile, it has its rights again at the end."""
    before = role_of(administrator, code)
    try:
        yield
    finally:
        now = role_of(administrator, code)
        fields = {"name": before["name"], "rights": before["rights"], "version": now["version"]}
        administrator.api("PUT", f"/roles/{before['id']}", **fields)


def test_a_right_taken_from_secretaries_is_told_in_words_and_leaves_their_screens(sit: Sit) -> None:
    administrator, secretary = sit("anne.girard"), sit("martine.dubois")
    secretary.nav("Agenda").click()
    new = secretary.page.get_by_role("button", name="Nouveau rendez-vous")
    expect(new).to_be_visible()
    secretary.expect_current()
    with given_back(administrator, "secretariat"):
        part(administrator, "Rôles et droits")
        administrator.expect_accessible()
        box(administrator, "Secrétariat", BOOK).uncheck()
        expect(administrator.page.get_by_text("1 modification non enregistrée : Secrétariat")).to_be_visible()
        told = review(administrator)
        expect(told.get_by_text(f"Les secrétaires ne pourront plus {BOOK}.")).to_be_visible()
        expect(told.get_by_text("Concerne 2 personnes aujourd’hui")).to_be_visible()
        expect(new).to_be_visible()
        told.get_by_role("button", name="Enregistrer").click()
        expect(administrator.page.get_by_text("Les rôles sont enregistrés.")).to_be_visible()
        expect(new).to_be_hidden()
        administrator.page.get_by_role("button", name=re.compile("^Secrétariat")).click()
        administrator.page.get_by_role("menuitem", name="Historique").click()
        history = administrator.page.get_by_role("dialog", name="Historique du rôle Secrétariat")
        expect(history.get_by_text(f"Les secrétaires ne pourront plus {BOOK}.").first).to_be_visible()
        expect(history.get_by_text("Anne Girard").first).to_be_visible()
    expect(new).to_be_visible()


def test_what_another_administrator_saved_meanwhile_is_told_and_nothing_of_mine_is_lost(sit: Sit) -> None:
    administrator = sit("anne.girard")
    name = f"Essai {uuid4().hex[:8]}"
    role = administrator.api("POST", "/roles", name=name, rights=["agenda.see"])
    part(administrator, "Rôles et droits")
    box(administrator, name, BOOK).check()
    administrator.api("PUT", f"/roles/{role['id']}", name=name, rights=["agenda.see", "message.post"], version=1)
    review(administrator).get_by_role("button", name="Enregistrer").click()
    alert = administrator.page.get_by_role("alert").filter(has_text=name)
    expect(alert.get_by_text(re.compile("pourront écrire des messages"))).to_be_visible()
    expect(box(administrator, name, BOOK)).to_be_checked()
    expect(box(administrator, name, "écrire des messages")).to_be_checked()
    assert "agenda.book" not in role_of(administrator, role["code"])["rights"]
    alert.get_by_role("button", name="J’ai lu, garder mes modifications").click()
    review(administrator).get_by_role("button", name="Enregistrer").click()
    expect(administrator.page.get_by_text("Les rôles sont enregistrés.")).to_be_visible()
    assert set(role_of(administrator, role["code"])["rights"]) == {"agenda.see", "agenda.book", "message.post"}


def test_the_administrators_role_may_not_read_patients_and_the_refusal_says_why(sit: Sit) -> None:
    administrator = sit("anne.girard")
    part(administrator, "Rôles et droits")
    box(administrator, "Administrateur", "lire le dossier de liaison des patients suivis").check()
    told = review(administrator)
    told.get_by_role("button", name="Enregistrer").click()
    expect(told.get_by_role("alert")).to_contain_text("l’administrateur n’a pas accès au contenu des dossiers")
    administrator.expect_accessible()
    told.get_by_role("button", name="Retour").click()
    administrator.nav("Aujourd’hui").click()
    question = administrator.page.get_by_role("dialog", name="Quitter sans enregistrer ?")
    question.get_by_role("button", name="Quitter sans enregistrer").click()
    assert "patient.read" not in role_of(administrator, "administrateur")["rights"]


@pytest.fixture
def stand_in_back(sit: Sit) -> Iterator[Seat]:
    """The administrator; at the end the stand-in is one again."""
    administrator = sit("anne.girard")
    yield administrator
    organisation, role = administrator.api("GET", "/organisation")["id"], role_of(administrator, "medecin")["id"]
    found = administrator.api("GET", "/people?q=faure&former=true")["items"]
    [ines] = [person for person in found if person["name"] == "Dr Inès Faure"]
    if not ines["roles"]:
        until = (datetime.now(UTC) + timedelta(days=10)).isoformat()
        place = {"role": role, "organisation": organisation, "valid_until": until}
        administrator.api("POST", f"/people/{ines['id']}/memberships", **place)


def test_a_stand_in_whose_role_is_ended_is_thrown_off_an_open_socket(sit: Sit, stand_in_back: Seat) -> None:
    administrator, stand_in = stand_in_back, sit()
    closed: list[float] = []
    stand_in.page.on("websocket", lambda socket: socket.on("close", lambda _: closed.append(time.monotonic())))
    stand_in.sign_in("ines.faure")
    stand_in.expect_current()
    part(administrator, "Personnes")
    administrator.page.get_by_role("link", name=re.compile("Dr Inès Faure.*jusqu’au")).click()
    sheet = administrator.page.get_by_role("dialog", name="Fiche et accès")
    end = sheet.get_by_role("button", name="Mettre fin au rôle Médecin")
    expect(end).to_be_visible()
    administrator.expect_accessible()
    end.click()
    question = administrator.page.get_by_role("dialog", name="Mettre fin au rôle Médecin de Dr Inès Faure ?")
    expect(question.get_by_text("ses écrans ouverts se ferment")).to_be_visible()
    assert not closed
    with administrator.page.expect_response(re.compile("/end$")) as answer:
        question.get_by_role("button", name="Mettre fin").click()
    assert answer.value.status == 204
    ended = time.monotonic()
    expect(stand_in.page.get_by_text("Votre accès a pris fin.")).to_be_visible()
    assert closed
    assert closed[0] - ended < THROWN_OFF_WITHIN
    expect(sheet.get_by_text("Aucun rôle en cours")).to_be_visible()


def test_an_absence_declared_on_a_phone_shows_in_the_directory_with_who_takes_over(sit: Sit) -> None:
    absent, colleague = sit("hugo.blanc", size=PHONE), sit("awa.diallo")
    absent.page.get_by_role("button", name="Plus", exact=True).click()
    absent.page.get_by_role("dialog", name="Plus").get_by_role("link", name="Annuaire").click()
    absent.page.get_by_role("link", name=re.compile("^Absences")).click()
    absent.page.get_by_role("button", name="Déclarer une absence").click()
    dialog = absent.page.get_by_role("dialog", name="Déclarer une absence")
    now = datetime.now(ZoneInfo("Europe/Paris"))
    dialog.get_by_label("Du", exact=True).fill(now.strftime("%d/%m/%Y"))
    dialog.get_by_label("Jusqu’au (inclus)").fill((now + timedelta(days=3)).strftime("%d/%m/%Y"))
    dialog.get_by_role("combobox", name="Qui prend le relais").fill("Nina")
    absent.page.get_by_role("option", name=re.compile("Nina Perrin")).click()
    expect(dialog.get_by_text("Nina Perrin voit les équipes, les files et les cercles de soins")).to_be_visible()
    dialog.get_by_role("button", name="Déclarer", exact=True).click()
    mine = absent.page.get_by_role("region", name="Vos absences")
    expect(mine.get_by_text("Relais : Nina Perrin")).to_be_visible()
    absent.expect_accessible()

    colleague.nav("Annuaire").click()
    colleague.page.get_by_role("searchbox").fill("kine")
    colleague.page.get_by_role("link", name=re.compile("Hugo Blanc.*En absence jusqu’au")).click()
    notice = colleague.page.get_by_role("region", name="En absence")
    expect(notice.get_by_text("Le relais est assuré par")).to_be_visible()
    call = colleague.page.get_by_role("main").get_by_role("link", name="Appeler")
    expect(call).to_have_attribute("href", re.compile(r"^tel:01990045\d\d$"))
    colleague.expect_accessible()
    notice.get_by_role("link", name="Nina Perrin").click()
    expect(colleague.page.get_by_role("heading", name="Nina Perrin")).to_be_visible()

    mine.get_by_role("button", name="Terminer maintenant").click()
    absent.page.get_by_role("dialog").get_by_role("button", name="Terminer maintenant").click()
    expect(mine.get_by_text("Vous n’avez déclaré aucune absence.")).to_be_visible()


def test_a_newcomer_gets_a_first_password_once_and_can_be_kept_out_and_let_in(sit: Sit) -> None:
    administrator = sit("anne.girard")
    family = f"Essai {uuid4().hex[:8]}"
    part(administrator, "Personnes")
    administrator.page.get_by_role("button", name="Ajouter une personne").click()
    dialog = administrator.page.get_by_role("dialog", name="Ajouter une personne")
    dialog.get_by_label("Prénom").fill("Nadia")
    dialog.get_by_label("Nom", exact=True).fill(family)
    dialog.get_by_role("combobox", name="Profession").fill("Infirmier")
    administrator.page.get_by_role("option", name="Infirmier", exact=True).click()
    expect(dialog.get_by_role("combobox", name="Rôle")).to_have_value("Soignant")
    administrator.expect_accessible()
    dialog.get_by_role("button", name="Ajouter une personne").click()
    shown = administrator.page.get_by_role("dialog", name="La personne est ajoutée")
    expect(shown.get_by_text(re.compile(r"^(\w{5}-){3}\w{5}$"))).to_be_visible()
    shown.get_by_role("button", name="C’est noté").click()
    administrator.page.get_by_role("searchbox").fill(family)
    administrator.page.get_by_role("link", name=re.compile(family)).click()
    sheet = administrator.page.get_by_role("dialog", name="Fiche et accès")
    sheet.get_by_role("button", name="Suspendre").click()
    administrator.page.get_by_role("dialog", name=re.compile("^Suspendre")).get_by_role(
        "button", name="Suspendre"
    ).click()
    expect(sheet.get_by_text("Suspendu", exact=True)).to_be_visible()
    sheet.get_by_role("button", name="Rétablir").click()
    administrator.page.get_by_role("dialog", name=re.compile("^Rétablir")).get_by_role(
        "button", name="Rétablir"
    ).click()
    expect(sheet.get_by_text("Suspendu", exact=True)).to_be_hidden()


def test_a_nurse_adds_a_correspondent_and_calls_them_from_the_directory(sit: Sit) -> None:
    nurse = sit("awa.diallo", size=PHONE)
    name = f"Pharmacie Essai {uuid4().hex[:8]}"
    nurse.go("/annuaire?volet=correspondants")
    nurse.page.get_by_role("button", name="Ajouter un correspondant").click()
    dialog = nurse.page.get_by_role("dialog", name="Ajouter un correspondant")
    dialog.get_by_role("textbox", name="Nom").fill(name)
    dialog.get_by_role("textbox", name="Téléphone").fill("01 99 00 77 00")
    nurse.expect_accessible()
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(nurse.page.get_by_role("heading", name=name)).to_be_visible()
    expect(nurse.page.get_by_role("link", name="Appeler")).to_have_attribute("href", "tel:0199007700")
    expect(nurse.page.get_by_role("button", name="Retirer")).to_have_count(0)
    nurse.expect_accessible()


def test_whoever_does_not_administer_finds_the_page_closed(sit: Sit) -> None:
    nurse = sit("awa.diallo")
    expect(nurse.nav("Annuaire")).to_be_visible()
    expect(nurse.nav("Administration")).to_have_count(0)
    nurse.go("/administration?volet=roles")
    expect(nurse.page.get_by_text("Cette page est réservée à l’administration du centre.")).to_be_visible()
    expect(nurse.page.get_by_role("checkbox")).to_have_count(0)


def test_every_part_of_the_administration_is_accessible_on_a_phone(sit: Sit) -> None:
    administrator = sit("anne.girard", size=PHONE)
    for place in ("personnes", "absences", "equipes", "structures", "roles", "comptes", "etablissement"):
        administrator.go(f"/administration?volet={place}")
        expect(administrator.page.get_by_role("heading", level=2).first).to_be_visible()
        expect(administrator.page.get_by_text("Chargement…")).to_have_count(0)
        administrator.page.wait_for_load_state("networkidle")
        administrator.expect_accessible()
        page = "document.documentElement"
        assert administrator.page.evaluate(f"{page}.scrollWidth - {page}.clientWidth") == 0, place
