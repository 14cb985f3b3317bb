"""Hostile input over the whole OpenAPI document: whatever is sent, the server never fails."""

import time
from contextlib import suppress

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import openapi
from schemathesis.generation.modes import GenerationMode

from coordination.accounts.models import AccessToken
from coordination.accounts.signin import digest
from coordination.base import clock

SECONDS = 30
"""Shared evenly between the routes and the two ways to ask: as the document says, and otherwise."""
EXAMPLES = 25
SECRET = "hostile-input-secret"


class TimeIsUp(KeyboardInterrupt):
    """Ends one route's turn; hypothesis lets an interruption through where it would study an error."""


QUIETLY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def headers(world, doctor):
    """A doctor of the world, by token, so that no session ends between two requests."""
    AccessToken.objects.create(person=doctor, digest=digest(SECRET), expires_at=clock.now().replace(year=2099))
    return {"Authorization": f"Bearer {SECRET}", "Host": "localhost"}


def hit(operation, mode, headers, world, until):
    """Send what the document's strategies make, on what really exists every other time; the requests that broke."""
    broken = []

    @seed(2026)
    @QUIETLY
    @given(case=operation.as_strategy(mode))
    def send(case):
        if time.monotonic() > until:
            raise TimeIsUp
        if len(str(case.body)) % 2 and case.path_parameters:
            known = {name: str(world.ids[name]) for name in case.path_parameters if name in world.ids}
            case.path_parameters.update(known)
        response = case.call(headers=headers)
        if response.status_code >= 500:
            broken.append(f"{response.status_code} {case.as_curl_command()}")

    with suppress(TimeIsUp):
        send()
    return broken


@pytest.fixture
def one_connection():
    """All requests inside the test's own transaction: its connection is not given back after each."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_no_request_breaks_the_server(world, headers, one_connection):
    schema = openapi.from_wsgi("/api/openapi.json", get_wsgi_application(), headers=headers)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 50
    broken, each = [], SECONDS / len(operations) / 2
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query or operation.path_parameters):
                continue
            broken += hit(operation, mode, headers, world, time.monotonic() + each)
    assert broken == [], broken[:3]
