"""A stranger is refused, and opens a file in an emergency before all eyes; a follow-up moves; a refusal is honoured."""

import re
from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Locator, expect

from tests.stories.conftest import Sit
from tests.stories.seat import PHONE, Seat

REASON = "Chute au cabinet, antécédents à connaître avant de la relever"


@dataclass(frozen=True)
class Someone:
    """A patient of one story alone."""

    id: str
    name: str


def someone_in_the_care_of(doctor: Seat, *others: str) -> Someone:
    """A new patient, followed by the doctor and by those named."""
    people = {one["name"]: one["id"] for one in doctor.api("GET", "/people")["items"]}
    family = "Z" + "".join(chr(ord("A") + int(digit, 16)) for digit in uuid4().hex[:9])
    traits = {"birth_name": family, "given_names": "Jeanne", "birth_date": "1950-04-02", "sex": "F"}
    members = [{"person": people[name]} for name in others]
    made = doctor.api("POST", "/patients", **traits, members=members)
    return Someone(made["id"], made["name"])


def page_of(seat: Seat, patient: Someone, part: str = "") -> None:
    seat.go(f"/patients/{patient.id}" + (f"?volet={part}" if part else ""))
    expect(seat.page.get_by_label(f"Patient : {patient.name}").first).to_be_visible()


def closed(seat: Seat) -> Locator:
    return seat.page.get_by_role("heading", name="Hors de vos soins")


def tabs(seat: Seat) -> Locator:
    return seat.page.get_by_role("tablist", name="Volets de la fiche")


def status_of(seat: Seat, path: str) -> int:
    return int(seat.page.evaluate("async (path) => (await fetch('/api' + path)).status", path))


def test_someone_outside_the_circle_sees_who_it_is_and_nothing_else(sit: Sit) -> None:
    doctor, stranger = sit("claire.roux"), sit("hugo.blanc", size=PHONE)
    patient = someone_in_the_care_of(doctor)
    stranger.nav("Patients").click()
    stranger.page.get_by_role("searchbox").fill(patient.name)
    stranger.page.get_by_role("link", name=re.compile(patient.name)).click()
    expect(closed(stranger)).to_be_visible()
    expect(tabs(stranger)).to_have_count(0)
    stranger.expect_accessible()
    for part in ("", "/story", "/plans", "/consents", "/accesses"):
        assert status_of(stranger, f"/patients/{patient.id}{part}") == 404


def test_a_file_is_opened_in_an_emergency_before_the_eyes_of_its_circle(sit: Sit) -> None:
    doctor, nurse, stranger = sit("claire.roux"), sit("awa.diallo"), sit("hugo.blanc")
    patient = someone_in_the_care_of(doctor, "Awa Diallo")
    nurse.go("/taches")
    nurse.expect_current()
    page_of(stranger, patient)
    stranger.page.get_by_role("button", name="Accès en urgence").click()
    stranger.page.get_by_label("Pourquoi ouvrir cette fiche maintenant").fill(REASON)
    stranger.page.get_by_role("button", name="Ouvrir la fiche en urgence").click()

    banner = stranger.page.get_by_role("region", name="Accès en urgence")
    expect(banner).to_contain_text(re.compile(r"encore (59|60) minutes"))
    expect(banner).to_contain_text(REASON)
    expect(tabs(stranger)).to_be_visible()
    stranger.expect_accessible()

    notice = nurse.page.get_by_role("alert").filter(has_text=f"Accès en urgence : {patient.name}")
    expect(notice).to_contain_text("Hugo Blanc a ouvert cette fiche en urgence")
    expect(notice).to_contain_text(REASON)
    nurse.expect_accessible()
    tasks = doctor.api("GET", "/tasks?status=open")["items"]
    assert "Vérifier l’accès en urgence de Hugo Blanc" in [task["title"] for task in tasks]
    notice.get_by_role("button", name="Voir la fiche").click()
    told = nurse.page.get_by_role("listitem").filter(has_text="Hugo Blanc a ouvert la fiche en urgence")
    expect(told).to_contain_text(REASON)

    banner.get_by_role("button", name="Mettre fin").click()
    expect(closed(stranger)).to_be_visible()
    expect(tabs(stranger)).to_have_count(0)
    assert status_of(stranger, f"/patients/{patient.id}") == 404


