"""The mapping and the synchronisation, as the administrator has them."""

from uuid import uuid4

import pytest

from coordination.accounts.directory.models import DirectoryMapping
from coordination.accounts.models import Role
from coordination.audit.models import Entry
from coordination.project import links
from coordination.project.environment import BadSetting
from tests.conftest import make_team

MAPPING, SYNC = "/api/directory/mapping", "/api/directory/sync"


@pytest.fixture
def line(connected, centre):
    """The carers of the directory are carers, in the nurses' team."""
    group = connected.add_group("Soignants", connected.add_person("zoe", "Zoé", "Lefèvre"))
    return {
        "group": group,
        "organisation": str(centre.pk),
        "role": str(Role.objects.get(organisation=centre, code="soignant").pk),
        "team": str(make_team(centre, "Infirmerie", "infirmerie", ["ide"]).pk),
        "profession": "ide",
    }


def test_the_administrator_maps_looks_and_brings_in(client_of, administrator, line):
    browser = client_of(administrator)
    kept = browser.put(MAPPING, {"items": [line]}).json()
    assert kept["configured"] is True
    assert [(one["role"]["name"], one["team"]["name"]) for one in kept["items"]] == [("Soignant", "Infirmerie")]
    assert Entry.objects.filter(kind="directory.mapped", actor_id=administrator.pk).exists()

    looked = browser.post(SYNC, {"dry_run": True}).json()
    assert (looked["added"], looked["lines"]) == (1, ["Zoé Lefèvre : à ajouter (zoe)."])
    assert browser.get(MAPPING).json()["last"] is None

    done = browser.post(SYNC, {"dry_run": False}).json()
    assert done["sentence"].startswith("Synchronisation faite : 1 ajoutées")
    last = browser.get(MAPPING).json()["last"]
    assert (last["by"]["id"], last["refusal"], last["report"]["added"]) == (str(administrator.pk), "", 1)


def test_a_run_that_was_refused_says_why_to_the_administrator(client_of, administrator, line, connected, settings):
    browser = client_of(administrator)
    settings.DIRECTORY = connected.directory(url="ldaps://127.0.0.1:1")
    answer = browser.post(SYNC, {"dry_run": False})
    assert (answer.status_code, answer.json()["code"]) == (503, "directory_away")
    assert browser.get(MAPPING).json()["last"]["refusal"].startswith("L’annuaire du centre ne répond pas")


def test_only_what_is_the_centre_s_own_can_be_given(client_of, administrator, line, other_centre, centre):
    theirs = str(Role.objects.get(organisation=other_centre, code="soignant").pk)
    wrong = [{**line, "group": "soignants"}, {**line, "role": theirs}, {**line, "team": str(uuid4())}, line, line]
    answer = client_of(administrator).put(MAPPING, {"items": wrong})
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {
        "items.0.group",
        "items.1.role",
        "items.2.team",
        "items.3.group",
        "items.4.group",
    }
    assert not DirectoryMapping.objects.exists()


def test_a_profession_is_one_of_the_list_whether_it_is_said_or_follows_from_the_role(
    client_of, administrator, line, centre
):
    social = str(Role.objects.get(organisation=centre, code="travailleur_social").pk)
    wrong = [{**line, "profession": "sorcier"}, {**line, "group": line["group"] + ",dc=x", "profession": ""}]
    answer = client_of(administrator).put(MAPPING, {"items": wrong})
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"items.0.profession", "items.1.profession"}
    assert not DirectoryMapping.objects.exists()
    right = [line, {**line, "role": social, "profession": ""}]
    assert client_of(administrator).put(MAPPING, {"items": right}).status_code == 200


def test_whoever_does_not_manage_the_directory_is_refused(client_of, secretary, line):
    browser = client_of(secretary)
    answers = [browser.get(MAPPING), browser.put(MAPPING, {"items": [line]}), browser.post(SYNC, {"dry_run": True})]
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_another_centre_s_mapping_is_neither_seen_nor_replaced(client_of, administrator, line, stranger):
    client_of(administrator).put(MAPPING, {"items": [line]})
    stranger.memberships.update(role=Role.objects.get(organisation=stranger.organisation, code="administrateur"))
    browser = client_of(stranger)
    assert browser.put(MAPPING, {"items": []}).json()["items"] == []
    assert DirectoryMapping.objects.count() == 1


def test_without_a_directory_the_page_says_so_and_nothing_is_mapped(client_of, administrator, centre, settings):
    settings.DIRECTORY = None
    browser = client_of(administrator)
    assert browser.get(MAPPING).json() == {"configured": False, "items": [], "last": None}
    answers = [browser.put(MAPPING, {"items": []}), browser.post(SYNC, {"dry_run": True})]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (409, "directory_not_configured")
    ] * 2


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"LDAP_URL": "ldap://annuaire.example", "LDAP_START_TLS": "0"}, "LDAP_START_TLS: must stay 1"),
        ({"LDAP_URL": "ldaps://annuaire.example", "LDAP_START_TLS": "1"}, "LDAP_START_TLS: is for ldap://"),
        ({"LDAP_URL": "https://annuaire.example"}, "LDAP_URL: takes an ldaps:// or an ldap:// address"),
        ({"LDAP_URL": "ldaps://annuaire.example", "LDAP_PEOPLE": None}, "LDAP_PEOPLE: is not set"),
    ],
)
def test_a_directory_that_cannot_be_used_safely_is_refused_at_start(monkeypatch, given, name):
    for variable, value in ({"LDAP_PEOPLE": "ou=people", "LDAP_GROUPS": "ou=groups"} | given).items():
        if value is not None:
            monkeypatch.setenv(variable, value)
    with pytest.raises(BadSetting, match=name):
        links.directory()


def test_a_reading_account_without_its_password_is_refused_at_start(monkeypatch):
    given = {"LDAP_URL": "ldaps://a.example", "LDAP_PEOPLE": "a", "LDAP_GROUPS": "b", "LDAP_BIND_DN": "cn=reader"}
    for variable, value in given.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit, match="LDAP_PASSWORD: is empty"):
        links.directory()
    monkeypatch.setenv("LDAP_PASSWORD", "s3cret")
    assert links.directory() is not None


def test_a_directory_without_its_library_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.setenv("LDAP_URL", "ldaps://annuaire.example")
    monkeypatch.setattr(links, "find_spec", lambda name: None)
    with pytest.raises(BadSetting, match="LDAP_URL: needs the extra `ldap`"):
        links.directory()


def test_the_password_of_the_reading_account_is_shown_nowhere(monkeypatch):
    given = {"LDAP_URL": "ldap://a.example", "LDAP_PEOPLE": "a", "LDAP_GROUPS": "b", "LDAP_PASSWORD": "s3cret"}
    for variable, value in given.items():
        monkeypatch.setenv(variable, value)
    found = links.directory()
    assert found is not None
    assert found.start_tls
    assert "s3cret" not in repr(found)
