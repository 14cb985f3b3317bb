"""A nurse finds the patient, a doctor enrols her, a task done moves the plan on, the page tells it all."""

import re
import secrets
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from playwright.sync_api import Locator, expect

from coordination.base.ids import uuid7
from tests.house.running import eventually
from tests.stories.conftest import Sit
from tests.stories.seat import PHONE, Seat

TODAY = datetime.now(ZoneInfo("Europe/Paris")).date()


def find(seat: Seat, words: str, name: str) -> None:
    """Search as one does on the phone, and open the page."""
    seat.nav("Patients").click()
    seat.page.get_by_role("searchbox", name="Nom, date de naissance ou téléphone").fill(words)
    seat.page.get_by_role("link", name=re.compile(name)).click()
    expect(seat.page.get_by_label(f"Patient : {name}").first).to_be_visible()


def open_tab(seat: Seat, name: str) -> None:
    seat.page.get_by_role("tab", name=name).click()


@pytest.mark.parametrize("words", ["durand ma", "12/03/1957", "06 12 34 56 78", "uran"])
def test_a_patient_is_found_by_part_of_the_name_by_birth_date_and_by_phone(sit: Sit, words: str) -> None:
    nurse = sit("awa.diallo")
    find(nurse, words, "DURAND Marie")
    nurse.expect_accessible()


def test_nobody_by_that_name_is_said_with_one_way_on(sit: Sit) -> None:
    nurse = sit("awa.diallo")
    nurse.go("/patients")
    nurse.page.get_by_role("searchbox").fill("zzzzzz")
    expect(nurse.page.get_by_text("Aucun patient ne correspond.")).to_be_visible()
    nurse.expect_accessible()


def test_what_the_nurse_writes_on_the_patient_page_is_in_the_story(sit: Sit) -> None:
    nurse, doctor = sit("awa.diallo"), sit("claire.roux", size=PHONE)
    find(nurse, "durand ma", "DURAND Marie")
    find(doctor, "durand ma", "DURAND Marie")
    start = nurse.page.get_by_role("button", name="Ouvrir la conversation")
    expect(nurse.page.get_by_label("Votre message").or_(start)).to_be_visible()
    if start.is_visible():
        start.click()
    text = f"Tension stable ce matin {uuid4().hex[:6]}"
    nurse.page.get_by_label("Votre message").fill(text)
    nurse.page.keyboard.press("Enter")
    open_tab(doctor, "Histoire")
    expect(doctor.page.get_by_text(text)).to_be_visible()
    doctor.expect_accessible()


def end_plans(seat: Seat, patient: str) -> None:
    for plan in seat.api("GET", f"/patients/{patient}/plans")["items"]:
        if plan["status"] == "active":
            seat.api("POST", f"/plans/{plan['id']}/end", why="repris depuis le début")


def enrol(doctor: Seat) -> None:
    """Include the patient of the open page in the protocol of type 2 diabetes, two steps left out."""
    open_tab(doctor, "Plans de suivi")
    doctor.page.get_by_role("button", name="Inclure dans un protocole").first.click()
    dialog = doctor.page.get_by_role("dialog", name=re.compile("Inclure DURAND Marie"))
    dialog.get_by_role("combobox", name="Protocole").fill("diabète de type 2")
    doctor.page.get_by_role("option", name="Suivi du diabète de type 2").click()
    expect(dialog.get_by_text("13 étapes à faire dès maintenant")).to_be_visible()
    expect(dialog.get_by_role("heading", name="À faire (13)")).to_be_visible()
    doctor.expect_accessible()
    for left_out in ("Score FIB-4", "Séance de prévention pédicurie-podologie – grade 3"):
        dialog.get_by_role("checkbox", name=re.compile(re.escape(left_out))).uncheck()
    dialog.get_by_role("button", name=re.compile(r"Inclure avec \d+ étapes")).click()
    expect(dialog).to_be_hidden()


def task_of(seat: Seat, step: str) -> Locator:
    return seat.page.get_by_role("checkbox", name=re.compile(re.escape(step)))


