"""Signing in and out."""

from coordination.accounts.models import Person
from coordination.audit.models import Entry
from coordination.base import clock


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


def test_demo_people_are_shown_in_demo_mode_only(nurse, client_of, settings):
    assert client_of(None).get("/api/session/csrf").json()["demo_people"] == []
    settings.DEMO = True
    assert client_of(None).get("/api/session/csrf").json()["demo_people"] == [
        {"login": "awa.diallo", "name": "Awa Diallo", "profession": "Infirmière", "password": "tilleuls-demo-2026"}
    ]


def test_the_language_of_answers_is_the_person_s(nurse, client_of):
    browser = client_of(nurse)
    assert browser.patch("/api/session/language", {"language": "en"}).json() == {"language": "en"}
    assert Person.objects.get(pk=nurse.pk).language == "en"
    assert Entry.objects.filter(kind="session.language", actor_id=nurse.pk).count() == 1
    assert browser.get("/api/roles").json()["detail"] == "Your role does not allow this."
    assert browser.patch("/api/session/language", {"language": "de"}).status_code == 422
