"""Tokens of people and programs, and what an administrator gives back to somebody who is locked out."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from coordination.accounts.gate import SignInGate
from coordination.accounts.models import AccessToken, Person, Role
from coordination.accounts.signin import digest
from coordination.audit.models import Entry
from coordination.base import clock
from coordination.streams.models import Event
from tests.accounts.conftest import unproved
from tests.accounts.door import PASSWORD, Door, code
from tests.clients import PersonClient
from tests.conftest import make_person


def ask(browser: PersonClient, **said):
    wanted = {"label": "Tableur", "scopes": ["queue.work"], "expires_on": str(clock.today() + timedelta(days=30))}
    return browser.post("/api/tokens", {**wanted, **said})


def with_token(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_a_token_is_shown_once_and_lets_do_what_its_scopes_and_its_owner_s_role_allow(nurse, client_of, nursing_queue):
    browser = client_of(nurse)
    made = ask(browser)
    assert made.status_code == 201
    secret = made.json()["secret"]
    assert secret not in browser.get("/api/tokens").content.decode()
    assert AccessToken.objects.get().digest == digest(secret)
    program = with_token(secret)
    assert program.get("/api/session").json()["person"]["rights"] == ["queue.work"]
    assert program.get("/api/patients", {"q": "durand"}).status_code == 403
    nurse.memberships.all().delete()
    assert program.get("/api/session").status_code == 401


def test_a_token_cannot_give_more_than_its_owner_has(nurse, client_of):
    answer = ask(client_of(nurse), scopes=["queue.work", "directory.manage"])
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_scope")
    answer = ask(client_of(nurse), scopes=[])
    assert (answer.status_code, answer.json()["code"]) == (422, "no_scope")
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_token_ends_within_a_year(nurse, client_of, days):
    answer = ask(client_of(nurse), expires_on=str(clock.today() + timedelta(days=days)))
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_expiry")


def test_a_token_is_made_by_somebody_who_has_just_proved_who_they_are(nurse, client_of):
    assert ask(unproved(nurse)).json()["code"] == "reauthentication_required"
    secret = ask(client_of(nurse)).json()["secret"]
    program = with_token(secret)
    for method, path in (("post", "/api/tokens"), ("get", "/api/tokens"), ("get", "/api/sessions")):
        assert getattr(program, method)(path, content_type="application/json").status_code == 401
    assert AccessToken.objects.count() == 1


def test_the_last_use_is_kept_to_the_minute(nurse, client_of):
    browser = client_of(nurse)
    program = with_token(ask(browser).json()["secret"])
    assert browser.get("/api/tokens").json()["items"][0]["used_at"] is None
    program.get("/api/session")
    first = AccessToken.objects.get().used_at
    program.get("/api/session")
    assert AccessToken.objects.get().used_at == first
    AccessToken.objects.update(used_at=clock.now() - timedelta(minutes=2))
    program.get("/api/session")
    assert AccessToken.objects.get().used_at > first


def test_a_token_is_ended_by_its_owner_alone(nurse, doctor, administrator, client_of):
    secret = ask(client_of(nurse)).json()["secret"]
    token = AccessToken.objects.get()
    for other in (doctor, administrator):
        assert client_of(other).delete(f"/api/tokens/{token.pk}").status_code == 404
    assert client_of(nurse).delete(f"/api/tokens/{token.pk}").status_code == 204
    assert with_token(secret).get("/api/session").status_code == 401
    assert list(Entry.objects.filter(kind__startswith="token.").values_list("kind", flat=True).order_by("at")) == [
        "token.made",
        "token.revoked",
    ]


def test_a_token_opens_a_socket_only_when_nothing_is_kept_from_it(nurse):
    """What a stream shows follows from the person's roles; scopes could not hold it back."""
    gate = SignInGate()
    for scopes, known in (["queue.work"], False), (None, True):
        AccessToken.objects.create(
            person=nurse, digest=digest(str(scopes)), scopes=scopes, expires_at=clock.now() + timedelta(days=1)
        )
        [identity] = gate.identify([{b"authorization": f"Bearer {scopes}".encode()}])
        assert (identity is not None) is known


@pytest.fixture
def role(centre) -> Role:
    return Role.objects.get(organisation=centre, code="secretariat")


def test_a_service_account_comes_with_tokens_only(administrator, client_of, role, door):
    browser = client_of(administrator)
    made = browser.post("/api/service-accounts", {"name": "Standard téléphonique", "role": str(role.pk)})
    assert made.status_code == 201
    account = Person.objects.get(is_service=True)
    assert made.json() == {
        "id": str(account.pk),
        "name": "Standard téléphonique",
        "role": {"id": str(role.pk), "name": role.name},
        "is_active": True,
        "tokens": [],
    }
    until = str(clock.today() + timedelta(days=300))
    token = browser.post(
        f"/api/service-accounts/{account.pk}/tokens",
        {"label": "standard", "scopes": ["agenda.see"], "expires_on": until},
    ).json()
    program = with_token(token["secret"])
    assert program.get("/api/session").json()["person"]["rights"] == ["agenda.see"]
    [item] = browser.get("/api/service-accounts").json()["items"]
    assert [one["label"] for one in item["tokens"]] == ["standard"]
    account.set_password(PASSWORD)
    account.save()
    assert door.give_password(account.login).json()["code"] == "access_ended"
    assert browser.delete(f"/api/tokens/{token['id']}").status_code == 204
    assert program.get("/api/session").status_code == 401


