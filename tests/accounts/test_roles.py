"""The matrix of rights: default-deny, versioned, explained in words, and never against the centre itself."""

import pytest

from coordination.accounts.defaults import DEFAULT_ROLES
from coordination.accounts.directory_keeping import CONTENT
from coordination.accounts.models import Membership, Person, Role
from coordination.accounts.professions import PROFESSIONS
from coordination.accounts.rights import GROUPS, Right
from coordination.accounts.role_words import Granted, explain
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.streams.models import Event
from tests.clients import PersonClient
from tests.conftest import make_person


@pytest.fixture
def secretaries(centre, secretary):
    return Role.objects.get(organisation=centre, code="secretariat")


@pytest.fixture
def browser(administrator):
    return PersonClient(administrator)


def edited(role, *, name=None, add=(), drop=(), version=None):
    rights = sorted((set(role.rights) | set(add)) - set(drop))
    return {"name": name or role.name, "rights": rights, "version": version or role.version}


def test_what_changes_is_said_in_words():
    before = Granted("secretariat", "Secrétariat", {Right.AGENDA_SEE})
    after = Granted("secretariat", "Secrétariat", {Right.AGENDA_BOOK})
    assert explain(before, after, "fr") == [
        "Les secrétaires pourront poser et déplacer des rendez-vous.",
        "Les secrétaires ne pourront plus voir les agendas.",
    ]
    assert explain(before, after, "en") == [
        "Secretaries will be able to book and move appointments.",
        "Secretaries will no longer be able to see the agendas.",
    ]


def test_a_role_of_the_centres_own_making_is_quoted():
    assert explain(Granted("x", "Accueil", ()), Granted("x", "Hall", {Right.MESSAGE_POST}), "fr") == [
        "Le rôle « Accueil » s’appellera « Hall ».",
        "Les personnes ayant le rôle « Hall » pourront écrire des messages.",
    ]


def test_every_right_has_one_place_in_the_matrix():
    listed = [right for _, rights in GROUPS for right in rights]
    assert sorted(listed) == sorted(Right)


def test_every_profession_is_offered_a_default_role_and_administrators_read_no_patient():
    assert {one.role for one in PROFESSIONS.values()} <= set(DEFAULT_ROLES)
    assert not any(Right.DIRECTORY_MANAGE in role.rights and CONTENT & role.rights for role in DEFAULT_ROLES.values())


def test_the_matrix_is_shown_to_the_administrator_only(client_of, browser, nurse, secretaries):
    groups = browser.get("/api/rights").json()["groups"]
    assert groups[0]["rights"][0] == {
        "code": "patient.identify",
        "sentence": "rechercher un patient et voir son identité",
    }
    row = next(one for one in browser.get("/api/roles").json()["items"] if one["code"] == "secretariat")
    assert (row["people"], row["version"], "agenda.book" in row["rights"]) == (1, 1, True)
    assert client_of(nurse).get("/api/roles").json()["code"] == "refused"


def test_a_change_is_previewed_made_versioned_and_audited(browser, secretaries, secretary):
    asked = edited(secretaries, add=["protocol.enrol"])
    said = "Les secrétaires pourront inclure un patient dans un protocole."
    path = f"/api/roles/{secretaries.pk}"
    assert browser.post(f"{path}/preview", asked).json() == {"changes": [said], "people": 1}
    assert Role.objects.get(pk=secretaries.pk).version == 1
    answer = browser.put(path, asked).json()
    assert (answer["version"], answer["changes"]) == (2, [said])
    assert Person.objects.get(pk=secretary.pk).may(Right.PROTOCOL_ENROL)
    versions = browser.get(f"{path}/versions").json()["items"]
    assert [(one["version"], one["by"] and one["by"]["short"]) for one in versions] == [(2, "Anne G."), (1, None)]
    assert versions[0]["changes"] == [said]
    detail = Entry.objects.get(kind="role.changed").detail["changes"]
    assert ("protocol.enrol" in detail["rights"][0], "protocol.enrol" in detail["rights"][1]) == (False, True)


def test_a_right_that_is_taken_is_told_to_the_sockets_of_those_who_held_it(browser, secretaries, secretary, nurse):
    browser.put(f"/api/roles/{secretaries.pk}", edited(secretaries, drop=["patient.read"]))
    assert Person.objects.get(pk=secretary.pk).access_epoch == secretary.access_epoch + 1
    assert Person.objects.get(pk=nurse.pk).access_epoch == nurse.access_epoch
    assert list(Event.objects.filter(kind="access.changed").values_list("stream_id", flat=True)) == [secretary.pk]


def test_two_who_edit_one_version_do_not_overwrite_each_other(browser, secretaries):
    assert browser.put(f"/api/roles/{secretaries.pk}", edited(secretaries, add=["audit.read"])).status_code == 200
    late = browser.put(f"/api/roles/{secretaries.pk}", edited(secretaries, drop=["message.post"], version=1))
    assert (late.status_code, late.json()["code"]) == (409, "role_changed")


