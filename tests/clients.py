"""A person's browser in a test, and waiting without hoping."""

import time
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

from django.test import Client

from coordination.accounts.models import Person

T = TypeVar("T")


class PersonClient:
    """Talks JSON to the API as one signed-in person; posts carry a fresh `Idempotency-Key` unless told."""

    def __init__(self, person: Person | None) -> None:
        self.person = person
        self.http = Client()
        if person is not None:
            self.http.force_login(person)

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
