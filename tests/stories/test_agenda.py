"""The secretary books from a task, the database refuses a double booking, both screens follow, the patient answers."""

import re
import secrets
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from tests.house.running import eventually
from tests.stories.conftest import Sit
from tests.stories.seat import PHONE, Seat

TODAY = datetime.now(ZoneInfo("Europe/Paris")).date()
QUIET_DAY = TODAY + timedelta(days=5 - TODAY.weekday(), weeks=secrets.choice(range(5, 50)))
"""A Saturday beyond the demo centre's appointments, another in every run."""


def show(seat: Seat, day: date = QUIET_DAY, **more: str) -> None:
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    seat.go(f"/agenda?vue=jour&jour={day}{asked}")


def add_column(seat: Seat, agenda: str) -> None:
    """Show one more agenda."""
    seat.page.get_by_role("button", name=re.compile(r"\d+ agendas?")).click()
    seat.page.get_by_role("checkbox", name=agenda).check()
    seat.page.keyboard.press("Escape")


def column(seat: Seat, agenda: str) -> Locator:
    return seat.page.get_by_role("region", name=agenda)


def panel(seat: Seat) -> Locator:
    return seat.page.get_by_role("complementary")


def choose(seat: Seat, field: str, option: str) -> None:
    seat.page.get_by_role("combobox", name=field, exact=True).click()
    seat.page.get_by_role("option", name=option).click()


def choose_patient(seat: Seat, name: str) -> None:
    seat.page.get_by_role("combobox", name="Patient").fill(name)
    seat.page.get_by_role("option", name=re.compile(name)).first.click()


def fill_when(seat: Seat, hour: str) -> None:
    seat.page.get_by_label("Heure").fill(hour)


def make_task(seat: Seat, what: str, patient: str) -> str:
    [found] = [one for one in seat.api("GET", f"/patients?q={patient}")["items"] if one["name"] == patient]
    [queue] = [one for one in seat.api("GET", "/queues")["items"] if one["code"] == "secretariat"]
    return str(seat.api("POST", "/tasks", queue=queue["id"], title=what, patient=found["id"])["id"])


def test_booked_from_a_task_it_shows_on_both_screens_and_a_second_one_is_told_what_is_in_the_way(sit: Sit) -> None:
    secretary, doctor = sit("martine.dubois"), sit("claire.roux")
    show(doctor)
    doctor.expect_current()
    task = make_task(secretary, f"Revoir la plaie {uuid4().hex[:6]}", "DURAND Marie")
    secretary.go(f"/taches?tache={task}")
    secretary.page.get_by_role("button", name="Poser un rendez-vous").or_(
        secretary.page.get_by_role("link", name="Poser un rendez-vous")
    ).first.click()
    expect(secretary.page.get_by_label("Patient : DURAND Marie").first).to_be_visible()
    choose(secretary, "Avec", "Dr Claire Roux")
    choose(secretary, "Salle, matériel", "Salle 1")
    secretary.page.get_by_role("textbox", name="Jour", exact=True).fill(QUIET_DAY.strftime("%d/%m/%Y"))
    fill_when(secretary, "14:05")
    secretary.page.get_by_role("button", name="Poser le rendez-vous").click()
    expect(column(doctor, "Dr Claire Roux").get_by_role("button", name=re.compile("DURAND Marie"))).to_be_visible()

    show(secretary)
    secretary.page.get_by_role("button", name="Nouveau rendez-vous").click()
    choose_patient(secretary, "LEFÈVRE Thérèse")
    choose(secretary, "Avec", "Dr Claire Roux")
    fill_when(secretary, "14:10")
    secretary.page.get_by_role("button", name="Poser le rendez-vous").click()
    refusal = secretary.page.get_by_role("alert")
    expect(refusal).to_contain_text(re.compile("Dr Claire Roux.*14:05.*DURAND Marie|Dr Roux.*14:05.*DURAND Marie"))
    secretary.expect_accessible()


def book(seat: Seat, patient: str, hour: str, agenda: str = "Dr Claire Roux") -> dict[str, str]:
    """An appointment of the quiet day, as a setting of the story."""
    [found] = [one for one in seat.api("GET", f"/patients?q={patient}")["items"] if one["name"] == patient]
    [known] = [one for one in seat.api("GET", "/agendas")["items"] if one["name"] == agenda]
    booked = seat.api(
        "POST",
        "/appointments",
        patient=found["id"],
        agendas=[known["id"]],
        local_start=f"{QUIET_DAY.isoformat()}T{hour}",
        minutes=30,
    )
    return {"id": booked["id"], "agenda": known["id"]}


def test_an_appointment_is_moved_by_drag_and_drop_on_both_screens(sit: Sit) -> None:
    secretary, doctor = sit("martine.dubois"), sit("claire.roux")
    book(secretary, "DURAND Marie", "09:00")
    for seat in (secretary, doctor):
        show(seat)
    add_column(secretary, "Dr Claire Roux")
    doctor.expect_current()
    event = column(secretary, "Dr Claire Roux").get_by_role("button", name=re.compile("DURAND Marie 09:00"))
    expect(event).to_be_visible()
    slot = column(secretary, "Dr Claire Roux").get_by_role("button", name=re.compile("Créneau 11:00"))
    event.drag_to(slot, source_position={"x": 20, "y": 4}, target_position={"x": 20, "y": 1})
    moved = re.compile("DURAND Marie 11:00")
    expect(column(secretary, "Dr Claire Roux").get_by_role("button", name=moved)).to_be_visible()
    expect(column(doctor, "Dr Claire Roux").get_by_role("button", name=moved)).to_be_visible()


def test_the_patient_confirms_from_the_mail_without_an_account_and_the_agenda_shows_it_live(sit: Sit) -> None:
    secretary, patient = sit("martine.dubois"), sit(size=PHONE)
    show(secretary)
    add_column(secretary, "Dr Claire Roux")
    secretary.expect_current()
    hour = f"17:{secrets.choice(range(10, 60))}"
    book(secretary, "DURAND Marie", hour)
    event = column(secretary, "Dr Claire Roux").get_by_role("button", name=re.compile(f"DURAND Marie {hour}"))
    expect(event).to_have_accessible_name(re.compile("en attente de confirmation"))
    link = mailed_link(patient, hour=hour)
    patient.page.goto(link)
    patient.expect_accessible()
    text = patient.page.locator("body").inner_text()
    assert hour in text
    assert not re.search("durand|marie|roux|médecin|diab", text, re.IGNORECASE)
    patient.page.get_by_role("button", name="Je viendrai").click()
    expect(patient.page.get_by_text(re.compile("confirmé|noté", re.IGNORECASE)).first).to_be_visible()
    expect(event).to_have_accessible_name(re.compile("confirmé"))


def mailed_link(seat: Seat, *, hour: str) -> str:
    """The address in the newest mail about that hour, once the demo's catcher has received it."""

    def newest() -> str | None:
        seat.go("/demo/mail")
        seat.page.get_by_role("link", name=re.compile("rendez-vous")).first.click()
        text = seat.page.locator("body").inner_text()
        found = re.search(r"https?://\S+/r/[\w-]+", text)
        return found[0] if found and hour in text else None

    return str(eventually(newest))