def test_the_last_administrator_cannot_take_the_directory_from_themselves(browser, centre):
    role = Role.objects.get(organisation=centre, code="administrateur")
    answer = browser.put(f"/api/roles/{role.pk}", edited(role, drop=["directory.manage"]))
    assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
    assert Role.objects.get(pk=role.pk).version == 1


def test_managing_the_directory_and_reading_patients_do_not_meet_in_one_role(browser, secretaries, centre):
    role = Role.objects.get(organisation=centre, code="administrateur")
    for right in CONTENT:
        answer = browser.put(f"/api/roles/{role.pk}", edited(role, add=[right]))
        assert (answer.status_code, answer.json()["code"]) == (422, "administrator_reads_no_patient")


def test_nobody_adds_a_right_to_a_role_of_theirs_and_another_administrator_does(browser, centre, administrator):
    role = Role.objects.get(organisation=centre, code="administrateur")
    answer = browser.put(f"/api/roles/{role.pk}", edited(role, add=["consent.collect"]))
    assert (answer.status_code, answer.json()["code"]) == (403, "own_role")
    assert Role.objects.get(pk=role.pk).version == 1
    assert browser.put(f"/api/roles/{role.pk}", edited(role, drop=["audit.read"])).status_code == 200
    second = Role.objects.create(organisation=centre, code="second", name="Second", rights=["directory.manage"])
    other = make_person(centre, "Zoé Martin", "administrateur", "Administratrice", "second")
    role.refresh_from_db()
    assert PersonClient(other).put(f"/api/roles/{role.pk}", edited(role, add=["audit.read"])).status_code == 200
    assert browser.put(f"/api/roles/{second.pk}", edited(second, add=["audit.read"])).status_code == 200


def test_somebody_who_mixes_from_before_keeps_no_other_change_from_being_made(browser, centre, secretary):
    odd = Role.objects.create(organisation=centre, code="x", name="X", rights=["directory.manage", "agenda.see"])
    other = make_person(centre, "Zoé Martin", "administrateur", "Administratrice", "x")
    assert browser.post("/api/roles", {"name": "Accueil", "rights": ["agenda.see"]}).status_code == 201
    for add, code in (["queue.work"], 422), (["audit.read"], 200):
        assert browser.put(f"/api/roles/{odd.pk}", edited(odd, add=add)).status_code == code
    assert browser.post(f"/api/people/{other.pk}/suspend").status_code in {200, 204}


def test_nor_in_one_person(browser, centre, administrator):
    other = make_person(centre, "Zoé Martin", "administrateur", "Administratrice", "administrateur")
    doctors = Role.objects.get(organisation=centre, code="medecin")
    path = f"/api/people/{other.pk}/memberships"
    answer = browser.post(path, {"role": str(doctors.pk), "organisation": str(centre.pk)})
    assert answer.json()["code"] == "administrator_reads_no_patient"
    other.memberships.update(valid_until=clock.now().replace(year=2099))
    when = {"valid_from": "2100-01-01T00:00:00Z"}
    assert browser.post(path, {"role": str(doctors.pk), "organisation": str(centre.pk), **when}).status_code == 201
    assert Membership.objects.filter(person=other).count() == 2


def test_a_new_role_gives_what_it_names_and_nothing_else(client_of, browser, nurse, secretaries):
    made = browser.post("/api/roles", {"name": "Accueil d’été", "rights": ["message.post"]}).json()
    assert (made["code"], made["rights"], made["people"]) == ("accueil-dete", ["message.post"], 0)
    assert browser.post("/api/roles", {"name": "accueil d’été", "rights": []}).json()["code"] == "name_taken"
    assert browser.post("/api/roles", {"name": "X", "rights": ["everything"]}).json()["code"] == "unknown_right"
    assert client_of(nurse).post("/api/roles", {"name": "Moi", "rights": ["audit.read"]}).status_code == 403
    answer = client_of(nurse).put(f"/api/roles/{secretaries.pk}", edited(secretaries, add=["audit.read"]))
    assert answer.status_code == 403


def test_a_change_of_rights_asks_for_a_recent_proof(browser, secretaries):
    session = browser.http.session
    session["account_authentication_methods"] = [
        {**one, "at": one["at"] - 3600} for one in session["account_authentication_methods"]
    ]
    session.save()
    answer = browser.put(f"/api/roles/{secretaries.pk}", edited(secretaries, add=["audit.read"]))
    assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required")


def test_the_roles_of_another_centre_do_not_exist(client_of, stranger, other_centre, secretaries):
    Membership.objects.filter(person=stranger).update(
        role=Role.objects.get(organisation=other_centre, code="administrateur")
    )
    assert client_of(stranger).get(f"/api/roles/{secretaries.pk}/versions").status_code == 404
