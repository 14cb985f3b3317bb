"""Signing in by the directory, through the same form as everybody."""

import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from coordination.accounts.directory import actions
from coordination.accounts.models import Person
from coordination.audit.models import Entry
from tests.conftest import make_person
from tests.directory.conftest import give
from tests.directory.slapd import PASSWORD
from tests.directory.wire import wire_to

LOGIN = "/_allauth/browser/v1/auth/login"
BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "coordination.accounts.directory.backend.DirectoryBackend",
]


def sign_in(login: str, password: str = PASSWORD) -> tuple[Any, Client]:
    http = Client()
    return http.post(LOGIN, {"username": login, "password": password}, content_type="application/json"), http


def codes(answer: Any) -> list[str]:
    return [error["code"] for error in answer.json()["errors"]]


@pytest.fixture
def directory(connected, settings):
    settings.AUTHENTICATION_BACKENDS = BACKENDS
    cache.clear()
    return connected


@pytest.fixture
def carer(directory, centre):
    """Zoé of the directory, whose group makes her a carer; nobody of Liaison yet."""
    group = directory.add_group("soignants", directory.add_person("zoe", "Zoé", "Lefèvre"))
    return give(centre, group, "soignant")


def test_the_right_password_opens_half_a_session_that_asks_for_a_second_factor(carer):
    answer, http = sign_in(" ZOE ")
    assert answer.status_code == 200, answer.content
    assert http.get("/api/session").json()["code"] == "second_factor_to_set_up"
    zoe = Person.objects.get(login="zoe")
    assert (zoe.display_name, [held.role for held in zoe.memberships.all()]) == ("Zoé Lefèvre", [carer.role])


def test_start_tls_serves_as_well(carer, directory, settings):
    slapd = directory.slapd
    settings.DIRECTORY = directory.directory(url=f"ldap://127.0.0.1:{slapd.port}", start_tls=True)
    assert sign_in("zoe")[0].status_code == 200


@pytest.mark.parametrize(
    ("login", "password"), [("zoe", "another"), ("nobody", PASSWORD), ("zo*", PASSWORD), ("zoe)(uid=*", PASSWORD)]
)
def test_a_wrong_password_an_unknown_login_and_a_pattern_are_told_alike(carer, login, password):
    answer, http = sign_in(login, password)
    assert (answer.status_code, codes(answer)) == (400, ["username_password_mismatch"])
    assert http.get("/api/session").json()["code"] == "not_signed_in"
    assert not Person.objects.get_queryset().exists()


def test_somebody_none_of_whose_groups_gives_access_is_told_so_and_does_not_come_in(directory, centre):
    directory.add_group("inconnus", directory.add_person("jo", "Jo", "Martin"))
    answer, _ = sign_in("jo")
    assert (answer.status_code, codes(answer)) == (400, ["directory_without_access"])
    assert "n’ouvre aucun accès à Liaison" in answer.json()["errors"][0]["message"]
    assert not Person.objects.get_queryset().exists()


def test_a_group_that_was_left_this_morning_gives_nothing_any_more(carer, directory):
    sign_in("zoe")
    directory.replace(carer.group, "member", f"uid=nobody,{directory.people}")
    answer, _ = sign_in("zoe")
    assert codes(answer) == ["directory_without_access"]
    assert not Person.objects.get(login="zoe").has_access


def test_the_sign_in_of_an_administrator_gives_nothing_and_takes_nothing_that_would_break_a_rule(
    carer, directory, centre
):
    group = directory.add_group("admins", directory.add_person("luc", "Luc", "Petit"))
    give(centre, group, "administrateur")
    assert sign_in("luc")[0].status_code == 200
    directory.replace(carer.group, "member", f"uid=luc,{directory.people}")
    assert sign_in("luc")[0].status_code == 200
    directory.replace(group, "member", f"uid=nobody,{directory.people}")
    assert sign_in("luc")[0].status_code == 200
    luc = Person.objects.get(login="luc")
    assert [held.role.code for held in luc.memberships.all()] == ["administrateur"]
    why = Entry.objects.filter(kind="directory.refused", subject_id=luc.pk).order_by("at").values_list("detail__why")
    assert {code for (code,) in why} == {"manages_directory", "last_administrator"}


