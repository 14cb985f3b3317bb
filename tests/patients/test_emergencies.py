"""Break-glass: one circle, for an hour, for a reason, and everybody concerned is told at once."""

from datetime import timedelta

import pytest

from coordination.accounts.models import Organisation, Person
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.patients.actions import NewMember, join_circle, open_circle
from coordination.patients.agreements import Agreed, Refusal, record_consent, record_opposition
from coordination.patients.emergencies import break_glass, end_emergency
from coordination.patients.errors import OpenToYou, Opposed, OtherCircle
from coordination.patients.models import CareTeam, CareTeamMember, Consent, Opposition, Patient
from coordination.patients.queries import may_join_circles
from coordination.streams.models import Event
from coordination.tasks.models import Task
from messaging.followers import may_join
from messaging.models import Conversation
from tests.conftest import make_person

REASON = "Malaise à l’accueil, antécédents inconnus"


@pytest.fixture
def emergency_url(patient):
    return f"/api/patients/{patient.pk}/break-glass"


@pytest.fixture
def social_worker(centre):
    return make_person(centre, "Karim Benali", "assistant_social", "Assistant social", "soignant")


@pytest.fixture
def social_circle(patient, care_team, social_worker):
    circle = open_circle(patient, by=social_worker, circle="social")
    join_circle(circle, NewMember("assistant_social", person=social_worker), by=social_worker)
    return circle


def test_who_a_patient_is_may_be_known_without_their_file(client_of, outsider, nurse, patient):
    body = client_of(outsider).get(f"/api/patients/{patient.pk}/identity").json()
    assert body == {
        "id": str(patient.pk),
        "name": "DURAND Marie",
        "birth_date": "1957-03-12",
        "age": patient.age,
        "sex": "F",
        "identity_status": "PROV",
        "in_care": False,
        "may_break_glass": True,
    }
    assert Entry.objects.get(kind="patient.identified").actor_id == outsider.pk
    mine = client_of(nurse).get(f"/api/patients/{patient.pk}/identity").json()
    assert (mine["in_care"], mine["may_break_glass"]) == (True, False)


@pytest.mark.parametrize("who", ["stranger", "administrator", "ended"])
def test_who_may_not_look_patients_up_learns_nothing(request, client_of, patient, emergency_url, who):
    browser = client_of(request.getfixturevalue(who))
    assert browser.get(f"/api/patients/{patient.pk}/identity").status_code in {401, 404}
    assert browser.post(emergency_url, {"reason": REASON}).status_code in {401, 404}
    assert not Entry.objects.filter(kind__in=["patient.identified", "break_glass.begun"]).exists()


def test_an_emergency_opens_the_care_circle_for_an_hour(client_of, outsider, patient, care_team, emergency_url):
    before = clock.now()
    answer = client_of(outsider).post(emergency_url, {"reason": REASON})
    line = CareTeamMember.objects.get(basis="emergency")
    assert answer.status_code == 201
    assert before + timedelta(minutes=59) < line.until <= clock.now() + timedelta(minutes=60)
    page = client_of(outsider).get(f"/api/patients/{patient.pk}").json()
    assert page["access"] == {"kind": "break_glass", "until": answer.json()["until"], "reason": REASON}
    assert may_join_circles(outsider.pk, [care_team.pk]) == {care_team.pk: line.until}
    assert all(one["person"] is None or one["person"]["id"] != str(outsider.pk) for one in page["circle"]["members"])
    assert Entry.objects.get(kind="break_glass.begun").detail == {"circle": "health"}


def test_once_the_hour_is_over_nothing_is_open(client_of, outsider, patient, care_team, conversation, emergency_url):
    client_of(outsider).post(emergency_url, {"reason": REASON})
    assert may_join(outsider.pk, [conversation.pk])
    CareTeamMember.objects.filter(basis="emergency").update(until=clock.now())
    assert client_of(outsider).get(f"/api/patients/{patient.pk}").status_code == 404
    assert may_join_circles(outsider.pk, [care_team.pk]) == may_join(outsider.pk, [conversation.pk]) == {}


