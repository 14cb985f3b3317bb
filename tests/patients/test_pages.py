"""Opening, creating and correcting patients, and their circles."""

from datetime import timedelta
from uuid import uuid4

import pytest

from coordination.accounts.models import Person
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.base.action import acting
from coordination.base.encryption import keyed_hash
from coordination.patients.actions import NewMember, edit_patient, join_circle, leave_circle, tell_story
from coordination.patients.models import CareTeamMember, Patient
from coordination.patients.queries import may_join_circles
from coordination.streams.models import Event
from tests.conftest import make_patient

NEW = {"birth_name": "Fontaine", "given_names": "Éloïse", "birth_date": "1990-05-04", "sex": "F"}


def test_the_page_of_a_patient_in_my_care(client_of, secretary, patient, care_team, doctor, secretariat):
    body = client_of(secretary).get(f"/api/patients/{patient.pk}").json()
    circle = body.pop("circle")
    members = circle.pop("members")
    assert circle == {"id": str(care_team.pk), "circle": "health", "entity": None}
    assert body == {
        "id": str(patient.pk),
        "name": "DURAND Marie",
        "birth_date": "1957-03-12",
        "age": patient.age,
        "sex": "F",
        "identity_status": "PROV",
        "birth_name": "Durand",
        "used_name": "",
        "given_names": "Marie",
        "used_given_name": "",
        "phone": "06 12 34 56 78",
        "email": "marie.durand@example.org",
        "email_consent": True,
        "postcode": "00000",
        "city": "Exemple",
        "deceased_on": None,
        "access": {"kind": "care_team", "until": None, "reason": ""},
        "circles": [circle],
        "consents": [],
        "oppositions": [],
        "conversation_id": None,
        "record_links": [],
        "heads": {str(care_team.pk): 3},
    }
    shown = {(one["role"], one["role_label"], (one["person"] or one["team"])["name"]) for one in members}
    assert shown == {
        ("medecin_traitant", "Médecin traitant", "Dr Claire Roux"),
        ("ide", "Infirmier", "Awa Diallo"),
        ("secretariat", "Secrétariat", "Secrétariat"),
    }
    assert Entry.objects.filter(kind="patient.read", actor_id=secretary.pk, patient_id=patient.pk).count() == 1


@pytest.mark.parametrize("who", ["outsider", "stranger", "administrator"])
def test_someone_outside_the_care_team_does_not_open_the_page(request, client_of, patient, who):
    person = request.getfixturevalue(who)
    assert client_of(person).get(f"/api/patients/{patient.pk}").json()["code"] == "not_found"
    assert client_of(person).patch(f"/api/patients/{patient.pk}", {"city": "Ailleurs"}).status_code == 404
    assert not Entry.objects.filter(kind="patient.read").exists()


def test_a_nurse_creates_a_patient_and_cares_for_them(client_of, nurse):
    answer = client_of(nurse).post("/api/patients", {**NEW, "phone": "06 39 98 00 00", "city": "Exemple"})
    assert answer.status_code == 201
    body = answer.json()
    assert (body["name"], body["circle"]["members"][0]["person"]["name"]) == ("FONTAINE Éloïse", "Awa Diallo")
    assert [one["id"] for one in client_of(nurse).get("/api/patients", q="eloise").json()["items"]] == [body["id"]]
    assert Entry.objects.filter(kind="patient.created", patient_id=body["id"]).exists()


def test_a_retried_creation_makes_one_patient(client_of, nurse):
    browser = client_of(nurse)
    first = browser.post("/api/patients", NEW, key="creation-1").json()
    assert browser.post("/api/patients", NEW, key="creation-1").json() == first
    assert Patient.objects.count() == 1


def test_the_circle_named_at_creation_sees_the_patient(client_of, nurse, secretary, secretariat, doctor):
    members = [{"team": str(secretariat.pk), "role": "secretariat"}, {"person": str(doctor.pk)}]
    created = client_of(secretary).post("/api/patients", {**NEW, "members": members}).json()
    roles = {one["role"] for one in created["circle"]["members"]}
    assert roles == {"secretariat", "medecin_traitant"}
    assert client_of(nurse).get(f"/api/patients/{created['id']}").status_code == 404