def test_service_accounts_are_the_administrator_s(nurse, administrator, client_of, role, stranger):
    said = {"name": "Standard", "role": str(role.pk)}
    assert client_of(nurse).post("/api/service-accounts", said).status_code == 403
    assert client_of(nurse).get("/api/service-accounts").status_code == 403
    assert unproved(administrator).post("/api/service-accounts", said).json()["code"] == "reauthentication_required"
    elsewhere = Role.objects.get(organisation=stranger.organisation, code="medecin")
    answer = client_of(administrator).post("/api/service-accounts", {**said, "role": str(elsewhere.pk)})
    assert answer.status_code == 404
    assert not Person.objects.filter(is_service=True).exists()


def test_service_accounts_are_read_in_few_queries(administrator, client_of, role, django_assert_max_num_queries):
    browser = client_of(administrator)
    for n in range(3):
        browser.post("/api/service-accounts", {"name": f"Programme {n}", "role": str(role.pk)})
    with django_assert_max_num_queries(8):
        assert len(browser.get("/api/service-accounts").json()["items"]) == 3


def test_who_lost_every_factor_sets_up_another_one(administrator, enrolled, client_of):
    person, secret = enrolled
    signed_in = Door()
    signed_in.sign_in(person.login, secret)
    answer = client_of(administrator).post(f"/api/people/{person.pk}/reset-second-factor")
    assert answer.status_code == 204
    assert not Authenticator.objects.filter(user=person).exists()
    assert signed_in.standing() == (401, "not_signed_in")
    again = Door()
    again.give_password(person.login)
    assert again.standing() == (401, "second_factor_to_set_up")
    entry = Entry.objects.get(kind="second_factor.reset")
    assert (entry.actor_id, entry.subject_id) == (administrator.pk, person.pk)


def test_who_forgot_their_password_is_given_one_to_change(administrator, enrolled, client_of):
    person, secret = enrolled
    epoch = Person.objects.get(pk=person.pk).access_epoch
    given = client_of(administrator).post(f"/api/people/{person.pk}/first-password").json()["password"]
    door = Door()
    assert door.give_password(person.login).status_code == 400
    assert door.give_password(person.login, given).status_code == 401
    assert door.post("auth/2fa/authenticate", code=code(secret)).status_code == 200
    assert door.standing() == (401, "password_to_change")
    door.post("account/password/change", current_password=given, new_password="une phrase de passe à moi")
    assert door.standing() == (200, None)
    assert Person.objects.get(pk=person.pk).access_epoch > epoch
    assert given not in str(list(Entry.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize("what", ["reset-second-factor", "first-password"])
def test_only_an_administrator_who_has_just_proved_who_they_are_resets(nurse, doctor, administrator, stranger, what):
    path = f"/api/people/{nurse.pk}/{what}"
    assert PersonClient(doctor).post(path).status_code == 403
    assert unproved(administrator).post(path).json()["code"] == "reauthentication_required"
    assert PersonClient(stranger).post(path).status_code == 403
    assert PersonClient(administrator).post(f"/api/people/{stranger.pk}/{what}").status_code == 404
    own = PersonClient(administrator).post(f"/api/people/{administrator.pk}/{what}")
    assert own.json()["code"] == "own_access"


WAYS_IN = ["reset-second-factor", "first-password"]


@pytest.mark.parametrize("first", WAYS_IN)
def test_one_administrator_alone_does_not_give_somebody_both_ways_in(nurse, doctor, centre, administrator, first):
    [other] = set(WAYS_IN) - {first}
    mine, path = PersonClient(administrator), f"/api/people/{nurse.pk}"
    assert mine.post(f"{path}/{first}").status_code in {200, 204}
    refused = mine.post(f"{path}/{other}")
    assert (refused.status_code, refused.json()["code"]) == (403, "both_keys")
    assert "Awa Diallo" in refused.json()["detail"]
    assert mine.post(f"{path}/{first}").status_code in {200, 204}
    assert mine.post(f"/api/people/{doctor.pk}/{other}").status_code in {200, 204}
    colleague = make_person(centre, "Zoé Martin", "administrateur", "Administratrice", "administrateur")
    assert PersonClient(colleague).post(f"{path}/{other}").status_code in {200, 204}


@pytest.mark.parametrize("what", WAYS_IN)
def test_a_day_later_the_same_administrator_may(nurse, administrator, what, monkeypatch):
    [other] = set(WAYS_IN) - {what}
    browser, now = PersonClient(administrator), clock.now()
    assert browser.post(f"/api/people/{nurse.pk}/{what}").status_code in {200, 204}
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=25))
    assert browser.post(f"/api/people/{nurse.pk}/{other}").status_code in {200, 204}


def test_another_way_in_is_told_to_its_owner_and_ends_their_tokens(nurse, doctor, administrator, client_of):
    browser, path = client_of(administrator), f"/api/people/{nurse.pk}"
    kept = ask(client_of(doctor)).json()["secret"]
    acts = [
        lambda: browser.patch(path, {"rpps": "10001234567"}),
        lambda: browser.post(f"{path}/first-password"),
    ]
    for done, act in enumerate(acts, start=1):
        secret = ask(client_of(nurse)).json()["secret"]
        assert browser.patch(path, {"rpps": Person.objects.get(pk=nurse.pk).rpps, "title": "Mme"}).status_code == 200
        assert with_token(secret).get("/api/session").status_code == 200
        assert act().status_code == 200
        assert with_token(secret).get("/api/session").status_code == 401
        assert Event.objects.filter(stream_id=nurse.pk, kind="access.changed").count() == done
        assert Entry.objects.filter(kind="token.revoked", actor_id=administrator.pk).count() == done
    assert with_token(kept).get("/api/session").status_code == 200