def test_enrolled_in_dt2_the_nurse_ticks_a_line_and_the_next_one_is_counted_from_that_day(sit: Sit) -> None:
    doctor, nurse = sit("claire.roux"), sit("awa.diallo")
    find(doctor, "durand ma", "DURAND Marie")
    patient = doctor.page.url.split("/patients/")[1].split("?")[0]
    end_plans(doctor, patient)
    doctor.page.reload()
    enrol(doctor)
    steps = [step for step in plan_of(doctor, patient)["steps"] if step["status"] in {"due", "planned"}]
    assert not {"fib4", "podo_g3"} & {step["code"] for step in steps}
    to = {step["code"]: step["to"]["name"] for step in steps if step["to"]}
    assert to["ips"] == "Awa Diallo"
    assert to["ecg"] == "Dr Claire Roux"
    assert to["dentaire"].startswith("Coordination")

    [ips] = [step for step in steps if step["code"] == "ips"]
    nurse.go(f"/taches?tache={ips['task_id']}")
    line = task_of(nurse, "Index de pression systolique")
    line.click()
    expect(line).to_be_checked()
    doctor.page.reload()
    open_tab(doctor, "Histoire")
    done = doctor.page.get_by_role("listitem").filter(has_text="Étape faite").first
    expect(done).to_contain_text("Index de pression systolique")
    steps = plan_of(doctor, patient)["steps"]
    following = [step for step in steps if step["code"] == "ips" and step["status"] == "planned"]
    assert [step["due_on"] for step in following] == [(TODAY + relativedelta(months=12)).isoformat()]


def plan_of(seat: Seat, patient: str) -> dict[str, list[dict[str, str]]]:
    [plan] = [one for one in seat.api("GET", f"/patients/{patient}/plans")["items"] if one["status"] == "active"]
    return dict(plan)


def test_the_page_tells_message_task_appointment_mail_and_step_in_order(sit: Sit) -> None:
    doctor = sit("claire.roux")
    find(doctor, "durand ma", "DURAND Marie")
    patient = doctor.page.url.split("/patients/")[1].split("?")[0]
    mark = uuid4().hex[:6]
    day = TODAY + timedelta(weeks=secrets.choice(range(60, 99)), days=5 - TODAY.weekday())
    step = live_through(doctor, patient, mark, day)
    told = [
        f"Étape faite.*{re.escape(step)}",
        "Mail de confirmation",
        f"Rendez-vous sam. {day.day} ",
        f"Tâche {mark}",
        mark,
    ]

    def order() -> list[int | None]:
        doctor.page.reload()
        expect(doctor.page.get_by_text(f"Message {mark}").first).to_be_visible()
        lines = [line.inner_text() for line in doctor.page.get_by_role("main").get_by_role("listitem").all()]
        return [next((n for n, line in enumerate(lines) if re.search(what, line, re.DOTALL)), None) for what in told]

    eventually(lambda: None not in order())
    places = order()
    assert places == sorted(places, key=lambda place: place or 0)
    doctor.expect_accessible()


def live_through(seat: Seat, patient: str, mark: str, day: date) -> str:
    """A message, a task of it, an appointment for the task, its mail, and a step done; the step's title."""
    conversation = seat.api("POST", f"/patients/{patient}/conversation")["id"]
    message = seat.api("POST", f"/conversations/{conversation}/messages", id=str(uuid7()), body=f"Message {mark}")
    [queue] = [one for one in seat.api("GET", "/queues")["items"] if one["code"] == "medecins"]
    origin = {"origin_kind": "message", "origin_id": message["id"]}
    task = seat.api("POST", "/tasks", queue=queue["id"], title=f"Tâche {mark}", patient=patient, **origin)
    [agenda] = [one for one in seat.api("GET", "/agendas")["items"] if one["name"] == "Dr Claire Roux"]
    when = {"local_start": f"{day.isoformat()}T10:00", "minutes": 20}
    seat.api("POST", "/appointments", patient=patient, agendas=[agenda["id"]], task_id=task["id"], **when)
    eventually(lambda: mails(seat, patient, "sent") and not mails(seat, patient, "due"))
    step = open_step(seat, patient)
    seat.api("POST", f"/steps/{step['id']}/done", done_on=TODAY.isoformat())
    return str(step["title"])


def mails(seat: Seat, patient: str, status: str) -> list[str]:
    told = seat.api("GET", f"/patients/{patient}/story?kinds=mail")["items"]
    return [one["id"] for one in told if one["status"] == status]


def open_step(seat: Seat, patient: str) -> dict[str, str]:
    """A step of hers that is to be done now; she is enrolled first when she follows no plan."""
    [protocol] = [one for one in seat.api("GET", "/protocols")["items"] if one["code"] == "hta"]
    plans = [one for one in seat.api("GET", f"/patients/{patient}/plans")["items"] if one["status"] == "active"]
    chosen = [one for one in plans if one["protocol"]["code"] == "hta"] or [
        seat.api(
            "POST", f"/patients/{patient}/plans", protocol=protocol["id"], anchors={"inclusion": TODAY.isoformat()}
        )
    ]
    return next(step for step in chosen[0]["steps"] if step["status"] in {"due", "planned"})
