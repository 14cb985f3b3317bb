"""Signing in and out, the sessions that are open, and the one that nobody uses any more."""

from datetime import timedelta
from time import time

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from redis.exceptions import ConnectionError as RedisAway

from coordination.accounts.gate import SignInGate
from coordination.accounts.models import Absence, Person
from coordination.accounts.recent import is_recent
from coordination.audit.models import Entry
from coordination.base import clock, demo
from tests.accounts.door import PASSWORD, Door
from tests.clients import PersonClient, sign_in


def idle(minutes: float) -> None:
    """As if nobody had acted for so long in any session."""
    UserSession.objects.update(last_seen_at=clock.now() - timedelta(minutes=minutes))


def handshake(browser: PersonClient) -> dict[bytes, bytes]:
    """What the browser's socket sends of its session."""
    cookie = f"{django_settings.SESSION_COOKIE_NAME}={browser.http.session.session_key}"
    return {b"cookie": cookie.encode()}


def test_whoever_is_signed_in_is_told_who_they_are(client_of, nurse, doctor, nursing, secretariat, centre):
    now = clock.now()
    Absence.objects.create(person=doctor, delegate=nurse, starts_at=now, ends_at=now + timedelta(hours=1))
    body = client_of(nurse).get("/api/session").json()
    assert body.pop("csrf")
    assert body.pop("version")
    assert body == {
        "person": {
            "id": str(nurse.pk),
            "name": "Awa Diallo",
            "short": "Awa D.",
            "profession": "Infirmière",
            "initials": "AD",
            "organisation": {"id": str(centre.pk), "name": "Centre d’essai"},
            "rights": sorted(nurse.rights),
            "language": "fr",
            "teams": [{"id": str(nursing.pk), "name": "Infirmerie"}],
            "standing_in_for": [
                {
                    "id": str(doctor.pk),
                    "name": "Dr Claire Roux",
                    "short": "Dr Roux",
                    "profession": "Médecin généraliste",
                    "initials": "CR",
                }
            ],
            "second_factor": False,
            "streams": {"inbox": str(nurse.pk)},
        },
        "demo": False,
        "idle_minutes": 120,
    }


def test_nobody_is_told_to_sign_in(client_of):
    answer = client_of(None).get("/api/session")
    assert (answer.status_code, answer.json()) == (
        401,
        {"code": "not_signed_in", "detail": "Connectez-vous pour continuer."},
    )


def test_a_wrong_password_is_refused_without_telling_which_was_wrong(with_password):
    wrong, unknown = (Door().give_password(login, "autre") for login in ("awa.diallo", "nobody"))
    assert (wrong.status_code, unknown.status_code) == (400, 400)
    assert wrong.json() == unknown.json()
    assert wrong.json()["errors"][0]["code"] == "username_password_mismatch"
    refused = Entry.objects.filter(kind="session.refused").order_by("at")
    assert [(entry.subject_id, entry.actor_id) for entry in refused] == [(with_password.pk, None), (None, None)]


def test_a_stand_in_whose_membership_ended_does_not_sign_in(ended, door):
    ended.set_password(PASSWORD)
    ended.save()
    answer = door.give_password(ended.login)
    assert (answer.status_code, answer.json()["code"]) == (403, "access_ended")
    assert answer.json()["errors"][0]["message"].startswith("Votre accès a pris fin")
    assert door.standing() == (401, "not_signed_in")
    assert Entry.objects.get(kind="session.refused").detail["why"] == "access_ended"


def test_a_session_stops_with_the_membership(nurse, client_of):
    browser = client_of(nurse)
    assert browser.get("/api/session").status_code == 200
    nurse.memberships.update(valid_until=clock.now())
    answer = browser.get("/api/session")
    assert (answer.status_code, answer.json()["code"]) == (401, "access_ended")


def test_whoever_is_suspended_is_signed_in_no_more(nurse, client_of, with_password, door):
    browser = client_of(nurse)
    Person.objects.filter(pk=nurse.pk).update(is_active=False)
    assert browser.get("/api/session").status_code == 401
    assert door.give_password(nurse.login).status_code in {401, 403}
    assert door.standing()[0] == 401


def test_signing_out_ends_the_session(nurse, client_of):
    browser = client_of(nurse)
    gone = handshake(browser)
    answer = browser.delete("/api/session")
    assert (answer.status_code, answer.json()) == (200, {"continue_at": None})
    assert browser.get("/api/session").status_code == 401
    assert SignInGate().identify([gone]) == [None]
    assert not UserSession.objects.exists()
    assert Entry.objects.filter(kind="session.closed", actor_id=nurse.pk).count() == 1


def test_a_half_session_can_be_left_too(with_password, door):
    door.give_password(with_password.login)
    assert door.delete("/api/session").status_code == 200
    assert door.standing() == (401, "not_signed_in")


def test_signing_in_asks_for_the_token_of_our_page(with_password):
    door = Door(strict=True)
    refused = door.give_password(with_password.login)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    token = door.get("/api/session/csrf").json()["csrf"]
    door.http.defaults["HTTP_X_CSRFTOKEN"] = token
    assert door.give_password(with_password.login).status_code == 200


