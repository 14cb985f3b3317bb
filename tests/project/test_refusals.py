"""Every refusal is JSON in the asker's language, with the right status, and never a trace."""

import json

import pytest
from django.test import Client

from coordination.accounts import people_api

JSON = "application/json"


def refusal(answer):
    assert answer.headers["Content-Type"].startswith(JSON)
    assert answer.headers["Cache-Control"] == "no-store"
    body = answer.json()
    assert set(body) <= {"code", "detail", "fields"}
    return answer.status_code, body["code"]


def test_an_unknown_address(client_of, nurse):
    assert refusal(client_of(nurse).get("/api/nothing")) == (404, "not_found")
    assert refusal(client_of(nurse).get("/api/patients/not-an-id")) == (422, "invalid")


def test_a_wrong_method_says_which_are_right(client_of, nurse):
    answer = client_of(nurse).put("/api/patients", {})
    assert refusal(answer) == (405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff",
        b'{"language": "\xed\xa0\x80"}',
        b'{"language": "\\ud800"}',
        b'{"language": "f\\u0000r"}',
        b"NaN",
        b"[" * 5000,
    ],
)
def test_what_is_not_json_is_unreadable(client_of, nurse, body):
    answer = client_of(nurse).http.patch("/api/session/language", body, content_type=JSON)
    assert refusal(answer) == (400, "malformed")


@pytest.mark.parametrize("body", ["[]", "3", "null", '"x"', "{}", '{"language": []}'])
def test_json_of_another_shape_is_invalid(client_of, nurse, body):
    answer = client_of(nurse).http.patch("/api/session/language", body, content_type=JSON)
    assert refusal(answer) == (422, "invalid")


def test_an_escaped_backslash_is_no_nul(client_of, nurse):
    body = json.dumps({"birth_name": "a\\u0000b", "given_names": "c", "birth_date": "1990-01-01", "sex": "F"})
    answer = client_of(nurse).http.post(
        "/api/patients", body, content_type=JSON, headers={"Idempotency-Key": "abcdefgh"}
    )
    assert answer.status_code == 201


def test_a_nul_is_refused_wherever_it_hides(client_of, nurse):
    browser = client_of(nurse)
    assert refusal(browser.http.get("/api/patients?q=a%00b")) == (400, "malformed")
    assert refusal(browser.http.get("/api/patients/%00")) == (400, "malformed")
    browser.http.cookies["other"] = "a\x00b"
    assert refusal(browser.http.get("/api/patients")) == (400, "malformed")


def test_too_large_a_body(client_of, nurse, settings):
    answer = client_of(nurse).patch("/api/session/language", {"language": "x" * 3_000_000})
    assert refusal(answer) == (413, "too_large")


def test_an_unknown_host(settings):
    assert refusal(Client(headers={"host": "evil.example"}).get("/api/session")) == (400, "malformed")


def test_our_fault_is_logged_and_tells_nothing(client_of, nurse, monkeypatch, caplog):
    def fails(person, asked):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(people_api, "find", fails)
    browser = client_of(nurse)
    browser.http.raise_request_exception = False
    answer = browser.get("/api/people")
    assert refusal(answer) == (500, "internal")
    assert b"secret" not in answer.content
    assert "ZeroDivisionError" in caplog.text


def test_fields_are_named_in_french_and_in_english(client_of, nurse):
    sent = {"birth_name": "x" * 101, "birth_date": "demain", "sex": "F"}
    browser = client_of(nurse)
    assert browser.post("/api/patients", sent).json() == {
        "code": "invalid",
        "detail": "Certaines informations sont à corriger.",
        "fields": {
            "birth_name": "100 caractères au plus.",
            "given_names": "Ce champ est à remplir.",
            "birth_date": "Une date valable est attendue.",
        },
    }
    nurse.language = "en"
    nurse.save()
    assert browser.post("/api/patients", sent).json()["fields"]["given_names"] == "This field is required."


def test_a_stranger_to_the_language_is_answered_in_that_of_the_browser(db):
    answer = Client().get("/api/session", headers={"accept-language": "en"})
    assert answer.json()["detail"] == "Sign in to continue."
