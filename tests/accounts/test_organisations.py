"""The tree: the centre, its sites, their units."""

import pytest
from django.db import IntegrityError, transaction

from coordination.accounts.models import Organisation
from coordination.audit.models import Entry
from tests.accounts.conftest import unproved
from tests.clients import PersonClient


@pytest.fixture
def browser(administrator):
    return PersonClient(administrator)


@pytest.fixture
def site(centre):
    return centre.parts.create(kind="site", name="Site nord", alias="Centre d’essai", phone="01", address="2 rue")


def test_the_centre_is_shown_with_its_sites(client_of, nurse, site):
    body = client_of(nurse).get("/api/organisation").json()
    assert (body["name"], body["time_zone"]) == ("Centre d’essai", "Europe/Paris")
    assert [one["id"] for one in body["sites"]] == [str(site.pk)]


def test_a_unit_is_added_to_a_site_and_whoever_works_there_counts_for_the_whole(
    browser, centre, site, nurse, administrator, stranger
):
    asked = {"parent": str(site.pk), "kind": "unit", "name": "Soins", "security_referent": str(nurse.pk)}
    made = browser.post("/api/organisations", asked)
    assert (made.status_code, made.json()["alias"]) == (201, "Centre d’essai")
    nurse.memberships.update(organisation=made.json()["id"])
    items = browser.get("/api/organisations").json()["items"]
    assert [(one["kind"], one["name"], one["people"]) for one in items] == [
        ("centre", "Centre d’essai", 2),
        ("site", "Site nord", 1),
        ("unit", "Soins", 1),
    ]
    assert items[2]["security_referent"]["name"] == "Awa Diallo"


def test_a_tree_has_three_levels(browser, centre, site):
    unit = site.parts.create(kind="unit", name="Soins", alias="x")
    for parent, kind in ((centre, "unit"), (site, "site"), (unit, "unit"), (unit, "site")):
        answer = browser.post("/api/organisations", {"parent": str(parent.pk), "kind": kind, "name": "X"})
        assert answer.json()["code"] == "bad_parent"
    assert browser.patch(f"/api/organisations/{site.pk}", {"parent": str(unit.pk)}).json()["code"] == "bad_parent"
    assert browser.patch(f"/api/organisations/{centre.pk}", {"parent": str(site.pk)}).json()["code"] == "bad_parent"
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(kind="site", name="Seul", alias="Seul")


def test_what_is_said_of_the_centre_is_changed_and_audited(browser, centre, site, nurse):
    Organisation.objects.update(declared_care_team=False)
    answer = browser.patch(f"/api/organisations/{centre.pk}", {"declared_care_team": True, "phone": "01 99 00 00 02"})
    assert (answer.json()["declared_care_team"], answer.json()["phone"]) == (True, "01 99 00 00 02")
    changes = Entry.objects.get(kind="organisation.changed").detail["changes"]
    assert changes["declared_care_team"] == [False, True]
    assert browser.patch(f"/api/organisations/{site.pk}", {"declared_care_team": True}).status_code == 403
    referent = {"security_referent": str(nurse.pk)}
    assert browser.patch(f"/api/organisations/{centre.pk}", referent).json()["security_referent"]["short"] == "Awa D."
    assert (
        browser.patch(f"/api/organisations/{centre.pk}", {"security_referent": None}).json()["security_referent"]
        is None
    )


def test_the_tree_is_the_administrators_and_of_one_centre(client_of, browser, nurse, site, other_centre, stranger):
    asked = {"parent": str(site.pk), "kind": "unit", "name": "X"}
    assert client_of(nurse).post("/api/organisations", asked).status_code == 403
    assert client_of(nurse).patch(f"/api/organisations/{site.pk}", {"name": "X"}).status_code == 403
    assert client_of(stranger).patch(f"/api/organisations/{site.pk}", {"name": "X"}).status_code == 404
    elsewhere = {"parent": str(other_centre.pk), "kind": "site", "name": "X"}
    assert browser.post("/api/organisations", elsewhere).status_code == 404


def test_who_shares_without_consent_and_who_is_told_are_changed_after_a_recent_proof(
    browser, administrator, centre, nurse
):
    Organisation.objects.update(declared_care_team=False)
    late, path = unproved(administrator), f"/api/organisations/{centre.pk}"
    for asked in ({"declared_care_team": True}, {"security_referent": str(nurse.pk)}):
        answer = late.patch(path, asked)
        assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required")
        assert browser.patch(path, asked).status_code == 200
        assert late.patch(path, asked | {"phone": "01 99 00 00 02"}).status_code == 200
    site = {"parent": str(centre.pk), "kind": "site", "name": "Sud"}
    answer = late.post("/api/organisations", site | {"security_referent": str(nurse.pk)})
    assert answer.json()["code"] == "reauthentication_required"
    assert late.post("/api/organisations", site).status_code == 201
