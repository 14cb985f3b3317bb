"""A mail that never arrived becomes somebody's to look into, once."""

import pytest

from coordination.base.action import acting
from coordination.streams.models import Event
from coordination.tasks.models import Task
from notifications.jobs import send_due
from notifications.models import Delivery
from notifications.signals import delivery_finished
from tests.notifications.conftest import catch

__all__ = ["catch"]
pytestmark = pytest.mark.django_db

ADDRESS = "marie.durand@example.org"


@pytest.fixture
def booked(book, patient, secretariat_queue):
    return book("2026-11-23T14:05", patient=str(patient.pk)).json()


def refused(catch, answer="550 5.1.1 no such user here"):
    catch.refuse[ADDRESS] = answer
    send_due()


def test_a_refused_address_becomes_a_task_of_the_secretariat(client_of, secretary, booked, catch, patient):
    refused(catch)
    [task] = client_of(secretary).get("/api/tasks", status="open").json()["items"]
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.address) == ("failed", ADDRESS)
    assert (task["title"], task["queue"]["name"]) == ("Mail non remis : vérifier l’adresse", "Secrétariat")
    assert task["note"] == (
        "Le mail au sujet du rendez-vous du 23/11/2026 à 14:05 n’est pas arrivé à marie.durand@example.org. "
        "Prévenez le patient autrement et corrigez son adresse."
    )
    assert task["patient"]["id"] == str(patient.pk)
    assert task["origin"] == {"kind": "delivery", "id": str(delivery.pk), "label": ""}
    assert (task["due_on"], task["created_by"]) == ("2026-11-21", None)


def test_the_same_failure_told_twice_makes_one_task(booked, catch):
    refused(catch)
    send_due()
    with acting():
        delivery_finished.send(Delivery, delivery=Delivery.objects.get())
    assert Task.objects.count() == 1


def test_what_was_delivered_or_may_still_be_makes_none(booked, catch):
    refused(catch, "450 4.2.0 try again later")
    assert Delivery.objects.get().status == "due"
    catch.refuse.clear()
    Delivery.objects.update(due_at="2026-11-21T18:00Z")
    send_due()
    assert Delivery.objects.get().status == "sent"
    assert not Task.objects.exists()


def test_without_a_secretariat_it_goes_to_coordination(book, patient, coordination_queue, catch):
    book("2026-11-23T14:05", patient=str(patient.pk))
    refused(catch)
    assert Task.objects.get().queue == coordination_queue


def test_without_any_such_queue_the_mail_still_ends(book, patient, catch):
    book("2026-11-23T14:05", patient=str(patient.pk))
    refused(catch)
    assert Delivery.objects.get().status == "failed"
    assert not Task.objects.exists()


def test_the_story_is_told_how_a_mail_ended(booked, catch, care_team):
    send_due()
    told = Event.objects.filter(stream_id=care_team.pk).latest("seq")
    assert (told.kind, told.data) == ("story.changed", {"what": "mail", "id": str(Delivery.objects.get().pk)})