def test_it_may_be_ended_before_and_its_sockets_are_asked_again(client_of, outsider, nurse, patient, emergency_url):
    assert client_of(nurse).post(f"{emergency_url}/end").status_code == 404
    client_of(outsider).post(emergency_url, {"reason": REASON})
    assert client_of(outsider).post(f"{emergency_url}/end").status_code == 204
    assert client_of(outsider).get(f"/api/patients/{patient.pk}").status_code == 404
    assert Person.objects.get(pk=outsider.pk).access_epoch == outsider.access_epoch + 1
    assert Entry.objects.filter(kind="break_glass.ended", actor_id=outsider.pk).exists()


def test_the_people_of_the_circle_are_told_at_once_and_nobody_else(
    outsider, nurse, doctor, secretary, second_secretary, administrator, patient, care_team
):
    line = break_glass(patient, reason=REASON, by=outsider)
    told = Event.objects.filter(kind="access.emergency")
    assert {event.stream_id for event in told} == {nurse.pk, doctor.pk, secretary.pk, second_secretary.pk}
    data = told.first().data
    assert (data["patient"]["name"], data["by"]["name"], data["reason"]) == ("DURAND Marie", "Hugo Blanc", REASON)
    assert data["until"] == line.until.isoformat().replace("+00:00", "Z")
    assert Event.objects.filter(stream_id=care_team.pk, kind="story.changed").exists()


def test_it_stands_in_the_story(client_of, outsider, nurse, patient):
    break_glass(patient, reason=REASON, by=outsider)
    entry = client_of(nurse).get(f"/api/patients/{patient.pk}/story").json()["items"][0]
    assert (entry["kind"], entry["text"], entry["who"]["name"]) == ("emergency", REASON, "Hugo Blanc")


def test_the_security_referent_has_a_task_that_says_nothing_of_the_patient(
    centre, outsider, doctor, patient, coordination_queue
):
    Organisation.objects.update(security_referent=doctor)
    line = break_glass(patient, reason=REASON, by=outsider)
    task = Task.objects.get(origin_id=line.pk)
    assert (task.assignee, task.queue, task.patient, task.care_team) == (doctor, coordination_queue, None, None)
    assert task.title == "Vérifier l’accès en urgence de Hugo Blanc"
    assert "DURAND" not in task.note
    assert REASON not in task.note


def test_without_a_referent_the_task_waits_in_coordination_and_without_a_queue_there_is_none(
    outsider, doctor, patient, centre
):
    break_glass(patient, reason=REASON, by=outsider)
    assert not Task.objects.exists()


@pytest.mark.parametrize("reason", ["", "urgence", "   trop court   "[:12]])
def test_a_reason_is_asked_for_in_words(client_of, outsider, emergency_url, reason):
    assert set(client_of(outsider).post(emergency_url, {"reason": reason}).json()["fields"]) == {"reason"}
    assert not CareTeamMember.objects.filter(basis="emergency").exists()


def test_it_takes_both_rights(client_of, outsider, patient, emergency_url):
    role = outsider.memberships.get().role
    for rights in (["patient.identify", "patient.read"], ["patient.identify", "patient.break_glass"]):
        role.rights = rights
        role.save()
        assert client_of(outsider).post(emergency_url, {"reason": REASON}).json()["code"] == "refused"
        assert not client_of(outsider).get(f"/api/patients/{patient.pk}/identity").json()["may_break_glass"]
    assert not CareTeamMember.objects.filter(basis="emergency").exists()


def test_what_is_open_is_not_opened_again(nurse, outsider, patient):
    with pytest.raises(OpenToYou):
        break_glass(patient, reason=REASON, by=nurse)
    break_glass(patient, reason=REASON, by=outsider)
    with pytest.raises(OpenToYou):
        break_glass(patient, reason=REASON, by=Person.objects.get(pk=outsider.pk))


def test_it_opens_one_circle_and_never_that_of_another_trade(outsider, social_worker, social_circle, patient):
    for person, circle in ((outsider, "social"), (social_worker, "health"), (outsider, "occupational")):
        with pytest.raises(OtherCircle):
            break_glass(patient, reason=REASON, by=person, circle=circle)
    break_glass(patient, reason=REASON, by=outsider)
    seen = CareTeam.objects.visible_to(Person.objects.get(pk=outsider.pk))
    assert [one.circle for one in seen] == ["health"]


