"""Those outside with whom the centre works."""

from coordination.accounts.models import Correspondent
from coordination.audit.models import Entry

PHARMACY = {
    "kind": "pharmacy",
    "name": "Pharmacie de l’Église",
    "organisation": "Groupement Sud",
    "phone": "01 99 00 11 22",
    "email": "eglise@example.org",
    "mss_address": "",
    "address": "1 place de l’Église",
    "note": "Fermée le lundi",
}


def found(browser, **asked):
    return [one["name"] for one in browser.get("/api/correspondents", **asked).json()["items"]]


def test_a_correspondent_is_added_found_changed_and_archived(client_of, secretary, administrator):
    browser = client_of(secretary)
    made = browser.post("/api/correspondents", PHARMACY)
    assert (made.status_code, made.json() | {"id": 0}) == (201, PHARMACY | {"id": 0})
    path = f"/api/correspondents/{made.json()['id']}"
    assert found(browser, q="eglise") == found(browser, q="sud pharm") == ["Pharmacie de l’Église"]
    assert found(browser, kind="hospital") == found(browser, q="glise") == []
    assert browser.patch(path, {"name": "Pharmacie du Parc"}).json()["organisation"] == "Groupement Sud"
    assert found(browser, q="parc") == ["Pharmacie du Parc"]
    assert browser.delete(path).status_code == 403
    assert client_of(administrator).delete(path).status_code == 204
    assert found(browser) == []
    kinds = Entry.objects.filter(kind__startswith="correspondent.").order_by("at").values_list("kind", flat=True)
    assert list(kinds) == ["correspondent.added", "correspondent.changed", "correspondent.archived"]


def test_correspondents_are_those_of_one_centre(client_of, nurse, stranger):
    mine = client_of(nurse).post("/api/correspondents", PHARMACY).json()
    assert found(client_of(stranger)) == []
    assert client_of(stranger).patch(f"/api/correspondents/{mine['id']}", {"name": "X"}).status_code == 404


def test_whoever_may_not_edit_patients_adds_none(client_of, nurse, centre):
    nurse.memberships.update(role=centre.roles.get(code="stagiaire"))
    assert client_of(nurse).post("/api/correspondents", PHARMACY).status_code == 403
    assert not Correspondent.objects.exists()


def test_an_address_is_an_address(client_of, nurse):
    assert client_of(nurse).post("/api/correspondents", PHARMACY | {"email": "no"}).json()["code"] == "invalid"
