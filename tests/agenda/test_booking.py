"""Booking, moving, confirming, cancelling: the database refuses two at once, and everybody sees it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from coordination.accounts.models import Absence
from coordination.agenda.models import Appointment, AppointmentMove, Occupation
from coordination.agenda.times import instant_of
from coordination.audit.models import Entry
from coordination.project.refused import KINDS
from coordination.streams.models import Event

pytestmark = pytest.mark.django_db


def events(stream):
    return list(Event.objects.filter(stream_id=stream).order_by("seq").values_list("kind", "data"))


def test_the_secretary_books_a_doctor_and_a_room(book, secretary, doctors, room, patient, consultation):
    answer = book(
        "2026-11-23T14:00",
        agendas=[doctors, room],
        patient=str(patient.pk),
        type=str(consultation.pk),
        note="apporte ses examens",
    )
    assert answer.status_code == 201
    booked = Appointment.objects.get()
    assert answer.json() == {
        "id": str(booked.pk),
        "agendas": sorted([str(doctors.pk), str(room.pk)]),
        "patient": {
            "id": str(patient.pk),
            "name": "DURAND Marie",
            "birth_date": "1957-03-12",
            "age": 69,
            "sex": "F",
            "identity_status": "PROV",
        },
        "type": {"id": str(consultation.pk), "name": "Consultation", "colour": "#0f766e"},
        "status": "booked",
        "local_start": "2026-11-23T14:00",
        "local_end": "2026-11-23T14:20",
        "minutes": 20,
        "time_zone": "Europe/Paris",
        "starts_at": "2026-11-23T13:00:00Z",
        "ends_at": "2026-11-23T13:20:00Z",
        "note": "apporte ses examens",
        "task_id": None,
        "booked_by": {
            "id": str(secretary.pk),
            "name": "Martine Dubois",
            "short": "Martine D.",
            "profession": "Secrétaire",
            "initials": "MD",
        },
        "version": 0,
    }
    assert list(booked.moves.values_list("kind", "status", "by")) == [("booked", "booked", secretary.pk)]
    assert Entry.objects.filter(kind="appointment.booked", patient_id=patient.pk, actor_id=secretary.pk).count() == 1


def test_each_agenda_hears_the_detail_and_its_neutral_stream_only_busy(book, doctors, room, patient):
    shown = book("2026-11-23T14:00", agendas=[doctors, room], patient=str(patient.pk)).json()
    for agenda in (doctors, room):
        assert events(agenda.pk) == [("appointment.changed", shown)]
        assert events(agenda.neutral_stream_id) == [
            (
                "busy.changed",
                {"id": shown["id"], "starts_at": shown["starts_at"], "ends_at": shown["ends_at"], "busy": True},
            )
        ]


def test_the_patients_circle_hears_that_there_is_something_new(book, patient, care_team):
    shown = book("2026-11-23T14:00", patient=str(patient.pk)).json()
    assert ("story.changed", {"what": "appointment", "id": shown["id"]}) in events(care_team.pk)


@pytest.mark.parametrize(
    ("start", "minutes"), [("13:50", 15), ("14:00", 20), ("14:05", 5), ("13:00", 120), ("14:19", 30)]
)
def test_an_overlap_is_refused_and_says_what_is_in_the_way(book, doctors, room, patient, start, minutes):
    first = book("2026-11-23T14:00", agendas=[doctors, room], patient=str(patient.pk)).json()
    refused = book(f"2026-11-23T{start}", agendas=[room], minutes=minutes)
    assert refused.status_code == 409
    assert refused.json() == {
        "code": "agenda_taken",
        "detail": "Salle 1 a déjà un rendez-vous de 14:00 à 14:20 (DURAND Marie).",
        "blocking": first,
    }
    assert Appointment.objects.count() == 1
    assert Occupation.objects.count() == 2


def test_the_same_request_sent_again_books_once(book):
    first = book("2026-11-23T14:00", key="the-same-key")
    again = book("2026-11-23T14:00", key="the-same-key")
    assert (again.status_code, again.json()) == (201, first.json())
    assert Appointment.objects.count() == 1


def test_two_that_touch_do_not_overlap(book):
    assert book("2026-11-23T14:00").status_code == 201
    assert book("2026-11-23T14:20").status_code == 201


def test_the_same_time_in_another_agenda_is_free(book, nurses):
    book("2026-11-23T14:00")
    assert book("2026-11-23T14:00", agendas=[nurses]).status_code == 201


def test_a_time_that_does_not_exist_is_refused_in_words(book):
    refused = book("2027-03-28T02:30")
    assert (refused.status_code, refused.json()["fields"]) == (
        422,
        {"local_start": "Cette heure n’existe pas ce jour-là : on passe à l’heure d’été."},
    )


def test_a_time_said_twice_is_the_first_of_the_two(book, at):
    assert book("2027-10-31T02:30").json()["starts_at"] == "2027-10-31T00:30:00Z"


@pytest.mark.parametrize(
    "bad",
    [
        {"local_start": "2026-11-23T14:00:00Z"},
        {"local_start": "2026-11-23T14:00+01:00"},
        {"local_start": "9999-12-31T23:59"},
        {"local_start": "demain"},
        {"minutes": 0},
        {"minutes": 10_000},
        {"agendas": []},
        {"note": "x" * 301},
        {"patient": str(uuid4())},
        {"type": str(uuid4())},
    ],
)
def test_what_cannot_be_booked_is_refused(client_of, secretary, doctors, bad):
    asked = {"agendas": [str(doctors.pk)], "local_start": "2026-11-23T14:00"} | bad
    refused = client_of(secretary).post("/api/appointments", asked)
    assert refused.status_code == 422
    assert list(refused.json()["fields"]) == list(bad)
    assert not Appointment.objects.exists()


def test_somebody_without_the_right_does_not_book_even_in_their_own_agenda(book, administrator, centre):
    from coordination.agenda.actions import open_agenda

    own = open_agenda(centre, kind="person", name="Anne", person=administrator)
    assert book("2026-11-23T14:00", by=administrator, agendas=[own]).status_code == 403


def test_an_agenda_of_another_centre_does_not_exist(book, stranger):
    assert book("2026-11-23T14:00", by=stranger).status_code == 404


def test_a_patient_of_another_centre_cannot_be_booked(book, other_centre):
    from tests.conftest import make_patient

    elsewhere = make_patient(other_centre, "Ailleurs", "Paul")
    assert book("2026-11-23T14:00", patient=str(elsewhere.pk)).status_code == 422


def test_a_task_out_of_sight_cannot_be_the_origin(book):
    assert book("2026-11-23T14:00", task_id=str(uuid4())).status_code == 404


def test_an_appointment_moves_and_its_old_time_is_free_again(book, client_of, secretary, doctors):
    booked = book("2026-11-23T14:00").json()
    moved = client_of(secretary).patch(
        f"/api/appointments/{booked['id']}", {"version": 0, "local_start": "2026-11-24T09:00", "minutes": 30}
    )
    assert moved.status_code == 200
    assert moved.json() == booked | {
        "local_start": "2026-11-24T09:00",
        "local_end": "2026-11-24T09:30",
        "minutes": 30,
        "starts_at": "2026-11-24T08:00:00Z",
        "ends_at": "2026-11-24T08:30:00Z",
        "version": 1,
    }
    assert events(doctors.pk)[-1] == ("appointment.changed", moved.json())
    assert book("2026-11-23T14:00").status_code == 201


def test_it_may_move_over_its_own_old_time(book, client_of, secretary):
    booked = book("2026-11-23T14:00").json()
    moved = client_of(secretary).patch(
        f"/api/appointments/{booked['id']}", {"version": 0, "local_start": "2026-11-23T14:10"}
    )
    assert moved.status_code == 200


def test_a_move_onto_another_is_refused_and_changes_nothing(book, client_of, secretary):
    book("2026-11-23T14:00")
    second = book("2026-11-23T15:00").json()
    refused = client_of(secretary).patch(
        f"/api/appointments/{second['id']}", {"version": 0, "local_start": "2026-11-23T14:10"}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "agenda_taken")
    assert client_of(secretary).get(f"/api/appointments/{second['id']}").json() == second


def test_a_move_of_what_somebody_else_moved_is_refused(book, client_of, secretary, second_secretary):
    booked = book("2026-11-23T14:00").json()
    path = f"/api/appointments/{booked['id']}"
    client_of(second_secretary).patch(path, {"version": 0, "minutes": 40})
    refused = client_of(secretary).patch(path, {"version": 0, "local_start": "2026-11-24T09:00"})
    assert (refused.status_code, refused.json()["code"]) == (409, "appointment_changed")


def test_an_agenda_that_it_leaves_hears_of_it(book, client_of, secretary, doctors, nurses):
    booked = book("2026-11-23T14:00").json()
    moved = (
        client_of(secretary)
        .patch(f"/api/appointments/{booked['id']}", {"version": 0, "agendas": [str(nurses.pk)]})
        .json()
    )
    assert moved["agendas"] == [str(nurses.pk)]
    assert events(doctors.pk)[-1] == events(nurses.pk)[-1] == ("appointment.changed", moved)
    assert events(doctors.neutral_stream_id)[-1][1]["busy"] is False
    assert events(nurses.neutral_stream_id)[-1][1]["busy"] is True


def test_confirming_is_noted_and_a_move_asks_again(book, client_of, secretary):
    booked = book("2026-11-23T14:00").json()
    path = f"/api/appointments/{booked['id']}"
    assert client_of(secretary).post(f"{path}/confirm").json()["status"] == "confirmed"
    again = client_of(secretary).post(f"{path}/confirm")
    assert (again.status_code, again.json()["detail"]) == (409, "Ce rendez-vous est déjà confirmé.")
    resized = client_of(secretary).patch(path, {"version": 0, "minutes": 30}).json()
    assert resized["status"] == "confirmed"
    moved = client_of(secretary).patch(path, {"version": 1, "local_start": "2026-11-24T14:00"}).json()
    assert moved["status"] == "booked"


def test_a_cancelled_one_gives_its_time_back_and_leaves_the_list(book, client_of, secretary, doctors):
    booked = book("2026-11-23T14:00").json()
    cancelled = client_of(secretary).post(f"/api/appointments/{booked['id']}/cancel")
    assert cancelled.json() == booked | {"status": "cancelled", "version": 1}
    assert events(doctors.neutral_stream_id)[-1][1]["busy"] is False
    week = {"from": "2026-11-23", "until": "2026-11-29"}
    assert client_of(secretary).get("/api/appointments", **week).json()["items"] == []
    shown = client_of(secretary).get("/api/appointments", **week, cancelled=1).json()["items"]
    assert shown == [cancelled.json()]
    assert book("2026-11-23T14:00").status_code == 201


def test_a_cancellation_is_taken_back_into_the_state_before(book, client_of, secretary):
    booked = book("2026-11-23T14:00").json()
    path = f"/api/appointments/{booked['id']}"
    client_of(secretary).post(f"{path}/confirm")
    client_of(secretary).post(f"{path}/cancel")
    restored = client_of(secretary).post(f"{path}/restore")
    assert restored.json() == booked | {"status": "confirmed", "version": 2}
    assert book("2026-11-23T14:00").status_code == 409
    kinds = AppointmentMove.objects.order_by("at", "pk").values_list("kind", flat=True)
    assert list(kinds) == ["booked", "confirmed", "cancelled", "restored"]


def test_a_cancellation_is_not_taken_back_when_the_time_went_to_another(book, client_of, secretary):
    path = f"/api/appointments/{book('2026-11-23T14:00').json()['id']}"
    client_of(secretary).post(f"{path}/cancel")
    book("2026-11-23T14:10")
    refused = client_of(secretary).post(f"{path}/restore")
    assert (refused.status_code, refused.json()["code"]) == (409, "agenda_taken")
    assert client_of(secretary).get(path).json()["status"] == "cancelled"


@pytest.mark.parametrize("act", ["confirm", "cancel"])
def test_a_cancelled_appointment_does_nothing_more(book, client_of, secretary, act):
    path = f"/api/appointments/{book('2026-11-23T14:00').json()['id']}"
    client_of(secretary).post(f"{path}/cancel")
    assert client_of(secretary).post(f"{path}/{act}").status_code == 409
    assert client_of(secretary).patch(path, {"version": 1, "minutes": 30}).status_code == 409


def test_one_that_is_not_cancelled_is_not_restored(book, client_of, secretary):
    path = f"/api/appointments/{book('2026-11-23T14:00').json()['id']}"
    assert client_of(secretary).post(f"{path}/restore").status_code == 409


@pytest.mark.parametrize(
    ("method", "tail", "body"),
    [
        ("get", "", None),
        ("patch", "", {"version": 0}),
        ("post", "/confirm", None),
        ("post", "/cancel", None),
        ("post", "/restore", None),
    ],
)
def test_a_stranger_knows_of_no_appointment(book, client_of, stranger, method, tail, body):
    path = f"/api/appointments/{book('2026-11-23T14:00').json()['id']}{tail}"
    acts = Entry.objects.exclude(kind__in=KINDS)
    before = acts.count()
    call = getattr(client_of(stranger), method)
    assert (call(path, body) if body else call(path)).status_code == 404
    assert acts.count() == before
    assert Appointment.objects.get().status == "booked"


def test_the_list_is_the_agendas_of_those_days_with_heads(book, client_of, secretary, doctors, nurses):
    monday = book("2026-11-23T14:00").json()
    book("2026-11-24T00:00")
    book("2026-11-23T14:00", agendas=[nurses])
    shown = client_of(secretary).get(
        "/api/appointments", **{"from": "2026-11-23", "until": "2026-11-23", "agendas": str(doctors.pk)}
    )
    assert shown.json() == {"items": [monday], "heads": {str(doctors.pk): 2}}


def test_the_list_takes_the_same_queries_however_many(
    book, client_of, secretary, doctors, room, patient, django_assert_max_num_queries
):
    for hour in range(8, 18):
        book(f"2026-11-23T{hour:02}:00", agendas=[doctors, room], patient=str(patient.pk))
    client = client_of(secretary)
    with django_assert_max_num_queries(9):
        shown = client.get("/api/appointments", **{"from": "2026-11-23", "until": "2026-11-29"})
    assert len(shown.json()["items"]) == 10


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-11-23", "until": "2026-11-22"},
        {"from": "2026-01-01", "until": "2026-12-31"},
        {"from": "0001-01-01", "until": "0001-01-02"},
        {"from": "2026-11-23", "until": "2026-11-23", "agendas": "x"},
        {"from": "2026-11-23"},
    ],
)
def test_a_list_that_makes_no_sense_is_refused(client_of, secretary, query):
    assert client_of(secretary).get("/api/appointments", **query).status_code == 422


def test_somebody_who_may_not_see_agendas_sees_none(book, client_of, administrator):
    book("2026-11-23T14:00")
    week = {"from": "2026-11-23", "until": "2026-11-29"}
    assert client_of(administrator).get("/api/appointments", **week).json() == {"items": [], "heads": {}}
    assert client_of(administrator).get("/api/agendas").json()["items"] == []


def test_the_columns_are_people_then_rooms(client_of, secretary, doctors, nurses, room, doctor, consultation):
    shown = client_of(secretary).get("/api/agendas").json()
    assert [column["name"] for column in shown["items"]] == ["Awa D.", "Dr Roux", "Salle 1"]
    assert shown["items"][2] == {
        "id": str(room.pk),
        "kind": "room",
        "name": "Salle 1",
        "colour": "#0f766e",
        "person": None,
        "site": {"id": str(room.site_id), "name": "Site de la Gare"},
    }
    assert shown["heads"] == {str(agenda.pk): 0 for agenda in (doctors, nurses, room)}
    assert shown["types"] == [{"id": str(consultation.pk), "name": "Consultation", "minutes": 20, "colour": "#0f766e"}]


def test_the_first_free_time_suits_every_agenda_and_avoids_absences(book, client_of, secretary, doctor, doctors, room):
    book("2026-11-23T08:00", agendas=[doctors], minutes=60)
    book("2026-11-23T09:00", agendas=[room], minutes=60)
    until = instant_of(datetime(2026, 11, 23, 12, 0), "Europe/Paris")
    Absence.objects.create(
        person=doctor, starts_at=instant_of(datetime(2026, 11, 23, 10, 0), "Europe/Paris"), ends_at=until
    )
    found = client_of(secretary).get(
        "/api/appointments/first-free", agendas=f"{doctors.pk},{room.pk}", minutes=30, **{"from": "2026-11-23"}
    )
    assert found.json() == {"local_start": "2026-11-23T12:00"}


def test_the_first_free_time_of_a_strangers_agenda_is_not_told(client_of, stranger, doctors):
    answer = client_of(stranger).get("/api/appointments/first-free", agendas=str(doctors.pk))
    assert answer.status_code == 404


@pytest.mark.parametrize("query", [{"agendas": ""}, {"agendas": "x"}, {"agendas": "", "from": "9999-12-31"}])
def test_a_first_free_time_of_nothing_is_refused(client_of, secretary, query):
    assert client_of(secretary).get("/api/appointments/first-free", **query).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_book_at_the_same_moment_one_succeeds_and_seven_are_told_why(
    book, secretary, doctors, room, nurses
):
    """Doctor and room in both orders: neither a double booking nor a deadlock."""
    together = Barrier(8)

    def attempt(number):
        agendas = [[doctors, room], [room, doctors], [room, nurses], [nurses, room]][number % 4]
        together.wait()
        try:
            return book("2026-11-23T14:00", agendas=agendas)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(attempt, range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"agenda_taken"}
    assert Appointment.objects.count() == 1
    assert Occupation.objects.count() == 2


def test_the_database_itself_refuses_an_overlap(book, doctors, secretary, centre):
    from django.db import IntegrityError, transaction

    first = book("2026-11-23T14:00").json()
    taken = Occupation.objects.get(appointment_id=first["id"])
    other = book("2026-11-23T15:00").json()
    with pytest.raises(IntegrityError, match="occupation_no_overlap"), transaction.atomic():
        Occupation.objects.filter(appointment_id=other["id"]).update(during=taken.during)
