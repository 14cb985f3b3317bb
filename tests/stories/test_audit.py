"""The administrator finds who opened a patient; a clinician of the circle hands the patient their access log."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Locator, expect

from tests.stories.conftest import Sit
from tests.stories.seat import PHONE, Seat


def durand(seat: Seat) -> str:
    """The demo's patient, by her id."""
    found = seat.api("GET", "/patients?q=durand%20marie")["items"]
    return str(next(one["id"] for one in found if one["name"] == "DURAND Marie"))


def journal(seat: Seat) -> None:
    seat.go("/administration?volet=journal")
    expect(seat.page.get_by_role("search", name="Chercher dans le journal")).to_be_visible()


def lines(seat: Seat, words: str) -> Locator:
    return seat.page.get_by_role("main").get_by_role("listitem").filter(has_text=words)


def ask_for_durand(seat: Seat, name: str = "Durand Marie") -> None:
    """The patient says her name and her birth date; she is looked up by them."""
    seat.page.get_by_role("button", name="Chercher un patient…").click()
    dialog = seat.page.get_by_role("dialog", name="Accès au dossier d’un patient")
    dialog.get_by_label("Nom et prénom").fill(name)
    dialog.get_by_label("Date de naissance").fill("12/03/1957")
    dialog.get_by_label("Date de naissance").press("Tab")
    dialog.get_by_role("button", name="Trouver").click()


def test_the_administrator_finds_who_opened_a_patient_and_what_was_changed(sit: Sit) -> None:
    nurse, administrator = sit("awa.diallo"), sit("anne.girard")
    patient = durand(nurse)
    nurse.go(f"/patients/{patient}")
    expect(nurse.page.get_by_label("Patient : DURAND Marie").first).to_be_visible()
    city = f"Ville {uuid4().hex[:6]}"
    nurse.api("PATCH", f"/patients/{patient}", city=city)
    nurse.page.evaluate("dispatchEvent(new Event('beforeprint'))")

    journal(administrator)
    ask_for_durand(administrator, "Durand")
    expect(administrator.page.get_by_role("alert")).to_contain_text("Aucun patient de ce nom")
    administrator.page.keyboard.press("Escape")
    ask_for_durand(administrator)
    expect(lines(administrator, "A lu la fiche du patient").filter(has_text="Awa Diallo").first).to_be_visible()
    expect(lines(administrator, "A imprimé une page").filter(has_text="Awa Diallo").first).to_be_visible()
    changed = lines(administrator, "A modifié la fiche du patient").filter(has_text="Awa Diallo").first
    expect(changed).to_contain_text("Ville")
    expect(administrator.page.get_by_text(city)).to_have_count(0)
    administrator.expect_accessible()


def test_on_a_phone_the_log_is_searched_by_words(sit: Sit) -> None:
    administrator = sit("anne.girard", size=PHONE)
    journal(administrator)
    administrator.page.get_by_label("Mots").fill("s’est connecté")
    expect(lines(administrator, "S’est connecté").first).to_be_visible()
    expect(lines(administrator, "A lu la fiche du patient")).to_have_count(0)
    administrator.page.get_by_role("button", name="Autres filtres").click()
    expect(administrator.page.get_by_role("combobox", name="Action")).to_be_visible()
    administrator.expect_accessible()


def grant_the_log(administrator: Seat, doctor: Seat) -> None:
    """A role of one's own for whoever answers patients who ask, until tomorrow."""
    me = doctor.api("GET", "/session")["person"]
    if "audit.read" in me["rights"]:
        return
    role = administrator.api("POST", "/roles", name=f"Référent {uuid4().hex[:6]}", rights=["audit.read"])
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    granted = {"role": role["id"], "organisation": me["organisation"]["id"], "valid_until": until}
    administrator.api("POST", f"/people/{me['id']}/memberships", **granted)


def test_a_clinician_of_the_circle_downloads_the_patient_s_access_log(sit: Sit, tmp_path: Path) -> None:
    nurse, administrator, doctor = sit("awa.diallo"), sit("anne.girard"), sit("claire.roux")
    patient = durand(nurse)
    nurse.go(f"/patients/{patient}")
    expect(nurse.page.get_by_label("Patient : DURAND Marie").first).to_be_visible()
    grant_the_log(administrator, doctor)
    doctor.go(f"/patients/{patient}?volet=acces")
    expect(lines(doctor, "A lu la fiche du patient").filter(has_text="Awa Diallo").first).to_be_visible()
    doctor.expect_accessible()

    pdf = download(doctor, "Télécharger (PDF)", tmp_path / "acces.pdf")
    assert pdf.startswith(b"%PDF")
    csv = download(doctor, "Exporter (CSV)", tmp_path / "acces.csv")
    assert csv.startswith(b"\xef\xbb\xbf")
    assert re.search('"Awa Diallo";"Infirmière";"[^"]*";"A lu la fiche du patient"', csv.decode())
    doctor.page.reload()
    expect(lines(doctor, "A exporté le journal des accès").filter(has_text="Dr Claire Roux").first).to_be_visible()


def download(seat: Seat, button: str, to: Path) -> bytes:
    with seat.page.expect_download() as taken:
        seat.page.get_by_role("button", name=button).click()
    taken.value.save_as(to)
    return to.read_bytes()
