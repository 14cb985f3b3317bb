"""The mail of an appointment: one, neutral, about the time that holds; and never one too many."""

from datetime import UTC, datetime, timedelta

import pytest

from coordination.agenda import mails
from coordination.agenda.models import AnswerLink, Appointment, AppointmentType
from coordination.base.text import words
from notifications.jobs import send_due
from notifications.models import Delivery
from tests.agenda.conftest import NOW
from tests.notifications.conftest import catch

__all__ = ["catch"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(book, patient):
    return book("2026-11-23T14:05", patient=str(patient.pk), note="plaie du pied").json()


@pytest.fixture
def change(client_of, secretary, booked):
    path = f"/api/appointments/{booked['id']}"

    def send(**what):
        return client_of(secretary).patch(path, what).json()

    return send


@pytest.fixture
def act(client_of, secretary, booked):
    return lambda what: client_of(secretary).post(f"/api/appointments/{booked['id']}/{what}").json()


def subjects(catch):
    return [str(mail["Subject"]) for mail in catch.mails]


def lives():
    return list(Delivery.objects.order_by("created_at").values_list("what", "status", "error"))


def test_the_patient_gets_one_neutral_mail(booked, catch, patient):
    send_due()
    send_due()
    [mail] = catch.mails
    assert (mail["To"], mail["Subject"]) == ("marie.durand@example.org", "Votre rendez-vous")
    text = mail.get_content()
    assert "Vous avez rendez-vous le lundi 23 novembre 2026 à 14:05." in text
    assert "Lieu : Site de la Gare, 12 rue de la Gare, 37000 Tours" in text
    assert "Téléphone : 02 47 00 00 00" in text


def test_nothing_of_the_person_the_professional_the_act_or_the_note_leaves(book, catch, patient, centre):
    kind = AppointmentType.objects.create(organisation=centre, name="Pansement", minutes=20)
    book("2026-11-23T14:05", patient=str(patient.pk), type=str(kind.pk), note="plaie du pied diabétique")
    send_due()
    [mail] = catch.mails
    del mail["To"]
    said = set(words(mail.as_string() + mail.get_content()))
    assert not said & {
        "durand",
        "marie",
        "roux",
        "claire",
        "martine",
        "pansement",
        "plaie",
        "pied",
        "diabetique",
        "1957",
    }


def test_only_the_digest_of_the_link_stays(booked, catch):
    send_due()
    link = catch.mails[0].get_content().split("/r/")[1].split()[0]
    kept = AnswerLink.objects.get()
    assert link not in kept.digest
    assert len(kept.digest) == 64
    assert kept.expires_at == Appointment.objects.get().ends_at
    assert not Delivery.objects.filter(values__icontains=link).exists()


@pytest.mark.parametrize(
    "silent",
    [
        {"email": ""},
        {"email_consent": False},
        {"deceased_on": "2026-01-01"},
        {"attributes": ["COLP"]},
        {"attributes": ["FICT"]},
    ],
)
def test_a_patient_who_may_not_be_mailed_is_not(book, patient, silent):
    for name, value in silent.items():
        setattr(patient, name, value)
    patient.save()
    assert book("2026-11-23T14:05", patient=str(patient.pk)).status_code == 201
    assert not Delivery.objects.exists()


def test_an_opposition_that_comes_after_the_booking_still_counts(booked, catch, patient):
    patient.email_consent = False
    patient.save()
    send_due()
    assert (catch.mails, lives()) == ([], [("appointment.booked", "dropped", "the patient may not be mailed")])


def test_a_corrected_address_gets_the_mail_that_waited_for_the_old_one(booked, catch, patient, client_of, doctor):
    change = {"email": "marie@example.net"}
    assert client_of(doctor).patch(f"/api/patients/{patient.pk}", change).status_code == 200
    send_due()
    send_due()
    assert lives() == [
        ("appointment.booked", "dropped", "the patient has another address"),
        ("appointment.booked", "sent", ""),
    ]
    [mail] = catch.mails
    assert mail["To"] == "marie@example.net"
    assert "/r/" in mail.get_content()


def test_a_corrected_address_does_not_hear_again_what_the_old_one_heard(booked, catch, patient):
    send_due()
    patient.email = "marie@example.net"
    patient.save()
    send_due()
    assert [mail["To"] for mail in catch.mails] == ["marie.durand@example.org"]


def test_an_appointment_of_the_past_is_not_mailed(book, patient):
    assert book("2026-11-20T14:05", patient=str(patient.pk)).status_code == 201
    assert not Delivery.objects.exists()


def test_a_mail_that_was_late_is_not_sent_after_the_time(booked, catch, at):
    at(datetime(2026, 11, 23, 13, 6, tzinfo=UTC))
    send_due()
    assert lives() == [("appointment.booked", "dropped", "the appointment has begun")]


def test_a_cancellation_before_the_mail_left_drops_it_and_sends_nothing(booked, catch, act, at):
    act("cancel")
    at(NOW + mails.TIME_TO_UNDO + timedelta(seconds=1))
    send_due()
    assert catch.mails == []
    assert sorted(lives()) == [
        ("appointment.booked", "dropped", "the appointment is cancelled"),
        ("appointment.cancelled", "dropped", "the patient was never told of the appointment"),
    ]


def test_a_cancellation_is_told_to_who_was_told_once_it_can_no_longer_be_undone(booked, catch, act, at):
    send_due()
    act("cancel")
    send_due()
    assert subjects(catch) == ["Votre rendez-vous"]
    at(NOW + mails.TIME_TO_UNDO + timedelta(seconds=1))
    send_due()
    assert subjects(catch) == ["Votre rendez-vous", "Votre rendez-vous est annulé"]
    assert "/r/" not in catch.mails[1].get_content()


def test_a_cancellation_taken_back_in_time_sends_nothing(booked, catch, act, at):
    send_due()
    act("cancel")
    act("restore")
    at(NOW + mails.TIME_TO_UNDO + timedelta(seconds=1))
    send_due()
    assert subjects(catch) == ["Votre rendez-vous"]


def test_a_cancellation_taken_back_too_late_is_told_as_a_new_appointment(booked, catch, act, at):
    send_due()
    act("cancel")
    at(NOW + mails.TIME_TO_UNDO + timedelta(seconds=1))
    send_due()
    act("restore")
    send_due()
    assert subjects(catch) == ["Votre rendez-vous", "Votre rendez-vous est annulé", "Votre rendez-vous"]


def test_cancelled_and_taken_back_before_any_mail_left_is_one_mail(booked, catch, act, at):
    act("cancel")
    act("restore")
    at(NOW + mails.TIME_TO_UNDO + timedelta(seconds=1))
    send_due()
    assert subjects(catch) == ["Votre rendez-vous"]


def test_a_move_is_told_to_who_was_told(booked, catch, change):
    send_due()
    change(version=0, local_start="2026-11-24T09:00")
    send_due()
    assert subjects(catch) == ["Votre rendez-vous", "Votre rendez-vous a changé d’horaire"]
    assert "le mardi 24 novembre 2026 à 09:00" in catch.mails[1].get_content()
    assert len({mail["Message-ID"] for mail in catch.mails}) == 2


def test_a_move_before_the_mail_left_is_one_mail_with_the_new_time(booked, catch, change):
    change(version=0, local_start="2026-11-24T09:00")
    send_due()
    assert subjects(catch) == ["Votre rendez-vous"]
    assert "le mardi 24 novembre 2026 à 09:00" in catch.mails[0].get_content()


def test_another_length_or_note_is_not_told_and_does_not_stop_the_mail(booked, catch, change):
    change(version=0, minutes=40)
    change(version=1, note="vu au téléphone")
    send_due()
    assert subjects(catch) == ["Votre rendez-vous"]


def test_an_english_reader_is_written_to_in_english(book, catch, patient):
    patient.language = "en"
    patient.save()
    book("2026-11-23T14:05", patient=str(patient.pk))
    send_due()
    assert "on Monday 23 November 2026 at 14:05" in catch.mails[0].get_content()


def test_a_centre_whose_address_has_odd_letters_still_books_and_writes(book, catch, patient, site):
    site.alias, site.address, site.phone = "<Gare> {alias}\nBcc: x@y", "1\r\nrue", "tél. 02 47"
    site.save()
    assert book("2026-11-23T14:05", patient=str(patient.pk)).status_code == 201
    send_due()
    assert "Lieu : Gare alias Bcc: x y, 1 rue\n" in catch.mails[0].get_content().replace("\r\n", "\n")