def test_a_follow_up_is_transferred_in_three_clicks_and_keeps_its_story(sit: Sit) -> None:
    doctor = sit("claire.roux")
    patient = someone_in_the_care_of(doctor, "Awa Diallo")
    page_of(doctor, patient, "cercle")
    doctor.page.get_by_role("button", name="Transférer le suivi").click()
    dialog = doctor.page.get_by_role("dialog", name=f"Transférer le suivi de {patient.name}")
    dialog.get_by_role("button", name="Site de la Gare").click()
    confirm = dialog.get_by_role("button", name="Transférer vers Site de la Gare")
    expect(confirm).to_be_visible()
    doctor.expect_accessible()
    confirm.click()
    expect(dialog).to_be_hidden()
    expect(doctor.page.get_by_text("Suivi par Site de la Gare")).to_be_visible()
    doctor.page.get_by_role("tab", name="Histoire").click()
    moved = doctor.page.get_by_role("listitem").filter(has_text="Suivi transféré à Site de la Gare")
    expect(moved).to_contain_text("Changement de lieu de suivi")


def test_a_patient_s_refusal_closes_the_page_that_somebody_is_reading(sit: Sit) -> None:
    doctor, nurse = sit("claire.roux"), sit("awa.diallo", size=PHONE)
    patient = someone_in_the_care_of(doctor, "Awa Diallo")
    page_of(nurse, patient)
    expect(tabs(nurse)).to_be_visible()
    page_of(doctor, patient, "partage")
    doctor.page.get_by_role("button", name="Enregistrer une opposition").click()
    dialog = doctor.page.get_by_role("dialog", name=f"Opposition de {patient.name}")
    dialog.get_by_role("combobox", name="Personne ou équipe").fill("Awa")
    doctor.page.get_by_role("option", name=re.compile("Awa Diallo")).click()
    doctor.expect_accessible()
    dialog.get_by_role("button", name="Enregistrer l’opposition").click()
    expect(doctor.page.get_by_role("listitem").filter(has_text="Awa Diallo")).to_be_visible()

    expect(closed(nurse)).to_be_visible()
    expect(tabs(nurse)).to_have_count(0)
    nurse.expect_accessible()
    assert status_of(nurse, f"/patients/{patient.id}") == 404


def test_who_works_outside_the_circle_reads_one_conversation_once_it_is_said_why(sit: Sit) -> None:
    doctor, social, nurse = sit("claire.roux"), sit("karim.benali"), sit("awa.diallo")
    patient = someone_in_the_care_of(doctor, "Awa Diallo")
    social.api("POST", f"/patients/{patient.id}/circles", circle="social")
    conversation = social.api("POST", f"/patients/{patient.id}/conversation?circle=social")["id"]
    assert status_of(nurse, f"/conversations/{conversation}") == 404
    social.go(f"/messages/{conversation}")
    text = f"Retour à domicile à préparer {uuid4().hex[:6]}"
    social.page.get_by_label("Votre message").fill(text)
    social.page.keyboard.press("Enter")
    social.page.get_by_role("button", name="1 participant").click()
    dialog = social.page.get_by_role("dialog", name=f"Qui lit cette conversation sur {patient.name}")
    dialog.get_by_role("button", name="Inviter quelqu’un").click()
    dialog.get_by_role("combobox", name="Qui inviter").fill("Awa")
    social.page.get_by_role("option", name=re.compile("Awa Diallo")).click()
    dialog.get_by_role("button", name="Inviter quelqu’un").click()
    expect(dialog.get_by_text("Awa Diallo n’exerce pas dans ce cercle")).to_be_visible()
    dialog.get_by_role("radio", name="Participation aux soins").check()
    dialog.get_by_label("À quels soins elle prend part").fill("Soins à domicile")
    social.expect_accessible()
    dialog.get_by_role("button", name="Inviter quelqu’un").click()
    invited = dialog.get_by_role("region", name="Invités dans cette conversation")
    expect(invited).to_contain_text("Participe aux soins : Soins à domicile")
    nurse.go(f"/messages/{conversation}")
    expect(nurse.page.get_by_role("article").filter(has_text=text)).to_be_visible()
    assert status_of(nurse, f"/patients/{patient.id}?circle=social") == 404
