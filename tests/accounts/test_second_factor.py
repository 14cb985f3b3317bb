"""A password alone opens nothing: codes, passkeys and recovery codes."""

import pytest
from allauth.mfa.models import Authenticator

from coordination.accounts.models import Person
from coordination.accounts.sessions import sessions_of
from coordination.audit.models import Entry
from tests.accounts.door import PASSWORD, Door, Passkey, code
from tests.clients import sign_in


def kinds() -> list[str]:
    return list(Entry.objects.order_by("at", "id").values_list("kind", flat=True))


def flows(answer) -> dict[str, bool]:
    return {flow["id"]: flow.get("is_pending", False) for flow in answer.json()["data"]["flows"]}


def test_a_first_sign_in_asks_for_a_second_factor_and_ends_whole(with_password, door):
    answer = door.give_password(" Awa.Diallo ")
    assert answer.status_code == 200
    assert door.standing() == (401, "second_factor_to_set_up")
    assert door.get("/api/patients").json() == {
        "code": "second_factor_to_set_up",
        "detail": "Installez votre second facteur pour continuer.",
    }
    door.set_up_generator()
    assert door.standing() == (200, None)
    assert door.get("/api/session").json()["person"]["second_factor"] is True
    assert [kind for kind in kinds() if kind.startswith(("session", "second"))] == [
        "session.begun",
        "second_factor.added",
        "session.opened",
    ]


def test_a_wrong_code_sets_nothing_up(with_password, door):
    door.give_password(with_password.login)
    secret = door.get("account/authenticators/totp").json()["meta"]["secret"]
    answer = door.post("account/authenticators/totp", code=f"{(int(code(secret)) + 1) % 1_000_000:06d}")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "incorrect_code")
    assert door.standing() == (401, "second_factor_to_set_up")
    assert not Authenticator.objects.exists()


def test_the_password_is_followed_by_the_code(enrolled, door):
    person, secret = enrolled
    answer = door.give_password(person.login)
    assert (answer.status_code, flows(answer)["mfa_authenticate"]) == (401, True)
    assert door.standing() == (401, "not_signed_in")
    assert door.post("auth/2fa/authenticate", code=code(secret)).status_code == 200
    assert door.standing() == (200, None)
    entry = Entry.objects.filter(kind="session.opened").latest("at")
    assert (entry.actor_id, entry.address, entry.detail) == (person.pk, "127.0.0.1", {"by": ["password", "totp"]})


def test_a_code_serves_once_although_it_is_good_for_longer(enrolled):
    person, secret = enrolled
    shown = code(secret)
    first, second = Door(), Door()
    for each in (first, second):
        each.give_password(person.login)
    assert first.post("auth/2fa/authenticate", code=shown).status_code == 200
    again = second.post("auth/2fa/authenticate", code=shown)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (400, "incorrect_code")


def test_a_wrong_code_is_audited_and_opens_nothing(enrolled, door):
    person, secret = enrolled
    answer = door.sign_in(person.login, secret, ahead=100)
    assert answer.json()["errors"][0]["message"] == "Code incorrect."
    assert door.standing() == (401, "not_signed_in")
    entry = Entry.objects.get(kind="session.refused")
    assert (entry.actor_id, entry.subject_id, entry.detail) == (None, person.pk, {"why": "incorrect_code"})


def test_whoever_guesses_codes_is_stopped_soon(enrolled, door):
    person, secret = enrolled
    codes = [door.sign_in(person.login, secret, ahead=100 + n).json()["errors"][0]["code"] for n in range(9)]
    assert codes == ["incorrect_code"] * 8 + ["too_many_login_attempts"]


def test_a_recovery_code_stands_in_for_the_generator_once(enrolled):
    person, secret = enrolled
    owner = Door()
    owner.sign_in(person.login, secret)
    recovery = owner.get("account/authenticators/recovery-codes").json()["data"]["unused_codes"]
    assert len(recovery) == 10

    def try_it():
        lost = Door()
        lost.give_password(person.login)
        return lost.post("auth/2fa/authenticate", code=recovery[0]).status_code

    assert (try_it(), try_it()) == (200, 400)
    assert {"recovery_codes.shown", "recovery_code.used"} <= set(kinds())


def test_a_generator_is_not_replaced_by_another(enrolled, door):
    person, secret = enrolled
    door.sign_in(person.login, secret)
    session = door.http.session
    session["mfa.totp.secret"] = other = "JBSWY3DPEHPK3PXP"
    session.save()
    assert door.post("account/authenticators/totp", code=code(other)).status_code == 409
    assert Authenticator.objects.filter(user=person, type="totp").count() == 1


def test_secrets_are_kept_encrypted(enrolled):
    person, secret = enrolled
    kept = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert secret not in kept
    assert secret not in str(Entry.objects.values_list("detail", flat=True))


def test_a_half_session_cannot_add_a_factor_beside_the_owner_s(with_password):
    """Whoever only learnt the password, and waits with it, gains nothing once the owner has set up theirs."""
    thief, owner = Door(address="192.0.2.66"), Door()
    thief.give_password(with_password.login)
    owner.give_password(with_password.login)
    owner.set_up_generator()
    assert thief.standing() == (401, "not_signed_in")
    assert thief.post("account/authenticators/totp", code="123456").status_code == 401
    assert [row.ip for row in sessions_of(with_password)] == ["127.0.0.1"]