def test_a_whole_session_is_not_replaced_and_a_half_one_is(with_password, client_of, door):
    door.give_password(with_password.login)
    assert door.give_password(with_password.login).status_code == 200
    whole = Door()
    sign_in(whole.http, with_password)
    answer = whole.give_password(with_password.login)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_signed_in")


@pytest.mark.parametrize("path", ["auth/signup", "auth/password/request", "account/email", "auth/code/request", "x"])
def test_there_is_no_other_way_in(door, path):
    """No sign-up, no reset by mail, no code by mail; and what there is not is said in JSON."""
    answer = door.post(path, email="awa@example.org", username="x", password=PASSWORD)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


BODIES = [
    b"{",
    b"\xff",
    b"[]",
    b'{"username": "\\ud800", "password": "x"}',
    b"NaN",
    b"[" * 5000,
    b'{"username": "\\u0000"}',
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_what_is_no_json_is_refused_as_everywhere(db, body):
    answer = Door().http.post("/_allauth/browser/v1/auth/login", body, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert answer.headers["Cache-Control"]


def test_the_door_says_how_one_may_sign_in(client_of, nurse, settings):
    body = client_of(None).get("/api/session/csrf").json()
    assert (body["demo"], body["demo_people"], body["idle_minutes"]) == (False, [], 120)
    assert body["ways"] == {"password": True, "passkey": True, "directory": False, "providers": []}
    settings.DEMO = True
    assert client_of(None).get("/api/session/csrf").json()["demo_people"] == [
        {"login": "awa.diallo", "name": "Awa Diallo", "profession": "Infirmière", "password": demo.PASSWORD}
    ]


def test_the_people_of_the_demo_do_without_a_second_factor_and_nobody_else(with_password, doctor, settings):
    settings.DEMO = True
    doctor.login = "somebody.else"
    doctor.set_password(PASSWORD)
    doctor.save()
    shown, other = Door(), Door()
    shown.give_password(with_password.login)
    other.give_password(doctor.login)
    assert shown.standing() == (200, None)
    assert other.standing() == (401, "second_factor_to_set_up")


def test_a_given_password_is_changed_before_anything_else(with_password, door):
    Person.objects.filter(pk=with_password.pk).update(password_to_change=True)
    door.give_password(with_password.login)
    assert door.standing() == (401, "password_to_change")
    short = door.post("account/password/change", current_password=PASSWORD, new_password="court")
    common = door.post("account/password/change", current_password=PASSWORD, new_password="qwerty123456")
    assert (short.status_code, common.status_code) == (400, 400)
    assert short.json()["errors"][0]["code"] == "password_too_short"
    changed = door.post("account/password/change", current_password=PASSWORD, new_password="une autre phrase longue")
    assert changed.status_code == 200
    assert door.standing() == (401, "second_factor_to_set_up")
    assert Entry.objects.filter(kind="password.changed").count() == 1


def test_a_new_password_ends_the_other_sessions(enrolled, client_of):
    person, secret = enrolled
    elsewhere, here = client_of(person), Door()
    here.sign_in(person.login, secret)
    wrong = here.post("account/password/change", current_password="autre", new_password="une autre phrase longue")
    assert wrong.status_code == 400
    assert elsewhere.get("/api/session").status_code == 200
    here.post("account/password/change", current_password=PASSWORD, new_password="une autre phrase longue")
    assert (here.standing(), elsewhere.get("/api/session").status_code) == ((200, None), 401)


def test_one_s_sessions_are_listed_with_device_and_place(nurse, client_of, doctor):
    client_of(doctor)
    here = client_of(nurse)
    UserSession.objects.filter(user=nurse).update(last_seen_at=clock.now() - timedelta(minutes=3))
    client_of(nurse)
    UserSession.objects.filter(session_key=here.http.session.session_key).update(ip="192.0.2.7")
    items = here.get("/api/sessions").json()["items"]
    assert [(one["device"], one["address"], one["current"]) for one in items] == [
        ("Firefox sur Windows", "127.0.0.1", False),
        ("Firefox sur Windows", "192.0.2.7", True),
    ]
    assert set(items[0]) == {"id", "device", "address", "created_at", "seen_at", "current"}


def test_one_session_is_ended_from_another_and_its_socket_with_it(nurse, client_of):
    here, lost = client_of(nurse), client_of(nurse)
    gate = SignInGate()
    [identity] = gate.identify([handshake(lost)])
    assert gate.still_good([identity.credential]) == {identity.credential}
    row = UserSession.objects.get(session_key=lost.http.session.session_key)
    assert here.delete(f"/api/sessions/{row.pk}").status_code == 204
    assert gate.still_good([identity.credential]) == set()
    assert (lost.get("/api/session").status_code, here.get("/api/session").status_code) == (401, 200)
    assert Entry.objects.filter(kind="session.ended", actor_id=nurse.pk).count() == 1


def test_somebody_else_s_session_cannot_be_ended(nurse, doctor, client_of):
    client_of(nurse)
    row = UserSession.objects.get()
    assert client_of(doctor).delete(f"/api/sessions/{row.pk}").status_code == 404
    assert UserSession.objects.filter(pk=row.pk).exists()


def test_all_other_sessions_are_ended_at_once(nurse, doctor, client_of):
    here, *others = (client_of(nurse) for _ in range(3))
    colleague = client_of(doctor)
    assert here.delete("/api/sessions").status_code == 204
    assert [one.get("/api/session").status_code for one in (here, *others, colleague)] == [200, 401, 401, 200]


def test_a_session_that_nobody_acts_in_is_locked_and_says_so(nurse, client_of):
    browser = client_of(nurse)
    known = handshake(browser)
    gate = SignInGate()
    [identity] = gate.identify([known])
    idle(119)
    assert browser.get("/api/session").status_code == 200
    idle(121)
    assert (gate.still_good([identity.credential]), gate.identify([known])) == (set(), [None])
    answers = [browser.get("/api/people").json()["code"], browser.get("/api/session").json()["code"]]
    assert answers == ["locked", "locked"]
    assert not Session.objects.filter(pk=identity.credential.removeprefix("session:")).exists()
    assert Entry.objects.filter(kind="session.locked", actor_id=nurse.pk).count() == 1


def test_after_a_lock_one_signs_in_as_always(enrolled, door):
    person, secret = enrolled
    door.sign_in(person.login, secret)
    idle(121)
    assert door.standing() == (401, "locked")
    assert door.sign_in(person.login, secret, ahead=1).status_code == 200
    assert door.standing() == (200, None)


def test_a_lock_is_found_by_the_sign_in_routes_too(with_password, door):
    sign_in(door.http, with_password)
    idle(121)
    assert door.get("account/authenticators").status_code == 401
    assert door.standing() == (401, "locked")


def test_acting_keeps_a_session_and_reading_in_the_background_does_not(nurse, client_of):
    browser = client_of(nurse)
    idle(100)
    browser.get("/api/people")
    row = UserSession.objects.get()
    assert row.last_seen_at < clock.now() - timedelta(minutes=99)
    assert browser.post("/api/session/seen").status_code == 204
    row.refresh_from_db()
    assert row.last_seen_at > clock.now() - timedelta(minutes=1)


def test_activity_is_written_down_once_a_minute_at_most(nurse, client_of, django_assert_num_queries):
    browser = client_of(nurse)
    idle(0.5)
    before = UserSession.objects.get().last_seen_at
    browser.post("/api/session/seen")
    assert UserSession.objects.get().last_seen_at == before


def test_a_proof_is_recent_for_five_minutes_and_a_token_never_proves(rf, nurse):
    request = rf.get("/")
    request.user, request.session = nurse, {}
    request.session["account_authentication_methods_user"] = str(nurse.pk)
    for ago, recent in ((10, True), (299, True), (301, False)):
        request.session["account_authentication_methods"] = [{"method": "password", "at": time() - ago}]
        assert is_recent(request) is recent
    request.session["account_authentication_methods"] = [{"method": "password", "at": time()}]
    request.by_token = True
    assert not is_recent(request)


@pytest.fixture
def redis_away(monkeypatch):
    """Redis gives no answer; how often it was asked."""
    asked = []

    def gone(*args, **kwargs):
        asked.append(args)
        raise RedisAway("no answer")

    for name in ("add", "get", "set", "delete"):
        monkeypatch.setattr(caches["redis"], name, gone)
    monkeypatch.setattr(caches["default"], "_back_at", 0.0)
    return asked


def test_without_redis_one_signs_in_and_guessers_are_counted(enrolled, redis_away):
    person, secret = enrolled
    owner = Door(address="192.0.2.7")
    assert owner.sign_in(person.login, secret).status_code == 200
    assert owner.standing() == (200, None)
    codes = [Door().give_password(person.login, "autre").json()["errors"][0]["code"] for _ in range(9)]
    assert codes == ["username_password_mismatch"] * 8 + ["too_many_login_attempts"]
    assert len(redis_away) <= 3


def test_the_language_of_answers_is_the_person_s(nurse, client_of):
    browser = client_of(nurse)
    assert browser.patch("/api/session/language", {"language": "en"}).json() == {"language": "en"}
    assert Person.objects.get(pk=nurse.pk).language == "en"
    assert Entry.objects.filter(kind="session.language", actor_id=nurse.pk).count() == 1
    assert browser.get("/api/roles").json()["detail"] == "Your role does not allow this."
    assert browser.patch("/api/session/language", {"language": "de"}).status_code == 422


def test_whoever_asks_is_known_by_four_queries(nurse, client_of, django_assert_max_num_queries):
    """The session, its person, when somebody last acted in it, and what the person holds."""
    browser = client_of(nurse)
    with django_assert_max_num_queries(4):
        assert browser.get("/api/professions").status_code == 200
