"""Guessing is slow, and locks nobody else out."""

import pytest
from django.core.cache import cache

from tests.accounts.door import Door


def refusals(door: Door, login: str, times: int) -> list[str]:
    return [door.give_password(login, "devine").json()["errors"][0]["code"] for _ in range(times)]


def test_a_guesser_is_slowed_down_and_the_owner_elsewhere_is_not(with_password):
    guesser = Door(address="192.0.2.66")
    assert refusals(guesser, "awa.diallo", 9) == ["username_password_mismatch"] * 8 + ["too_many_login_attempts"]
    assert guesser.give_password("awa.diallo").status_code == 400
    assert Door(address="192.0.2.7").give_password("awa.diallo").status_code == 200


def test_right_passwords_do_not_count(with_password):
    for _ in range(12):
        assert Door().give_password("awa.diallo").status_code == 200


@pytest.fixture
def few(settings):
    """Small limits: the account from anywhere, and one address, count to four."""
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "login_failed_account": "4/1m/key",
        "login_failed_address": "4/1m/ip",
    }


def test_guessers_everywhere_close_an_account_but_not_to_the_browser_its_owner_knows(few, enrolled):
    person, secret = enrolled
    known = Door(address="192.0.2.7")
    known.sign_in(person.login, secret)
    known.delete("/api/session")
    for n in range(4):
        refusals(Door(address=f"198.51.100.{n}"), person.login, 1)
    stranger = Door(address="198.51.100.9").give_password(person.login)
    assert stranger.json()["errors"][0]["code"] == "too_many_login_attempts"
    assert known.sign_in(person.login, secret, ahead=1).status_code == 200


def test_guessers_in_the_centre_close_its_address_but_not_to_the_browsers_of_its_people(few, enrolled, doctor):
    person, secret = enrolled
    known = Door()
    known.sign_in(person.login, secret)
    known.delete("/api/session")
    refusals(Door(), doctor.login, 4)
    assert refusals(Door(), "another.login", 1) == ["too_many_login_attempts"]
    assert known.sign_in(person.login, secret, ahead=1).status_code == 200


def test_a_known_browser_has_no_endless_tries_either(enrolled):
    person, secret = enrolled
    stolen = Door()
    stolen.sign_in(person.login, secret)
    stolen.delete("/api/session")
    assert refusals(stolen, person.login, 11) == ["username_password_mismatch"] * 10 + ["too_many_login_attempts"]


def test_a_browser_is_known_for_its_own_people_only(few, enrolled, doctor):
    person, secret = enrolled
    shared = Door()
    shared.sign_in(person.login, secret)
    shared.delete("/api/session")
    assert refusals(shared, doctor.login, 5)[-1] == "too_many_login_attempts"


def test_a_forged_cookie_makes_no_browser_known(few, with_password):
    door = Door()
    door.http.cookies["liaison_known"] = "e30:1abc:forged"
    assert refusals(door, with_password.login, 5)[-1] == "too_many_login_attempts"
    cache.clear()
    assert door.give_password(with_password.login).status_code == 200


def test_a_half_session_makes_no_browser_known(with_password):
    door = Door()
    door.give_password(with_password.login)
    assert "liaison_known" not in door.http.cookies
