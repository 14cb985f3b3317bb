"""The demo centre."""

import time

import pytest
from stdnum.fr import nir

from coordination.accounts.models import Organisation, Person
from coordination.agenda.models import Appointment
from coordination.patients.models import CareTeam, Patient
from coordination.project.demo import create_demo
from coordination.protocols.library import load_library
from coordination.protocols.models import Plan
from messaging.models import Conversation


@pytest.fixture
def demo(db):
    load_library()
    began = time.monotonic()
    assert create_demo()
    return time.monotonic() - began


def test_the_demo_centre_is_whole_quick_and_made_once(demo, client_of):
    assert demo < 15
    assert not create_demo()
    assert (Person.objects.count(), Patient.objects.count()) == (15, 300)
    assert Appointment.objects.count() > 500
    assert Conversation.objects.count() > 30
    assert Plan.objects.count() == 3


def test_every_matricule_of_the_demo_is_a_test_one_with_a_right_key(demo):
    with_one = Patient.objects.exclude(matricule=None)
    assert with_one.count() > 100
    assert all(nir.is_valid(patient.matricule) for patient in with_one)
    assert {patient.matricule_oid for patient in with_one} == {"1.2.250.1.213.1.4.10"}
    assert not Patient.objects.filter(matricule=None).exclude(matricule_oid="").exists()


def test_marie_durand_is_always_there_and_in_the_care_of_those_of_her_story(demo, client_of):
    nurse, secretary = Person.objects.get(login="awa.diallo"), Person.objects.get(login="martine.dubois")
    found = client_of(secretary).get("/api/patients", q="durand marie").json()["items"]
    assert [(one["name"], one["birth_date"], one["in_care"]) for one in found] == [("DURAND Marie", "1957-03-12", True)]
    page = client_of(nurse).get(f"/api/patients/{found[0]['id']}").json()
    members = [(one["person"] or one["team"])["name"] for one in page["circle"]["members"]]
    assert sorted(members) == ["Awa Diallo", "Dr Claire Roux", "Infirmerie", "Nina Perrin", "Secrétariat"]
    assert page["conversation_id"] is None


def test_the_administrator_of_the_demo_sees_no_patient(demo, client_of):
    administrator = client_of(Person.objects.get(login="anne.girard"))
    assert administrator.get("/api/patients").json()["items"] == []
    assert administrator.get("/api/patients", q="durand").status_code == 403
    assert administrator.get(f"/api/patients/{Patient.objects.first().pk}").status_code == 404
    assert all(one["kind"] != "patient" for one in administrator.get("/api/conversations").json()["items"])


def test_a_follow_up_of_the_demo_can_be_transferred_to_the_other_site(demo, client_of):
    doctor = client_of(Person.objects.get(login="claire.roux"))
    marie = Patient.objects.get(birth_name="DURAND", birth_given_names="Marie", birth_date="1957-03-12")
    page = doctor.get(f"/api/patients/{marie.pk}").json()
    assert (page["circle"]["entity"]["name"], len(page["consents"])) == ("Site des Tilleuls", 1)
    station = Organisation.objects.get(name="Site de la Gare")
    preview = doctor.get(f"/api/patients/{marie.pk}/transfer", to=str(station.pk)).json()
    assert {(line["person"] or line["team"])["name"] for line in preview["leaving"]} == {"Awa Diallo", "Infirmerie"}
    assert [team["name"] for team in preview["joining"]] == ["Infirmerie de la Gare"]


def test_the_social_circle_of_the_demo_is_its_own(demo, client_of):
    circle = CareTeam.objects.get(circle="social")
    worker, doctor = (client_of(Person.objects.get(login=login)) for login in ("karim.benali", "claire.roux"))
    path = f"/api/conversations/{circle.conversation_id}/messages"
    assert worker.get(path).json()["items"][0]["body"].startswith("Dossier de logement")
    assert doctor.get(path).status_code == 404
