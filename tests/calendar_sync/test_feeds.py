"""The address of a calendar: shown once, neutral, revocable, cheap to read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from calendar_sync.models import Feed
from coordination.accounts.models import Membership
from coordination.agenda.models import Appointment, AppointmentType
from coordination.audit.models import Entry
from coordination.base.models import IdempotencyAnswer
from coordination.base.text import words
from tests.agenda.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed(client_of, doctor, doctors):
    """What the doctor was answered: the address, and its id."""
    return client_of(doctor).post("/api/feeds", {"agenda": str(doctors.pk)}).json()


@pytest.fixture
def read(feed):
    """Reads the address as a calendar application does."""
    path = feed["address"].removeprefix("http://localhost:8000")
    return lambda method="get", **headers: getattr(Client(), method)(path, headers=headers)


def test_the_doctor_gets_an_address_that_is_shown_once(client_of, doctor, doctors):
    answer = client_of(doctor).post("/api/feeds", {"agenda": str(doctors.pk)})
    kept = Feed.objects.get()
    shown = answer.json()
    assert answer.status_code == 201
    assert shown == {
        "id": str(kept.pk),
        "agenda": {"id": str(doctors.pk), "name": "Dr Roux"},
        "created_at": shown["created_at"],
        "last_read_at": None,
        "address": shown["address"],
    }
    assert shown["address"].startswith("http://localhost:8000/ics/")
    listed = client_of(doctor).get("/api/feeds").json()
    assert listed == {"items": [{name: value for name, value in shown.items() if name != "address"}]}
    assert kept.digest not in shown["address"]
    assert Entry.objects.filter(kind="feed.opened", actor_id=doctor.pk).count() == 1


def test_a_retry_has_the_same_answer_without_the_address_which_is_kept_nowhere(client_of, doctor, doctors):
    first, again = (client_of(doctor).post("/api/feeds", {"agenda": str(doctors.pk)}, key="feed-of-roux") for _ in "ab")
    assert first.json()["address"].startswith("http://localhost:8000/ics/")
    assert (again.status_code, again.json()) == (201, {**first.json(), "address": ""})
    assert b"/ics/" not in bytes(IdempotencyAnswer.objects.get().body)
    assert Feed.objects.count() == 1


def test_the_calendar_is_neutral(book, read, patient, centre):
    kind = AppointmentType.objects.create(organisation=centre, name="Pansement", minutes=20)
    book("2026-11-23T14:05", patient=str(patient.pk), type=str(kind.pk), note="plaie du pied")
    shown = read()
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    text = shown.content.decode()
    assert "SUMMARY:Rendez-vous\r\n" in text
    assert "DTSTART;TZID=Europe/Paris:20261123T140500\r\n" in text
    assert "LOCATION:Site de la Gare\r\n" in text
    said = set(words(text))
    assert not said & {"durand", "marie", "pansement", "plaie", "pied", "martine", "1957", "0612345678"}


def test_what_is_cancelled_or_out_of_the_twelve_months_is_left_out(book, read, client_of, secretary):
    cancelled = book("2026-11-23T14:05").json()
    client_of(secretary).post(f"/api/appointments/{cancelled['id']}/cancel")
    book("2026-10-01T09:00")
    book("2027-11-30T09:00")
    inside = book("2026-11-24T09:00").json()
    text = read().content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert f"UID:{inside['id']}" in text


def test_a_move_keeps_the_uid_and_raises_the_sequence(book, read, client_of, secretary):
    booked = book("2026-11-23T14:05").json()
    assert "SEQUENCE:0" in read().content.decode()
    client_of(secretary).patch(f"/api/appointments/{booked['id']}", {"version": 0, "local_start": "2026-11-24T09:00"})
    text = read().content.decode()
    assert f"UID:{booked['id']}" in text
    assert "SEQUENCE:1" in text


def test_a_reader_that_has_it_already_is_told_so(book, read, client_of, secretary):
    booked = book("2026-11-23T14:05").json()
    first = read()
    again = read(if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    client_of(secretary).patch(f"/api/appointments/{booked['id']}", {"version": 0, "minutes": 30})
    assert read(if_none_match=first.headers["ETag"]).status_code == 200


def test_a_head_request_is_answered_without_the_calendar(book, read):
    book("2026-11-23T14:05")
    head, whole = read("head"), read()
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_is_only_read(read, method):
    assert read(method).status_code == 405


def test_reading_is_noted_to_the_minute(read, at):
    read()
    assert Feed.objects.get().last_read_at == NOW
    at(NOW + timedelta(seconds=30))
    read()
    assert Feed.objects.get().last_read_at == NOW
    at(NOW + timedelta(seconds=90))
    read()
    assert Feed.objects.get().last_read_at == NOW + timedelta(seconds=90)


def test_a_revoked_address_is_gone_at_once(client_of, doctor, feed, read):
    assert client_of(doctor).delete(f"/api/feeds/{feed['id']}").status_code == 204
    assert read().status_code == 404
    assert client_of(doctor).get("/api/feeds").json() == {"items": []}
    assert client_of(doctor).delete(f"/api/feeds/{feed['id']}").status_code == 204
    assert Entry.objects.filter(kind="feed.revoked").count() == 1


def test_an_unknown_address_is_not_found(db):
    assert Client().get("/ics/unknown.ics").status_code == 404


def test_when_the_person_leaves_the_address_is_gone(read, doctor):
    Membership.objects.filter(person=doctor).update(valid_until=datetime(2026, 11, 20, tzinfo=UTC))
    assert read().status_code == 404


def test_another_person_neither_sees_nor_revokes_it(client_of, secretary, feed):
    assert client_of(secretary).get("/api/feeds").json() == {"items": []}
    assert client_of(secretary).delete(f"/api/feeds/{feed['id']}").status_code == 404
    assert Feed.objects.live().count() == 1


def test_a_stranger_gets_no_address_of_an_agenda(client_of, stranger, doctors):
    assert client_of(stranger).post("/api/feeds", {"agenda": str(doctors.pk)}).status_code == 404
    assert not Feed.objects.exists()


def test_ten_addresses_of_one_agenda_are_enough(client_of, doctor, doctors):
    for _ in range(10):
        client_of(doctor).post("/api/feeds", {"agenda": str(doctors.pk)})
    refused = client_of(doctor).post("/api/feeds", {"agenda": str(doctors.pk)})
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_feeds")


def test_the_first_reading_of_an_hour_from_each_place_is_in_the_access_log(feed, doctor):
    path = feed["address"].removeprefix("http://localhost:8000")
    for address in ("192.0.2.1", "192.0.2.1", "198.51.100.7"):
        Client().get(path, REMOTE_ADDR=address)
    entries = Entry.objects.filter(kind="feed.read", actor_id=doctor.pk)
    assert sorted(entries.values_list("address", flat=True)) == ["192.0.2.1", "198.51.100.7"]


def test_reading_takes_the_same_queries_however_many_appointments(
    read, centre, site, doctors, django_assert_num_queries
):
    from coordination.agenda.models import Occupation

    def add(number):
        appointment = Appointment(organisation=centre, site=site, time_zone="Europe/Paris")
        appointment.plan(datetime(2026, 11, 23, 8) + timedelta(minutes=20 * number), 20)
        appointment.save()
        during = (appointment.starts_at, appointment.ends_at)
        Occupation.objects.create(appointment=appointment, agenda=doctors, during=during)

    add(0)
    read()
    with django_assert_num_queries(5):
        read()
    for number in range(1, 40):
        add(number)
    with django_assert_num_queries(5):
        assert read().content.count(b"BEGIN:VEVENT") == 40


def test_an_english_reader_has_english_titles(book, read, doctor):
    doctor.language = "en"
    doctor.save()
    book("2026-11-23T14:05")
    assert "SUMMARY:Appointment" in read().content.decode()