def test_somebody_suspended_by_hand_stays_out_with_the_right_password(carer):
    sign_in("zoe")
    Person.objects.filter(login="zoe").update(is_active=False)
    assert codes(sign_in("zoe")[0]) == ["directory_without_access"]


def test_somebody_suspended_while_gone_comes_back_at_their_own_sign_in(carer, directory, centre, settings):
    sign_in("zoe")
    settings.DIRECTORY = directory.directory(filter="(&(objectClass=person)(!(uid=zoe)))")
    actions.synchronise(centre.pk, by=None)
    assert not Person.objects.get(login="zoe").has_access
    assert codes(sign_in("zoe")[0]) == ["username_password_mismatch"]
    settings.DIRECTORY = directory.directory()
    assert sign_in("zoe")[0].status_code == 200


def test_the_password_of_somebody_who_is_here_by_hand_is_never_tried_in_the_directory(carer, centre):
    """Nobody is taken over by a sign-in, even under the same name: a synchronisation does that, and says so first."""
    make_person(centre, "Zoé Lefèvre", "ide", "Infirmière", "soignant")
    Person.objects.update(login="zoe")
    assert codes(sign_in("zoe")[0]) == ["username_password_mismatch"]


def test_a_local_password_opens_while_the_directory_is_away(directory, administrator, settings):
    settings.DIRECTORY = directory.directory(url="ldaps://127.0.0.1:1")
    administrator.set_password("un-mot-de-passe-local")
    administrator.save()
    assert sign_in(administrator.login, "un-mot-de-passe-local")[0].status_code == 200


def test_a_directory_that_is_away_or_another_is_no_wrong_password(carer, directory, settings):
    settings.DIRECTORY = directory.directory(url="ldaps://127.0.0.1:1")
    answer, _ = sign_in("zoe")
    assert (answer.status_code, codes(answer)) == (400, ["directory_away"])
    settings.DIRECTORY = directory.directory(ca="")
    assert codes(sign_in("zoe")[0]) == ["directory_certificate_refused"]
    settings.DIRECTORY = directory.directory(password="another")
    assert codes(sign_in("zoe")[0]) == ["directory_account_refused"]


@pytest.mark.parametrize("after", [0, 4_000], ids=["in the handshake", "after it"])
def test_a_directory_that_hangs_never_holds_a_sign_in(carer, directory, settings, after):
    with wire_to(directory.slapd.tls_port, after=after, hang=True) as wire:
        settings.DIRECTORY = directory.directory(url=f"ldaps://127.0.0.1:{wire.port}", timeout=1)
        began = time.monotonic()
        answer, _ = sign_in("zoe") if after == 0 else sign_in_until_it_hangs(wire)
        assert time.monotonic() - began < 6
    assert codes(answer) == ["directory_away"]


def sign_in_until_it_hangs(wire: Any) -> tuple[Any, Client]:
    """The wire is exhausted by the sign-ins before."""
    for _ in range(9):
        answer, http = sign_in("zoe")
        if answer.status_code != 200:
            return answer, http
    raise AssertionError(wire.passed)


def test_a_refused_sign_in_is_counted_and_audited(carer):
    sign_in("zoe")
    sign_in("zoe", "another")
    zoe = Person.objects.get(login="zoe")
    assert Entry.objects.filter(kind="session.refused", subject_id=zoe.pk).exists()


def test_nobody_gives_somebody_of_the_directory_a_password_beside_it(carer, administrator, client_of):
    """It would still open the door once the directory has closed it."""
    sign_in("zoe")
    zoe = Person.objects.get(login="zoe")
    body = {"current_password": PASSWORD, "new_password": "un-autre-mot-de-passe"}
    answer = client_of(zoe).post("/_allauth/browser/v1/account/password/change", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "password_elsewhere")
    answer = client_of(administrator).post(f"/api/people/{zoe.pk}/first-password")
    assert (answer.status_code, answer.json()["code"]) == (409, "password_elsewhere")
    assert not Person.objects.get(login="zoe").has_usable_password()
