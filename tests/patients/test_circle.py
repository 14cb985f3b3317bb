"""Who enters and leaves a patient's circle, and what follows for them."""

import pytest

from coordination.accounts.models import Person
from coordination.accounts.schemas import person_ref
from coordination.audit.models import Entry
from coordination.patients.models import CareTeamMember
from coordination.streams.models import Event


@pytest.fixture
def circle_url(patient):
    return f"/api/patients/{patient.pk}/circle"


def lines(care_team):
    return CareTeamMember.objects.current().filter(care_team=care_team)


def test_a_colleague_is_brought_in_and_sees_the_patient(client_of, nurse, outsider, patient, circle_url, care_team):
    answer = client_of(nurse).post(circle_url, {"person": str(outsider.pk), "why": "Rééducation après une chute"})
    line = lines(care_team).get(person=outsider)
    assert answer.status_code == 201
    assert answer.json() == {
        "id": str(line.pk),
        "person": person_ref(outsider).model_dump(mode="json"),
        "team": None,
        "role": "mk",
        "role_label": "Kinésithérapeute",
        "since": answer.json()["since"],
        "until": None,
        "why": "Rééducation après une chute",
        "added_by": person_ref(nurse).model_dump(mode="json"),
        "basis": {"kind": "same_team", "why": "", "consent": None},
    }
    assert client_of(outsider).get(f"/api/patients/{patient.pk}").status_code == 200
    assert Entry.objects.get(kind="circle.joined", subject_id=line.pk).actor_id == nurse.pk
    told = Event.objects.filter(stream_id=care_team.pk).latest("seq")
    assert (told.kind, told.data, told.actor_id) == ("circle.changed", {"id": str(care_team.pk)}, nurse.pk)


def test_a_team_is_brought_in_for_what_it_answers(client_of, nurse, doctor, coordination, circle_url):
    body = client_of(nurse).post(circle_url, {"team": str(coordination.pk)}).json()
    assert (body["team"], body["role"], body["role_label"]) == (
        {"id": str(coordination.pk), "name": "Coordination"},
        "coordinateur",
        "Coordinateur",
    )


def test_newcomers_are_told_of_the_conversation(client_of, nurse, outsider, circle_url, conversation):
    client_of(nurse).post(circle_url, {"person": str(outsider.pk)})
    told = Event.objects.get(stream_id=outsider.pk, kind="conversation.opened")
    assert told.data == {"id": str(conversation.pk)}
    assert [one["id"] for one in client_of(outsider).get("/api/conversations").json()["items"]] == [
        str(conversation.pk)
    ]


def test_who_belongs_already_is_not_brought_in_twice(client_of, nurse, doctor, secretariat, circle_url, care_team):
    for member in ({"person": str(doctor.pk)}, {"team": str(secretariat.pk)}):
        assert client_of(nurse).post(circle_url, member).status_code == 409
    body = client_of(nurse).post(circle_url, {"person": str(doctor.pk), "role": "cardiologue"}).json()
    assert body == {"code": "already_in_circle", "detail": "Dr Claire Roux : déjà dans le cercle de soins."}
    assert lines(care_team).count() == 3


def test_someone_of_a_team_may_also_be_named(client_of, nurse, secretary, circle_url):
    assert client_of(nurse).post(circle_url, {"person": str(secretary.pk)}).status_code == 201


@pytest.mark.parametrize("who", ["stranger", "ended"])
def test_only_those_who_work_at_the_centre_are_brought_in(request, client_of, nurse, circle_url, care_team, who):
    answer = client_of(nurse).post(circle_url, {"person": str(request.getfixturevalue(who).pk)})
    assert (answer.status_code, answer.json()["fields"]) == (
        422,
        {"person": "Indiquez une personne ou une équipe du centre."},
    )
    assert lines(care_team).count() == 3


def test_one_of_the_two_is_named_in_a_role_that_exists(client_of, nurse, outsider, secretariat, circle_url):
    both = {"person": str(outsider.pk), "team": str(secretariat.pk)}
    assert set(client_of(nurse).post(circle_url, both).json()["fields"]) == {"person"}
    assert set(client_of(nurse).post(circle_url, {}).json()["fields"]) == {"person"}
    odd = {"person": str(outsider.pk), "role": "patient"}
    assert client_of(nurse).post(circle_url, odd).json()["fields"] == {
        "role": "Ce rôle n’existe pas dans un cercle de soins."
    }


