"""A person's browser in a test, and waiting without hoping."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

from allauth.usersessions.models import UserSession
from django.test import Client

from coordination.accounts.models import Person
from coordination.base import clock

T = TypeVar("T")
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(http: Client, person: Person, *proofs: dict[str, Any]) -> None:
    """Open a session in which these proofs have just been given: a password and a code, unless told."""
    http.force_login(person)
    session = http.session
    given = proofs or ({"method": "password"}, {"method": "mfa", "type": "totp"})
    session["account_authentication_methods"] = [{"at": time.time(), **proof} for proof in given]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    UserSession.objects.create(user=person, session_key=session.session_key, ip="127.0.0.1", user_agent=BROWSER)


class PersonClient:
    """Talks JSON to the API as one signed-in person; posts carry a fresh `Idempotency-Key` unless told."""

    def __init__(self, person: Person | None) -> None:
        self.person = person
        self.http = Client()
        if person is not None:
            sign_in(self.http, person)
            # whatever a test does with the clock, they have just acted
            UserSession.objects.filter(user=person).update(last_seen_at=clock.now() + timedelta(days=3650))

    def get(self, path: str, **query: Any) -> Any:
        return self.http.get(path, query)

    def post(self, path: str, data: Any = None, *, key: str | None = None) -> Any:
        return self._send(self.http.post, path, data, headers={"Idempotency-Key": key or str(uuid4())})

    def patch(self, path: str, data: Any = None) -> Any:
        return self._send(self.http.patch, path, data)

    def put(self, path: str, data: Any = None) -> Any:
        return self._send(self.http.put, path, data)

    def delete(self, path: str, data: Any = None) -> Any:
        return self._send(self.http.delete, path, data)

    def _send(self, method: Callable[..., Any], path: str, data: Any, **extra: Any) -> Any:
        return method(path, {} if data is None else data, content_type="application/json", **extra)


def eventually(fn: Callable[[], T], within: float = 5.0) -> T:
    """What `fn` returns once it is true, asked again until `within` seconds have passed."""
    deadline = time.monotonic() + within
    while True:
        if found := fn():
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {fn}")
        time.sleep(0.02)
