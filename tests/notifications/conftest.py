"""A real SMTP server, and deliveries that wait in the outbox."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from coordination.base.action import acting
from notifications.models import Delivery
from notifications.outbox import enqueue
from tests.notifications.smtp import Catch, start_clear

VALUES = {
    "structure_alias": "Maison de santé des Tilleuls",
    "date": "2026-11-23",
    "heure": "14:05",
    "adresse": "12 rue des Tilleuls, Tours",
    "telephone": "02 47 00 00 00",
    "lien": "http://localhost:8000/r/abcDEF123",
}


@pytest.fixture
def catch(settings: Any) -> Iterator[Catch]:
    """What a running SMTP server received; `EMAIL_URL` is its address."""
    catch = Catch()
    server = start_clear(catch)
    settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}?timeout=5"
    yield catch
    server.stop()


@pytest.fixture
def due() -> Callable[..., Delivery]:
    """Puts one mail in the outbox, different from the others unless told."""

    def put(**changes: Any) -> Delivery:
        asked: dict[str, Any] = {
            "organisation_id": uuid4(),
            "channel": "email",
            "what": "notice.of.a.test",
            "occurrence": str(uuid4()),
            "recipient": str(uuid4()),
            "address": "marie.durand@example.org",
            "language": "fr",
            "template": "appointment_booked",
            "values": VALUES,
        }
        with acting():
            return enqueue(**(asked | changes))

    return put
