"""The directory of a centre, its teams, its sites and its roles."""

from coordination.accounts.actions import end_membership, leave_team
from coordination.accounts.models import Membership, Person
from coordination.accounts.queries import may_join_inbox
from coordination.audit import actions as audit
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.base.ids import uuid7
from coordination.streams.models import Stream


def test_the_directory_names_the_colleagues_who_work_here_today(
    client_of, nurse, secretary, ended, stranger, secretariat
):
    answer = client_of(nurse).get("/api/people").json()
    assert [one["name"] for one in answer["items"]] == ["Awa Diallo", "Martine Dubois", "Lucas Martin"]
    assert answer["items"][1] == {
        "id": str(secretary.pk),
        "name": "Martine Dubois",
        "short": "Martine D.",
        "profession": "Secrétaire",
        "initials": "MD",
        "role": "secretariat",
        "teams": [{"id": str(secretariat.pk), "name": "Secrétariat"}],
        "phone": "",
    }


def test_the_directory_takes_few_queries(client_of, nurse, secretariat, coordination, django_assert_max_num_queries):
    browser = client_of(nurse)
    with django_assert_max_num_queries(6):
        browser.get("/api/people")
    with django_assert_max_num_queries(6):
        browser.get("/api/teams")


def test_teams_are_those_of_the_centre(client_of, nurse, secretariat, nursing, stranger):
    items = client_of(nurse).get("/api/teams").json()["items"]
    assert [(team["code"], team["roles"], [one["short"] for one in team["people"]]) for team in items] == [
        ("infirmerie", ["ide"], ["Awa D."]),
        ("secretariat", ["secretariat"], ["Martine D.", "Lucas M."]),
    ]
    assert client_of(stranger).get("/api/teams").json() == {"items": []}


def test_a_team_is_shown_without_those_whose_access_has_ended(client_of, nurse, nursing, ended):
    nursing.people.add(ended)
    (team,) = client_of(nurse).get("/api/teams").json()["items"]
    assert [one["short"] for one in team["people"]] == ["Awa D."]


def test_the_centre_is_shown_with_its_sites(client_of, nurse, centre):
    site = centre.parts.create(kind="site", name="Site nord", alias="Centre d’essai", phone="01", address="2 rue")
    body = client_of(nurse).get("/api/organisation").json()
    assert (body["name"], body["time_zone"]) == ("Centre d’essai", "Europe/Paris")
    assert [one["id"] for one in body["sites"]] == [str(site.pk)]


def test_the_administrator_reads_what_each_role_may_do(client_of, administrator, nurse, doctor):
    roles = {role["code"]: role for role in client_of(administrator).get("/api/roles").json()["items"]}
    assert {"code": "patient.read", "sentence": "lire le dossier de liaison des patients suivis"} in roles["medecin"][
        "rights"
    ]
    assert (roles["medecin"]["people"], roles["secretariat"]["people"]) == (1, 0)


def test_a_nurse_reads_neither_the_roles_nor_the_access_log(client_of, nurse):
    assert client_of(nurse).get("/api/roles").json()["code"] == "refused"
    assert client_of(nurse).get("/api/audit").status_code == 403


def test_the_access_log_shows_the_acts_of_the_centre_on_one_patient(client_of, administrator, nurse, patient, stranger):
    audit.record(stranger, "patient.read", patient, patient=patient.pk)
    client_of(nurse).get(f"/api/patients/{patient.pk}")
    body = client_of(administrator).get("/api/audit", patient=str(patient.pk)).json()
    assert (body["items"][0]["kind"], body["items"][0]["who"]["name"]) == ("patient.read", "Awa Diallo")
    assert sum(item["kind"] == "patient.read" for item in body["items"]) == 1


def test_the_pages_of_the_access_log_lose_nothing_between_them(client_of, administrator, nurse, patient):
    acts = [audit.Act(nurse, "message.posted", "messaging.message", uuid7(), patient.pk) for _ in range(130)]
    audit.record(nurse, "patient.read", patient, patient=patient.pk)
    before = Entry.objects.filter(patient_id=patient.pk).count()
    audit.record_many(acts)
    audit.record(nurse, "patient.read", patient, patient=patient.pk)
    browser = client_of(administrator)
    first = browser.get("/api/audit", patient=str(patient.pk)).json()
    second = browser.get("/api/audit", patient=str(patient.pk), before=first["items"][-1]["at"]).json()
    assert (len(first["items"]), first["more"], second["more"]) == (131, True, False)
    assert len({item["id"] for item in first["items"] + second["items"]}) == before + 131


def test_an_inbox_is_for_its_owner_until_the_membership_ends(nurse, doctor, ended):
    assert Stream.objects.get(pk=nurse.pk).kind == "person"
    assert may_join_inbox(nurse.pk, [nurse.pk, doctor.pk]) == {nurse.pk: None}
    nurse.memberships.update(valid_until=(until := clock.now().replace(year=2099)))
    assert may_join_inbox(nurse.pk, [nurse.pk]) == {nurse.pk: until}
    assert may_join_inbox(ended.pk, [ended.pk]) == {}


def test_losing_a_role_or_a_team_is_told_to_the_sockets(administrator, nurse, nursing):
    before = nurse.access_epoch
    leave_team(nursing, nurse, by=administrator)
    end_membership(Membership.objects.get(person=nurse), by=administrator)
    after = Person.objects.get(pk=nurse.pk)
    assert after.access_epoch == before + 2
    assert not after.has_access
    assert after.team_ids == []