def test_circles_of_one_person_never_read_each_other(
    client_of, nurse, social_worker, social_circle, patient, care_team
):
    social = client_of(social_worker).get(f"/api/patients/{patient.pk}").json()
    assert [one["circle"] for one in social["circles"]] == ["social"]
    assert client_of(social_worker).get(f"/api/patients/{patient.pk}?circle=health").status_code == 404
    assert client_of(nurse).get(f"/api/patients/{patient.pk}?circle=social").status_code == 404
    assert may_join_circles(social_worker.pk, [care_team.pk, social_circle.pk]) == {social_circle.pk: None}
    written = client_of(social_worker).post(f"/api/patients/{patient.pk}/conversation").json()
    assert written["circle"] == "social"
    assert not Conversation.objects.visible_to(nurse).filter(pk=written["id"]).exists()


def test_who_opens_in_an_emergency_does_not_hand_it_over(client_of, outsider, nurse, administrator, patient, care_team):
    """An hour is an hour: nobody is brought in, taken out or transferred from there."""
    break_glass(patient, reason=REASON, by=outsider)
    browser, url = client_of(outsider), f"/api/patients/{patient.pk}/circle"
    line = care_team.members.get(person=nurse)
    assert browser.post(url, {"person": str(outsider.pk)}).status_code == 404
    assert browser.delete(f"{url}/{line.pk}").status_code == 404
    emergency = care_team.members.get(basis="emergency")
    assert client_of(nurse).delete(f"{url}/{emergency.pk}").status_code == 404


def test_whom_the_patient_refuses_opens_nothing(client_of, outsider, nurse, patient, care_team):
    now = clock.now()
    Opposition.objects.create(patient=patient, care_team=care_team, person=outsider, recorded_by=nurse, recorded_at=now)
    with pytest.raises(Opposed):
        break_glass(patient, reason=REASON, by=outsider)
    assert not client_of(outsider).get(f"/api/patients/{patient.pk}/identity").json()["may_break_glass"]
    assert not Patient.objects.visible_to(outsider).exists()


def test_ending_what_is_not_open_changes_nothing(outsider, patient):
    from coordination.base.errors import NotFound

    with pytest.raises(NotFound):
        end_emergency(patient, by=outsider)


def test_it_takes_a_recent_proof_of_who_asks_and_then_the_same_request_passes(client_of, outsider, emergency_url):
    browser = client_of(outsider)
    session, fresh = browser.http.session, browser.http.session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**proof, "at": proof["at"] - 3600} for proof in fresh]
    session.save()
    refused = browser.post(emergency_url, {"reason": REASON}, key="emergency-1")
    assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_required")
    assert not CareTeamMember.objects.filter(basis="emergency").exists()
    session["account_authentication_methods"] = fresh
    session.save()
    assert browser.post(emergency_url, {"reason": REASON}, key="emergency-1").status_code == 201


def test_an_emergency_takes_back_no_consent_and_neither_refuses_nor_lifts_a_refusal(
    client_of, doctor, nurse, outsider, patient, care_team
):
    consent = record_consent(care_team, Agreed("le suivi", "Hugo Blanc", clock.today(), "oral"), by=nurse)
    opposition = record_opposition(care_team, Refusal(person=nurse), by=doctor)
    break_glass(patient, reason=REASON, by=outsider)
    acts = {
        f"/api/consents/{consent.pk}/withdraw": {},
        f"/api/oppositions/{opposition.pk}/lift": {},
        f"/api/patients/{patient.pk}/oppositions": {"person": str(nurse.pk)},
    }
    assert client_of(outsider).get(f"/api/patients/{patient.pk}/consents").json()["items"]
    assert [client_of(outsider).post(path, body).status_code for path, body in acts.items()] == [404, 404, 404]
    assert (Consent.objects.in_force().get(), Opposition.objects.in_force().get()) == (consent, opposition)
    assert [client_of(doctor).post(path, body).status_code for path, body in acts.items()] == [200, 200, 201]