def test_a_password_session_beside_a_factor_is_no_session(enrolled):
    """Even one that was kept: only the factor makes it whole."""
    person, _ = enrolled
    kept = Door()
    sign_in(kept.http, person, {"method": "password"})
    assert kept.standing() == (401, "not_signed_in")
    answer = kept.post("account/authenticators/totp", code="123456")
    assert (answer.status_code, answer.json()["code"]) == (409, "second_factor_known")


def test_whoever_takes_their_last_factor_away_sets_another_one_up(enrolled, door):
    person, secret = enrolled
    elsewhere = Door()
    elsewhere.sign_in(person.login, secret)
    door.sign_in(person.login, secret, ahead=1)
    assert door.delete("account/authenticators/totp").status_code == 200
    assert door.standing() == (401, "second_factor_to_set_up")
    assert elsewhere.standing() == (401, "not_signed_in")
    door.set_up_generator()
    assert door.standing() == (200, None)
    assert "second_factor.removed" in kinds()


def test_changing_factors_asks_who_is_there_after_a_while(enrolled, door):
    person, secret = enrolled
    door.sign_in(person.login, secret)
    age(door, 301)
    answer = door.delete("account/authenticators/totp")
    assert (answer.status_code, answer.json()["meta"]["is_authenticated"]) == (401, True)
    assert Authenticator.objects.filter(type="totp").exists()
    assert door.post("auth/2fa/reauthenticate", code=code(secret, ahead=1)).status_code == 200
    assert door.delete("account/authenticators/totp").status_code == 200
    assert "session.proved" in kinds()


def age(door: Door, seconds: int) -> None:
    """As if all proofs of this session had been given longer ago."""
    session = door.http.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session.save()


def with_passkey(door: Door, person: Person) -> Passkey:
    key = Passkey()
    options = door.get("account/authenticators/webauthn?passwordless").json()["data"]["creation_options"]
    answer = door.post(
        "account/authenticators/webauthn", name="Clé", credential=key.create(options, person.pk), passwordless=True
    )
    assert answer.status_code == 200, answer.content
    return key


def by_passkey(door: Door, key: Passkey, *, origin: str = "https://testserver"):
    key.origin = origin
    options = door.get("auth/webauthn/login").json()["data"]["request_options"]
    return door.post("auth/webauthn/login", credential=key.get(options))


def test_a_passkey_alone_opens_a_whole_session(with_password, door):
    door.give_password(with_password.login)
    key = with_passkey(door, with_password)
    assert door.standing() == (200, None)
    elsewhere = Door(address="192.0.2.7")
    assert by_passkey(elsewhere, key).status_code == 200
    assert elsewhere.standing() == (200, None)
    assert Entry.objects.filter(kind="session.opened").latest("at").detail == {"by": ["passkey"]}


def test_a_passkey_is_also_a_second_factor(with_password, door):
    door.give_password(with_password.login)
    key = with_passkey(door, with_password)
    later = Door()
    assert later.give_password(with_password.login).status_code == 401
    options = later.get("auth/webauthn/authenticate").json()["data"]["request_options"]
    assert later.post("auth/webauthn/authenticate", credential=key.get(options)).status_code == 200
    assert later.standing() == (200, None)


def test_a_page_of_another_origin_cannot_use_a_passkey(with_password, door):
    door.give_password(with_password.login)
    key = with_passkey(door, with_password)
    answer = by_passkey(Door(), key, origin="https://testserver.evil.example")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "incorrect_code")


def test_a_passkey_that_signs_with_another_key_is_refused(with_password, door):
    door.give_password(with_password.login)
    key, forged = with_passkey(door, with_password), Passkey()
    forged.id, forged.owner = key.id, key.owner
    answer = by_passkey(Door(), forged)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "incorrect_code")


def test_the_passkey_of_somebody_who_left_opens_nothing(with_password, door):
    door.give_password(with_password.login)
    key = with_passkey(door, with_password)
    with_password.memberships.all().delete()
    answer = by_passkey(Door(), key)
    assert (answer.status_code, answer.json()["code"]) == (403, "access_ended")


CREDENTIALS = [
    "text",
    [],
    {"response": None},
    {"response": "text", "id": 3},
    {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}},
    {"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "_w"}},
    {"id": "é", "rawId": "é", "type": "x", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}},
    {
        "id": "AA",
        "rawId": "AA",
        "type": "public-key",
        "response": {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"},
    },
]


@pytest.mark.parametrize("credential", CREDENTIALS, ids=range(len(CREDENTIALS)))
def test_whatever_a_passkey_is_said_to_answer_is_refused_in_words(with_password, credential):
    """Nothing a program sends there is a fault of ours."""
    door = Door()
    door.get("auth/webauthn/login")
    assert door.post("auth/webauthn/login", credential=credential).status_code == 400
    door.give_password(with_password.login)
    door.get("account/authenticators/webauthn")
    assert door.post("account/authenticators/webauthn", name="x", credential=credential).status_code == 400
    assert not Authenticator.objects.exists()


def test_another_password_is_no_way_around_the_factor(enrolled, door):
    person, _ = enrolled
    door.give_password(person.login)
    assert door.post("account/password/change", current_password=PASSWORD, new_password="x" * 20).status_code == 401
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
