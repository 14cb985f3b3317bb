"""Signing in and out."""

from datetime import timedelta

import pytest
from django.test import Client

from coordination.accounts import throttle
from coordination.accounts.models import FailedSignIn, Person
from coordination.audit.models import Entry
from coordination.base import clock

PASSWORD = "un-long-mot-de-passe"


@pytest.fixture
def with_password(nurse):
    nurse.set_password(PASSWORD)
    nurse.save()
    return nurse


def send(client, login, password, **extra):
    return client.post("/api/session", {"login": login, "password": password}, content_type="application/json", **extra)


def test_a_nurse_signs_in_and_is_told_who_she_is(with_password, nursing, centre):
    client = Client()
    answer = send(client, " Awa.Diallo ", PASSWORD)
    assert answer.status_code == 200
    body = answer.json()
    csrf = body.pop("csrf")
    version = body.pop("version")
    assert csrf
    assert version
    assert body == {
        "person": {
            "id": str(with_password.pk),
            "name": "Awa Diallo",
            "short": "Awa D.",
            "profession": "Infirmière",
            "initials": "AD",
            "organisation": {"id": str(centre.pk), "name": "Centre d’essai"},
            "rights": sorted(with_password.rights),
            "language": "fr",
            "teams": [{"id": str(nursing.pk), "name": "Infirmerie"}],
            "streams": {"inbox": str(with_password.pk)},
        },
        "demo": False,
    }
    assert client.get("/api/session").json()["person"] == body["person"]
    entry = Entry.objects.get(kind="session.opened")
    assert (entry.actor_id, entry.address) == (with_password.pk, "127.0.0.1")


def test_a_wrong_password_is_refused_without_telling_which_was_wrong(with_password):
    wrong = send(Client(), "awa.diallo", "autre")
    unknown = send(Client(), "nobody", "autre")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert (
        wrong.json()
        == unknown.json()
        == {
            "code": "wrong_credentials",
            "detail": "Identifiant ou mot de passe incorrect.",
        }
    )
    assert Entry.objects.filter(kind="session.refused", subject_id=with_password.pk).count() == 1


def test_a_stand_in_whose_membership_ended_does_not_sign_in(ended):
    ended.set_password(PASSWORD)
    ended.save()
    answer = send(Client(), ended.login, PASSWORD)
    assert (answer.status_code, answer.json()["code"]) == (403, "access_ended")


def test_a_session_stops_with_the_membership(nurse, client_of):
    browser = client_of(nurse)
    assert browser.get("/api/session").status_code == 200
    nurse.memberships.update(valid_until=clock.now())
    assert browser.get("/api/session").status_code == 401


def test_nobody_is_told_to_sign_in(client_of):
    answer = client_of(None).get("/api/session")
    assert (answer.status_code, answer.json()) == (
        401,
        {"code": "not_signed_in", "detail": "Connectez-vous pour continuer."},
    )


def test_signing_out_ends_the_session(nurse, client_of):
    browser = client_of(nurse)
    assert browser.delete("/api/session").status_code == 204
    assert browser.get("/api/session").status_code == 401


def test_signing_in_asks_for_the_token_of_our_page(with_password):
    client = Client(enforce_csrf_checks=True)
    assert send(client, "awa.diallo", PASSWORD).json()["code"] == "csrf"
    token = client.get("/api/session/csrf").json()["csrf"]
    assert send(client, "awa.diallo", PASSWORD, headers={"X-CSRFToken": token}).status_code == 200
    assert client.patch("/api/session/language", {"language": "en"}, "application/json").status_code == 403


def test_demo_people_are_shown_in_demo_mode_only(with_password, client_of, settings):
    assert client_of(None).get("/api/session/csrf").json()["demo_people"] == []
    settings.DEMO = True
    assert client_of(None).get("/api/session/csrf").json()["demo_people"] == [
        {"login": "awa.diallo", "name": "Awa Diallo", "profession": "Infirmière", "password": "tilleuls-demo-2026"}
    ]


def test_a_guesser_is_slowed_down_and_the_owner_elsewhere_is_not(with_password):
    for _ in range(throttle.PAIR.failures):
        assert send(Client(), "awa.diallo", "autre").status_code == 422
    assert send(Client(), "awa.diallo", PASSWORD).json()["code"] == "too_many_attempts"
    assert send(Client(), "awa.diallo", PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 200
    FailedSignIn.objects.update(at=clock.now() - timedelta(minutes=6))
    assert send(Client(), "awa.diallo", PASSWORD).status_code == 200


def test_many_guessers_close_an_account_for_a_minute_at_most(with_password):
    past = clock.now() - timedelta(seconds=30)
    FailedSignIn.objects.bulk_create(
        FailedSignIn(login="awa.diallo", address=f"192.0.2.{n}", at=past) for n in range(throttle.ACCOUNT.failures)
    )
    assert send(Client(), "awa.diallo", PASSWORD).status_code == 429
    FailedSignIn.objects.update(at=clock.now() - timedelta(seconds=61))
    assert send(Client(), "awa.diallo", PASSWORD).status_code == 200


def test_the_language_of_answers_is_the_person_s(nurse, client_of):
    browser = client_of(nurse)
    assert browser.patch("/api/session/language", {"language": "en"}).json() == {"language": "en"}
    assert Person.objects.get(pk=nurse.pk).language == "en"
    assert Entry.objects.filter(kind="session.language", actor_id=nurse.pk).count() == 1
    assert browser.get("/api/roles").json()["detail"] == "Your role does not allow this."
    assert browser.patch("/api/session/language", {"language": "de"}).status_code == 422