def test_a_circle_takes_only_people_of_the_centre(client_of, nurse, stranger):
    answer = client_of(nurse).post("/api/patients", {**NEW, "members": [{"person": str(stranger.pk)}]})
    assert (answer.status_code, set(answer.json()["fields"])) == (422, {"members"})
    assert not Patient.objects.exists()


def test_the_same_traits_are_refused_until_said_to_be_someone_else(client_of, nurse, patient):
    same = {"birth_name": "DURAND", "given_names": "Marie Anne", "birth_date": "1957-03-12", "sex": "F"}
    refusal = client_of(nurse).post("/api/patients", same)
    assert (refusal.status_code, refusal.json()["code"]) == (409, "patient_exists")
    assert refusal.json()["detail"].startswith("DURAND Marie, né(e) le 12/03/1957, a déjà une fiche.")
    assert client_of(nurse).post("/api/patients", {**same, "is_someone_else": True}).status_code == 201


@pytest.mark.parametrize(
    ("typed", "grades"),
    [
        ({"birth_name": "Durant", "given_names": "Marie", "birth_date": "1957-03-12"}, ["probable"]),
        ({"birth_name": "Durand", "given_names": "Marie", "birth_date": "1957-12-03"}, ["probable"]),
        ({"birth_name": "Autre", "given_names": "Marie", "birth_date": "1957-03-12"}, ["possible"]),
        (
            {"birth_name": "Durand", "given_names": "Zoé", "birth_date": "2001-01-01", "phone": "0612345678"},
            ["possible"],
        ),
        ({"birth_name": "Autre", "given_names": "Personne", "birth_date": "1957-03-12"}, []),
    ],
)
def test_possible_duplicates_are_shown_before_saving(client_of, nurse, patient, typed, grades):
    items = client_of(nurse).get("/api/patients/candidates", **typed, sex="F").json()["items"]
    assert [one["grade"] for one in items] == grades


def test_who_may_not_edit_patients_neither_creates_nor_compares(client_of, administrator):
    assert client_of(administrator).post("/api/patients", NEW).status_code == 403
    assert client_of(administrator).get("/api/patients/candidates", **NEW).status_code == 403


def test_comparing_shows_identities_so_it_takes_their_right_and_is_audited(client_of, nurse, patient):
    typed = {"birth_name": "Durand", "given_names": "Marie", "birth_date": "1957-03-12", "sex": "F"}
    assert client_of(nurse).get("/api/patients/candidates", **typed).status_code == 200
    entry = Entry.objects.filter(kind="patient.searched").get()
    assert (entry.actor_id, entry.detail) == (nurse.pk, {"found": 1})
    role = nurse.memberships.get().role
    role.rights.remove("patient.identify")
    role.save()
    assert client_of(nurse).get("/api/patients/candidates", **typed).status_code == 403


def test_a_correction_made_from_an_older_screen_keeps_what_others_corrected_meanwhile(
    client_of, nurse, doctor, patient
):
    client_of(doctor).patch(f"/api/patients/{patient.pk}", {"phone": "06 39 98 77 66"})
    edit_patient(patient, by=nurse, changes={"city": "Ailleurs"})
    patient.refresh_from_db()
    assert (patient.phone, patient.city) == ("06 39 98 77 66", "Ailleurs")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("birth_date", "2999-01-01"),
        ("birth_date", "1800-01-01"),
        ("birth_date", "hier"),
        ("birth_name", "  "),
        ("birth_name", "1234"),
        ("sex", "X"),
        ("email", "pas une adresse"),
        ("phone", "<script>"),
        ("postcode", "7500"),
    ],
)
def test_bad_fields_are_named(client_of, nurse, field, value):
    answer = client_of(nurse).post("/api/patients", {**NEW, field: value})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


