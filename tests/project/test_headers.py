"""What every answer carries."""

import re

from django.test import Client


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
