"""What every answer carries, whatever was asked, and that no unsafe request passes without its token."""

import pytest
from django.test import Client

from tests.clients import PersonClient
from tests.project.asking import HTTP, ask, operations

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Strict-Transport-Security": "max-age=31536000",
}
STRICTER = {"Referrer-Policy": "no-referrer"}
PAGES = [
    "/",
    "/patients/nobody",
    "/healthz",
    "/r/unknown",
    "/ics/unknown.ics",
    "/demo/mail",
    "/static/unknown.js",
    "/assets/unknown.js",
    "/api/unknown",
    "/api/patients?q=%00",
    "/_allauth/browser/v1/config",
    "/_allauth/browser/v1/auth/session",
]


@pytest.fixture
def over_https(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def missing(answer) -> dict[str, str | None]:
    """What the answer lacks or says otherwise."""
    headers = dict(answer.headers)
    wrong = {
        name: headers.get(name)
        for name, wanted in EVERYWHERE.items()
        if headers.get(name) not in {wanted, STRICTER.get(name, wanted)}
    }
    policy = headers.get("Content-Security-Policy", "")
    if "unsafe" in policy or ("default-src 'self'" not in policy and "default-src 'none'" not in policy):
        wrong["Content-Security-Policy"] = policy
    return wrong


def test_every_route_of_the_api_carries_the_headers_of_protection(over_https, world, nurse):
    lacking = {}
    for who in (PersonClient(None), PersonClient(nurse)):
        who.http.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
        for method, path in operations():
            if (method, path) != ("delete", "/api/session") and (wrong := missing(ask(who, method, path, world))):
                lacking[method, path] = wrong
    assert lacking == {}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_headers_of_protection(over_https, db, path):
    assert missing(Client().get(path, secure=True)) == {}


def test_a_host_that_is_not_ours_is_refused_with_the_same_headers(over_https, db):
    answer = Client().get("/api/session/csrf", secure=True, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert missing(answer) == {}


def test_no_unsafe_request_passes_without_the_token_of_our_page(world, nurse):
    strict = PersonClient(nurse)
    strict.http.handler.enforce_csrf_checks = True
    unsafe = [(method, path) for method, path in operations() if method in HTTP - {"get"}]
    answers = {(method, path): ask(strict, method, path, world) for method, path in unsafe}
    passed = {
        which: answer.status_code
        for which, answer in answers.items()
        if (answer.status_code, answer.json().get("code")) != (403, "csrf")
    }
    assert passed == {}
    assert len(unsafe) > 20


def test_a_body_beyond_the_limit_is_refused_in_words(client_of, nurse, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    answer = client_of(nurse).post("/api/conversations/direct", {"person": "x" * 2_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