@pytest.mark.parametrize("who", ["outsider", "stranger", "administrator"])
def test_nobody_outside_the_circle_changes_it(request, client_of, nurse, circle_url, care_team, who):
    person = request.getfixturevalue(who)
    line = lines(care_team).get(person=nurse)
    assert client_of(person).post(circle_url, {"person": str(person.pk)}).json()["code"] == "not_found"
    assert client_of(person).delete(f"{circle_url}/{line.pk}").json()["code"] == "not_found"
    assert lines(care_team).count() == 3


def test_who_may_only_read_changes_nothing_but_may_leave(client_of, nurse, doctor, outsider, circle_url, care_team):
    role = nurse.memberships.get().role
    role.rights = ["patient.read", "patient.identify"]
    role.save()
    browser = client_of(nurse)
    others = lines(care_team).get(person=doctor)
    assert browser.post(circle_url, {"person": str(outsider.pk)}).json()["code"] == "refused"
    assert browser.delete(f"{circle_url}/{others.pk}").json()["code"] == "refused"
    assert browser.delete(f"{circle_url}/{lines(care_team).get(person=nurse).pk}").status_code == 204


def test_whoever_is_taken_out_sees_the_patient_no_more(client_of, doctor, nurse, patient, circle_url, care_team):
    line = lines(care_team).get(person=nurse)
    answer = client_of(doctor).delete(f"{circle_url}/{line.pk}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert client_of(nurse).get(f"/api/patients/{patient.pk}").status_code == 404
    assert Person.objects.get(pk=nurse.pk).access_epoch == nurse.access_epoch + 1
    assert Entry.objects.get(kind="circle.left").subject_id == line.pk
    assert Event.objects.filter(stream_id=care_team.pk).latest("seq").kind == "circle.changed"
    assert client_of(doctor).delete(f"{circle_url}/{line.pk}").json()["code"] == "not_found"


def test_a_team_that_is_taken_out_loses_its_people_access(
    client_of, doctor, secretary, second_secretary, patient, secretariat, circle_url, care_team
):
    client_of(doctor).delete(f"{circle_url}/{lines(care_team).get(team=secretariat).pk}")
    for person in (secretary, second_secretary):
        assert client_of(person).get(f"/api/patients/{patient.pk}").status_code == 404
        assert Person.objects.get(pk=person.pk).access_epoch == person.access_epoch + 1


def test_who_was_taken_out_can_be_brought_in_again(client_of, doctor, nurse, circle_url, care_team):
    line = lines(care_team).get(person=nurse)
    client_of(doctor).delete(f"{circle_url}/{line.pk}")
    assert client_of(doctor).post(circle_url, {"person": str(nurse.pk), "role": line.role}).status_code == 201
    assert care_team.members.filter(person=nurse).count() == 2


def test_the_last_who_can_open_the_file_does_not_leave(client_of, doctor, nurse, patient, circle_url, care_team):
    """An empty team, or somebody whose access has ended, does not count."""
    lines(care_team).get(team__isnull=False).team.people.clear()
    nurse.memberships.all().delete()
    answer = client_of(doctor).delete(f"{circle_url}/{lines(care_team).get(person=doctor).pk}")
    assert (answer.status_code, answer.json()) == (
        409,
        {
            "code": "last_of_circle",
            "detail": "Plus personne ne verrait DURAND Marie. Ajoutez d’abord quelqu’un au cercle de soins.",
        },
    )
    assert client_of(doctor).get(f"/api/patients/{patient.pk}").status_code == 200


def test_the_roles_of_a_circle_are_named_in_the_askers_language(client_of, nurse):
    french = {one["code"]: one["name"] for one in client_of(nurse).get("/api/circle/roles").json()["items"]}
    assert (french["ide"], french["secretariat"]) == ("Infirmier", "Secrétariat")
    assert not {"patient", "systeme"} & set(french)
    nurse.language = "en"
    nurse.save()
    english = {one["code"]: one["name"] for one in client_of(nurse).get("/api/circle/roles").json()["items"]}
    assert english["ide"] == "Nurse"