def test_a_corrected_phone_is_found_at_once_and_the_old_one_no_more(client_of, nurse, patient, care_team):
    browser = client_of(nurse)
    changed = browser.patch(f"/api/patients/{patient.pk}", {"phone": "06 39 98 77 66"})
    assert changed.json()["phone"] == "06 39 98 77 66"
    assert browser.get("/api/patients", q="7766").json()["items"]
    assert not browser.get("/api/patients", q="0612345678").json()["items"]
    assert Event.objects.filter(stream_id=care_team.pk, kind="patient.changed").count() == 1
    changes = Entry.objects.get(kind="patient.changed").detail["changes"]
    assert changes == {"phone": ["06 12 34 56 78", "06 39 98 77 66"]}


def test_changing_a_strict_trait_takes_the_qualification_away(client_of, nurse, patient):
    patient.ins_recovered = patient.identity_checked = True
    patient.matricule, patient.matricule_oid = "257034512345694", "1.2.250.1.213.1.4.10"
    patient.matricule_hash = keyed_hash("x")
    patient.save()
    assert (
        client_of(nurse).patch(f"/api/patients/{patient.pk}", {"city": "Ailleurs"}).json()["identity_status"] == "QUAL"
    )
    body = client_of(nurse).patch(f"/api/patients/{patient.pk}", {"birth_date": "1957-03-13"}).json()
    assert body["identity_status"] == "PROV"
    patient.refresh_from_db()
    assert (patient.matricule, patient.matricule_oid, patient.matricule_hash) == (None, "", "")


def test_the_matricule_never_leaves_with_the_page(client_of, nurse, patient):
    patient.matricule = "257034512345694"
    patient.save()
    assert b"257034512345694" not in client_of(nurse).get(f"/api/patients/{patient.pk}").content


def test_whoever_leaves_the_circle_no_longer_sees_the_patient(client_of, nurse, doctor, patient, care_team):
    member = care_team.members.get(person=nurse)
    before = nurse.access_epoch
    leave_circle(member, by=doctor)
    assert client_of(nurse).get(f"/api/patients/{patient.pk}").status_code == 404
    assert Person.objects.get(pk=nurse.pk).access_epoch == before + 1
    assert may_join_circles(nurse.pk, [care_team.pk]) == {}


def test_a_circle_is_followed_until_the_line_or_the_right_ends(nurse, secretary, outsider, stranger, care_team):
    until = clock.now() + timedelta(days=3)
    care_team.members.filter(person=nurse).update(until=until)
    assert may_join_circles(nurse.pk, [care_team.pk, uuid4()]) == {care_team.pk: until}
    sooner = clock.now() + timedelta(days=1)
    nurse.memberships.update(valid_until=sooner)
    assert may_join_circles(nurse.pk, [care_team.pk]) == {care_team.pk: sooner}
    assert may_join_circles(secretary.pk, [care_team.pk]) == {care_team.pk: None}
    assert may_join_circles(outsider.pk, [care_team.pk]) == may_join_circles(stranger.pk, [care_team.pk]) == {}


def test_a_line_that_has_not_begun_or_has_ended_gives_nothing(client_of, outsider, doctor, patient, care_team):
    now = clock.now()
    for since, until in ((now + timedelta(hours=1), None), (now - timedelta(days=2), now - timedelta(days=1))):
        CareTeamMember.objects.create(care_team=care_team, person=outsider, since=since, until=until)
    assert client_of(outsider).get(f"/api/patients/{patient.pk}").status_code == 404
    join_circle(care_team, NewMember("mk", person=outsider), by=doctor)
    assert client_of(outsider).get(f"/api/patients/{patient.pk}").status_code == 200


def test_a_story_is_told_to_every_circle_of_the_patient(patient, care_team, nurse):
    with acting():
        tell_story(patient.pk, "task", "42", nurse.pk)
    event = Event.objects.filter(stream_id=care_team.pk).latest("seq")
    assert (event.kind, event.data, event.actor_id) == ("story.changed", {"what": "task", "id": "42"}, nurse.pk)


def test_a_patient_of_nobody_is_seen_by_nobody(client_of, nurse, centre):
    alone = make_patient(centre, "SEUL", "Jean")
    assert client_of(nurse).get(f"/api/patients/{alone.pk}").status_code == 404
