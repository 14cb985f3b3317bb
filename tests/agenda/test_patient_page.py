"""The page a patient opens from the mail: it answers, and tells nobody anything else."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from coordination.accounts.signin import digest
from coordination.agenda.models import AnswerLink, Appointment
from coordination.audit.models import Entry
from coordination.base.text import words
from coordination.streams.models import Event
from notifications.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(book, patient):
    return book("2026-11-23T14:05", patient=str(patient.pk), note="plaie du pied").json()


@pytest.fixture
def page(booked):
    """The address in the mail, and a browser that has never been here."""
    return Page(Delivery.objects.get().values["lien"].removeprefix("http://localhost:8000"))


class Page:
    def __init__(self, path):
        self.path = path
        self.browser = Client(enforce_csrf_checks=True)

    def open(self, **headers):
        return self.browser.get(self.path, headers=headers)

    def say(self, answer, version=0, **extra):
        return self.browser.post(self.path, {"answer": answer, "version": version}, **extra)


def test_it_says_when_where_and_whom_to_call(page):
    shown = page.open()
    assert shown.status_code == 200
    text = shown.content.decode()
    for said in ("Lundi 23 novembre 2026 à 14:05", "Site de la Gare, 12 rue de la Gare, 37000 Tours", "tel:0247000000"):
        assert said in text
    assert '<html lang="fr">' in text


def test_it_says_nothing_of_the_person_the_professional_or_health(page):
    said = set(words(page.open().content.decode()))
    assert not said & {
        "durand",
        "marie",
        "roux",
        "claire",
        "plaie",
        "pied",
        "1957",
        "patient",
        "docteur",
        "consultation",
    }


def test_it_speaks_english_to_an_english_browser(page):
    text = page.open(accept_language="en-GB,en;q=0.8").content.decode()
    assert "Monday 23 November 2026 at 14:05" in text
    assert '<html lang="en">' in text


def test_it_is_kept_nowhere_and_runs_no_script(page):
    shown = page.open()
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert shown.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'nonce-")
    assert "script" not in shown.content.decode()
    assert not shown.cookies


def test_opening_it_changes_nothing(page):
    before = (Event.objects.count(), Entry.objects.count())
    for _ in range(3):
        page.open()
        page.browser.head(page.path)
        page.browser.get(page.path, {"answer": "cancel", "version": "0"})
    assert Appointment.objects.get().status == "booked"
    assert AnswerLink.objects.get().answered_at is None
    assert (Event.objects.count(), Entry.objects.count()) == before


def test_confirming_moves_the_appointment_and_the_agenda_hears_it(page, doctors):
    answered = page.say("confirm")
    assert (answered.status_code, answered["Location"]) == (303, page.path)
    assert Appointment.objects.get().status == "confirmed"
    last = Event.objects.filter(stream_id=doctors.pk).latest("seq")
    assert (last.kind, last.data["status"], last.actor_id) == ("appointment.changed", "confirmed", None)
    assert Entry.objects.filter(kind="appointment.confirmed", actor_id=None).count() == 1
    text = page.open().content.decode()
    assert "C’est confirmé" in text
    assert "Je viendrai" not in text


def test_confirming_twice_is_confirming(page):
    page.say("confirm")
    assert page.say("confirm").status_code == 303
    assert Entry.objects.filter(kind="appointment.confirmed").count() == 1


def test_cancelling_frees_the_time_and_the_link_has_served(page, doctors, book):
    assert page.say("cancel").status_code == 303
    assert Appointment.objects.get().status == "cancelled"
    assert Event.objects.filter(stream_id=doctors.pk).latest("seq").data["status"] == "cancelled"
    assert book("2026-11-23T14:05").status_code == 201
    gone = page.open()
    assert gone.status_code == 410
    assert "Ce rendez-vous est annulé" in gone.content.decode()
    assert "02 47 00 00 00" in gone.content.decode()
    assert page.say("confirm").status_code == 410
    assert not Delivery.objects.filter(what="appointment.cancelled").exists()


def test_who_confirmed_may_still_cancel(page):
    page.say("confirm")
    page.say("cancel")
    assert Appointment.objects.get().status == "cancelled"


def test_an_answer_about_another_time_than_the_one_shown_is_asked_again(page, booked, client_of, secretary):
    client_of(secretary).patch(f"/api/appointments/{booked['id']}", {"version": 0, "local_start": "2026-11-24T09:00"})
    again = page.say("confirm", version=0)
    assert again.status_code == 409
    assert "Mardi 24 novembre 2026 à 09:00" in again.content.decode()
    assert Appointment.objects.get().status == "booked"
    assert page.say("confirm", version=1).status_code == 303


def test_after_its_time_there_is_nothing_to_answer(page, at):
    at(datetime(2026, 11, 23, 13, 6, tzinfo=UTC))
    assert page.open().status_code == 410
    assert page.say("cancel").status_code == 410
    assert Appointment.objects.get().status == "booked"


@pytest.mark.parametrize("path", ["/r/unknown", "/r/" + "a" * 32, "/r/%00", "/r/é", "/r/" + "a" * 5000])
def test_an_unknown_link_is_kindly_not_found(page, path):
    missing = page.browser.get(path)
    assert missing.status_code == 404
    assert "Ce lien n’est pas valable" in missing.content.decode()
    assert missing.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [{}, {"answer": "delete", "version": "0"}, {"answer": "confirm"}, {"answer": "confirm", "version": "9" * 30}],
)
def test_an_answer_that_is_none_changes_nothing(page, body):
    assert page.browser.post(page.path, body).status_code == 400
    assert Appointment.objects.get().status == "booked"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_it_takes_no_other_method(page, method):
    assert getattr(page.browser, method)(page.path).status_code == 405


def test_the_secret_is_not_in_the_database(page):
    secret = page.path.removeprefix("/r/")
    assert AnswerLink.objects.get().digest == digest(secret)


def test_a_signed_in_cookie_is_neither_asked_nor_used(page, client_of, stranger):
    page.browser = client_of(stranger).http
    assert page.say("confirm").status_code == 303
    assert Entry.objects.get(kind="appointment.confirmed").actor_id is None
