"""Who holds what, where and until when."""

from datetime import timedelta

import pytest

from coordination.accounts.models import Membership, Person, Role
from coordination.base import clock
from coordination.streams.models import Event
from tests.clients import PersonClient
from tests.conftest import make_person


@pytest.fixture
def browser(administrator):
    return PersonClient(administrator)


@pytest.fixture
def site(centre):
    return centre.parts.create(kind="site", name="Site de la Gare", alias="Gare")


def role_of(centre, code):
    return str(Role.objects.get(organisation=centre, code=code).pk)


def test_a_stand_in_is_given_a_role_on_a_site_until_an_instant(browser, centre, site, ended):
    until = clock.now() + timedelta(days=3)
    asked = {"role": role_of(centre, "medecin"), "organisation": str(site.pk), "valid_until": until.isoformat()}
    answer = browser.post(f"/api/people/{ended.pk}/memberships", asked)
    assert answer.status_code == 201
    person = Person.objects.get(pk=ended.pk)
    assert (person.has_access, person.may_until()) == (True, until)
    shown = browser.get(f"/api/people/{ended.pk}").json()
    assert [one["name"] for one in shown["sites"]] == ["Site de la Gare"]
    assert [(one["name"], one["until"] is not None) for one in shown["roles"]] == [("Médecin", True)]
    assert len(browser.get(f"/api/people/{ended.pk}/memberships").json()["items"]) == 2


def test_a_membership_is_shortened_and_ended_and_the_sockets_are_told(browser, nurse):
    held = Membership.objects.get(person=nurse)
    until = clock.now() + timedelta(hours=1)
    assert browser.patch(f"/api/memberships/{held.pk}", {"valid_until": until.isoformat()}).status_code == 200
    assert Person.objects.get(pk=nurse.pk).may_until() == until
    assert browser.post(f"/api/memberships/{held.pk}/end").status_code == 204
    after = Person.objects.get(pk=nurse.pk)
    assert (after.has_access, after.access_epoch) == (False, nurse.access_epoch + 2)
    assert browser.post(f"/api/memberships/{held.pk}/end").json()["code"] == "bad_period"
    assert Event.objects.filter(stream_id=nurse.pk, kind="access.changed").count() == 2


def test_one_that_has_not_begun_is_withdrawn(browser, centre, nurse):
    begins = (clock.now() + timedelta(days=2)).isoformat()
    asked = {"role": role_of(centre, "soignant"), "organisation": str(centre.pk), "valid_from": begins}
    made = browser.post(f"/api/people/{nurse.pk}/memberships", asked).json()
    assert browser.post(f"/api/memberships/{made['id']}/end").status_code == 204
    assert Membership.objects.filter(person=nurse).count() == 1


def test_a_membership_ends_after_it_begins(browser, centre, nurse):
    asked = {"role": role_of(centre, "soignant"), "organisation": str(centre.pk)}
    past = {"valid_until": (clock.now() - timedelta(hours=1)).isoformat()}
    assert browser.post(f"/api/people/{nurse.pk}/memberships", asked | past).json()["code"] == "bad_period"
    held = Membership.objects.get(person=nurse)
    assert browser.patch(f"/api/memberships/{held.pk}", past).json()["code"] == "bad_period"


def test_nobody_gives_themselves_a_role(browser, centre, administrator):
    asked = {"role": role_of(centre, "secretariat"), "organisation": str(centre.pk)}
    assert browser.post(f"/api/people/{administrator.pk}/memberships", asked).json()["code"] == "own_access"


def test_the_centre_keeps_an_administrator_for_as_long_as_it_had_one(browser, centre, administrator):
    mine = Membership.objects.get(person=administrator)
    assert browser.post(f"/api/memberships/{mine.pk}/end").json()["code"] == "last_administrator"
    other = make_person(centre, "Zoé Martin", "administrateur", "Administratrice", "administrateur")
    other.memberships.update(valid_until=clock.now() + timedelta(days=9))
    assert browser.post(f"/api/memberships/{mine.pk}/end").json()["code"] == "last_administrator"
    other.memberships.update(valid_until=None)
    assert browser.post(f"/api/people/{other.pk}/suspend").status_code == 200
    assert browser.post(f"/api/memberships/{mine.pk}/end").json()["code"] == "last_administrator"
    assert browser.post(f"/api/people/{other.pk}/restore").status_code == 200
    assert browser.post(f"/api/memberships/{mine.pk}/end").status_code == 204


def test_others_neither_see_nor_change_what_somebody_holds(client_of, nurse, doctor, stranger, centre):
    held = Membership.objects.get(person=nurse)
    assert client_of(nurse).get(f"/api/people/{nurse.pk}/memberships").status_code == 200
    assert client_of(doctor).get(f"/api/people/{nurse.pk}/memberships").status_code == 403
    assert client_of(stranger).get(f"/api/people/{nurse.pk}/memberships").status_code == 404
    assert client_of(doctor).post(f"/api/memberships/{held.pk}/end").status_code == 403
    asked = {"role": role_of(centre, "medecin"), "organisation": str(centre.pk)}
    assert client_of(nurse).post(f"/api/people/{nurse.pk}/memberships", asked).status_code == 403


def test_the_administrator_of_another_centre_finds_nothing(client_of, centre, other_centre, nurse):
    other = make_person(other_centre, "Zoé Martin", "administrateur", "Administratrice", "administrateur")
    browser = client_of(other)
    held = Membership.objects.get(person=nurse)
    assert browser.post(f"/api/memberships/{held.pk}/end").status_code == 404
    asked = {"role": role_of(other_centre, "medecin"), "organisation": str(other_centre.pk)}
    assert browser.post(f"/api/people/{nurse.pk}/memberships", asked).status_code == 404
    assert browser.post(f"/api/people/{nurse.pk}/suspend").status_code == 404
