"""What every answer carries, and where every request came from."""

import re

import pytest
from django.test import Client

from coordination.audit.models import Entry


def test_only_our_scripts_and_styles_run(db):
    first, second = (Client().get("/api/session/csrf").headers["Content-Security-Policy"] for _ in range(2))
    assert "unsafe" not in first
    assert "frame-ancestors 'none'" in first
    assert "connect-src 'self' ws://testserver wss://testserver" in first
    nonces = [
        re.search(r"script-src 'self' 'nonce-([\w-]{20,})'; style-src 'self' 'nonce-\1'", one)
        for one in (first, second)
    ]
    assert all(nonces)
    assert nonces[0][1] != nonces[1][1]


def test_answers_of_the_api_are_not_kept(client_of, nurse):
    headers = client_of(nurse).get("/api/people").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("behind_proxy", "handed_on", "address"),
    [
        (True, "192.0.2.7", "192.0.2.7"),
        (True, "10.0.0.1, 2001:db8::7", "2001:db8::7"),
        (True, "not an address", "127.0.0.1"),
        (False, "192.0.2.7", "127.0.0.1"),
    ],
)
def test_behind_the_proxy_an_address_is_the_one_the_proxy_saw(db, settings, behind_proxy, handed_on, address):
    settings.BEHIND_PROXY = behind_proxy
    wrong = {"username": "awa.diallo", "password": "devine"}
    where = "/_allauth/browser/v1/auth/login"
    sent = Client().post(where, wrong, "application/json", headers={"X-Forwarded-For": handed_on})
    assert sent.status_code == 400
    assert Entry.objects.get(kind="session.refused").address == address
