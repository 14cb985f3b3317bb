"""The people directory: found, described, let in and kept out."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from coordination.accounts.memberships_actions import end_membership
from coordination.accounts.models import Membership, Person, Role
from coordination.accounts.queries import may_join_inbox
from coordination.accounts.teams_actions import leave_team
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.base.models import IdempotencyAnswer
from coordination.streams import presence
from coordination.streams.models import Stream
from tests.clients import PersonClient
from tests.conftest import make_person


@pytest.fixture
def browser(administrator):
    return PersonClient(administrator)


def names(answer):
    return [one["name"] for one in answer.json()["items"]]


def test_the_directory_names_the_colleagues_who_work_here_today(
    client_of, nurse, secretary, ended, stranger, secretariat
):
    answer = client_of(nurse).get("/api/people")
    assert names(answer) == ["Awa Diallo", "Martine Dubois", "Lucas Martin"]
    role = Role.objects.get(organisation=secretary.organisation, code="secretariat")
    assert answer.json()["items"][1] == {
        "id": str(secretary.pk),
        "name": "Martine Dubois",
        "short": "Martine D.",
        "profession": "Secrétaire",
        "initials": "MD",
        "role": "secretariat",
        "title": "",
        "given_name": "Martine",
        "family_name": "Dubois",
        "rpps": "",
        "phone": "",
        "email": "",
        "photo": None,
        "hours": [],
        "presence": "away",
        "absent_until": None,
        "delegate": None,
        "teams": [{"id": str(secretariat.pk), "name": "Secrétariat"}],
        "sites": [],
        "roles": [{"id": str(role.pk), "name": "Secrétariat", "until": None}],
        "is_active": True,
        "is_service": False,
    }


def test_the_directory_takes_few_queries(client_of, nurse, secretariat, coordination, django_assert_max_num_queries):
    browser = client_of(nurse)
    with django_assert_max_num_queries(10):
        browser.get("/api/people")
    with django_assert_max_num_queries(8):
        browser.get("/api/teams")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("benedicte", ["Bénédicte Élan-Roy"]),
        ("roy", ["Bénédicte Élan-Roy"]),
        ("elan bene", ["Bénédicte Élan-Roy"]),
        ("lan", []),
        ("infirm", ["Awa Diallo"]),
        ("gare", ["Awa Diallo"]),
        ("infirm gare awa", ["Awa Diallo"]),
        ("10001", ["Bénédicte Élan-Roy"]),
        ("sage-femme", ["Bénédicte Élan-Roy"]),
        ("infirm bene", []),
    ],
)
def test_people_are_found_by_name_profession_site_and_rpps(client_of, centre, nurse, typed, found):
    midwife = make_person(centre, "Bénédicte Élan-Roy", "sage_femme", "Sage-femme", "soignant")
    Person.objects.filter(pk=midwife.pk).update(rpps="10001234567")
    site = centre.parts.create(kind="site", name="Site de la Gare", alias="Gare")
    unit = site.parts.create(kind="unit", name="Soins", alias="Gare")
    nurse.memberships.update(organisation=unit)
    assert names(client_of(nurse).get("/api/people", q=typed)) == found
    assert names(client_of(nurse).get("/api/people", site=str(site.pk))) == ["Awa Diallo"]
    assert names(client_of(nurse).get("/api/people", profession="sage_femme")) == ["Bénédicte Élan-Roy"]


def test_pages_follow_each_other_without_loss(client_of, centre, nurse, monkeypatch):
    monkeypatch.setattr("coordination.accounts.people_queries.PAGE", 2)
    for given in ("Zoé", "Alma"):
        make_person(centre, f"{given} Diallo", "mk", "Kinésithérapeute", "soignant")
    browser, seen, before = client_of(nurse), [], {}
    while True:
        page = browser.get("/api/people", **before).json()
        seen += [one["name"] for one in page["items"]]
        if page["next"] is None:
            break
        before = {"before": page["next"]}
    assert seen == ["Alma Diallo", "Awa Diallo", "Zoé Diallo"]


def test_those_who_left_are_shown_to_the_administrator_only(client_of, browser, nurse, ended):
    assert "Dr Ines Faure" in names(browser.get("/api/people", former=True))
    assert client_of(nurse).get("/api/people", former=True).status_code == 403
    assert client_of(nurse).get(f"/api/people/{ended.pk}").json()["roles"] == []


def test_whoever_is_connected_is_here_and_whoever_is_away_is_not(client_of, nurse, secretary):
    presence.note([secretary.pk])
    assert presence.here([nurse.pk, secretary.pk]) == {secretary.pk}
    assert client_of(nurse).get(f"/api/people/{secretary.pk}").json()["presence"] == "here"
    now = clock.now()
    absence = secretary.absences.create(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    shown = client_of(nurse).get(f"/api/people/{secretary.pk}").json()
    assert (shown["presence"], shown["delegate"]) == ("absent", None)
    assert shown["absent_until"] == absence.ends_at.isoformat().replace("+00:00", "Z")


def newcomer(centre, **changes):
    role = Role.objects.get(organisation=centre, code="soignant")
    return {
        "given_name": "Awa",
        "family_name": "Diallo",
        "profession": "ide",
        "role": str(role.pk),
        "organisation": str(centre.pk),
        **changes,
    }


def test_somebody_new_is_given_a_login_a_role_and_a_first_password(browser, centre, nurse):
    answer = browser.post("/api/people", newcomer(centre, profession_label="Infirmière"))
    assert answer.status_code == 201
    body = answer.json()
    person = Person.objects.get(pk=body["person"]["id"])
    assert (person.login, body["login"], person.profession_label) == ("awa.diallo2", "awa.diallo2", "Infirmière")
    assert person.check_password(body["first_password"])
    assert (person.password_to_change, person.has_access) == (True, True)
    assert Stream.objects.get(pk=person.pk).kind == "person"
    kinds = {"person.added", "membership.added", "password.given"}
    assert set(Entry.objects.filter(kind__in=kinds).values_list("kind", flat=True)) == kinds
    assert body["first_password"] not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_a_first_password_is_shown_once_and_kept_nowhere(browser, centre):
    first = browser.post("/api/people", newcomer(centre), key="the-same-key").json()
    again = browser.post("/api/people", newcomer(centre), key="the-same-key").json()
    assert again == first | {"first_password": ""}
    assert first["first_password"].encode() not in bytes(IdempotencyAnswer.objects.get().body)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"login": "AWA.diallo"}, "login_taken"),
        ({"rpps": "10001234567"}, "rpps_taken"),
        ({"profession": "wizard"}, "invalid"),
        ({"rpps": "12"}, "invalid"),
        ({"valid_until": "2020-01-01T00:00:00Z"}, "bad_period"),
    ],
)
def test_somebody_new_is_refused_and_nothing_is_kept(browser, centre, nurse, changes, code):
    Person.objects.filter(pk=nurse.pk).update(rpps="10001234567")
    before = Person.objects.count()
    assert browser.post("/api/people", newcomer(centre, **changes)).json()["code"] == code
    assert Person.objects.count() == before


def test_only_the_administrator_adds_people(client_of, centre, nurse):
    assert client_of(nurse).post("/api/people", newcomer(centre)).status_code == 403


def test_of_oneself_one_changes_the_phone_and_the_hours(client_of, nurse, doctor):
    hours = [{"day": 1, "from": "08:30", "until": "12:30"}]
    path = f"/api/people/{nurse.pk}"
    answer = client_of(nurse).patch(path, {"phone": "01 99 00 00 01", "hours": hours})
    assert (answer.json()["phone"], answer.json()["hours"]) == ("01 99 00 00 01", hours)
    shown = client_of(doctor).get("/api/people").json()["items"]
    assert [one["hours"] for one in shown if one["id"] == str(nurse.pk)] == [hours]
    assert client_of(nurse).patch(path, {"profession_label": "Médecin"}).status_code == 403
    assert client_of(nurse).patch(path, {"rpps": "10001234567"}).status_code == 403
    assert client_of(doctor).patch(path, {"phone": "1"}).status_code == 403
    wrong = [{"day": 1, "from": "12:30", "until": "08:30"}]
    assert client_of(nurse).patch(path, {"hours": wrong}).status_code == 422


def test_the_administrator_corrects_the_rest_and_it_is_audited(browser, nurse):
    answer = browser.patch(f"/api/people/{nurse.pk}", {"family_name": "Dupré", "rpps": "10001234567"})
    assert answer.json()["name"] == "Awa Dupré"
    assert Person.objects.get(pk=nurse.pk).sort_key == "dupre awa"
    entry = Entry.objects.get(kind="person.changed")
    assert entry.detail["changes"] == {"family_name": ["Diallo", "Dupré"], "rpps": ["", "10001234567"]}


def test_somebody_suspended_is_out_at_once_and_can_be_let_in_again(client_of, browser, nurse, administrator):
    hers = client_of(nurse)
    assert browser.post(f"/api/people/{nurse.pk}/suspend").json()["is_active"] is False
    assert hers.get("/api/people").status_code == 401
    assert Person.objects.get(pk=nurse.pk).access_epoch == nurse.access_epoch + 1
    assert browser.post(f"/api/people/{nurse.pk}/restore").json()["is_active"] is True
    assert Person.objects.get(pk=nurse.pk).has_access
    assert browser.post(f"/api/people/{administrator.pk}/suspend").json()["code"] == "own_access"
    assert client_of(nurse).post(f"/api/people/{administrator.pk}/suspend").status_code == 403


def picture(width=600, height=400, kind="JPEG"):
    out = BytesIO()
    image = Image.new("RGB", (width, height), "teal")
    exif = image.getexif()
    exif[0x010E] = "taken at home"
    image.save(out, kind, exif=exif)
    return out.getvalue()


def send_photo(browser, person, content):
    return browser.http.put(f"/api/people/{person.pk}/photo", content, content_type="image/jpeg")


def test_a_portrait_is_made_small_and_loses_what_the_camera_wrote(client_of, nurse, doctor, stranger):
    mine = client_of(nurse)
    address = send_photo(mine, nurse, picture()).json()["photo"]
    answer = client_of(doctor).get(address)
    assert (answer["Content-Type"], "immutable" in answer["Cache-Control"]) == ("image/webp", True)
    kept = Image.open(BytesIO(answer.content))
    assert (kept.size, dict(kept.getexif())) == ((256, 256), {})
    assert send_photo(mine, nurse, picture(kind="PNG", width=300)).json()["photo"] != address
    assert client_of(stranger).get(address).status_code == 404
    assert send_photo(client_of(doctor), nurse, picture()).status_code == 403
    assert mine.delete(f"/api/people/{nurse.pk}/photo").json()["photo"] is None
    assert mine.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bad_photo"),
        (b"", "bad_photo"),
        (picture()[:300], "bad_photo"),
        (b"x" * (2 * 1024 * 1024 + 1), "photo_too_large"),
        (picture(width=4001, height=4000, kind="PNG"), "photo_too_large"),
    ],
    ids=["svg", "nothing", "half", "heavy", "vast"],
)
def test_what_is_no_portrait_is_refused(client_of, nurse, content, code):
    assert send_photo(client_of(nurse), nurse, content).json()["code"] == code


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
