"""Hostile input over the whole OpenAPI document: whatever is sent, the server never fails."""

import time

import pytest
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import openapi
from schemathesis.generation.modes import GenerationMode

from coordination.accounts.models import AccessToken
from coordination.accounts.signin import digest
from coordination.base import clock

SECONDS = 40
"""Shared evenly between the routes and the two ways to ask: as the document says, and otherwise."""
EXAMPLES = 10
SECRET = "hostile-input-secret"

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
            return
        if len(str(case.body)) % 2 and case.path_parameters:
            known = {name: str(world.ids[name]) for name in case.path_parameters if name in world.ids}
            case.path_parameters.update(known)
        response = case.call(headers=headers)
        if response.status_code >= 500:
            broken.append(f"{response.status_code} {case.as_curl_command()}")

    send()
    return broken


def test_no_request_breaks_the_server(world, headers, caplog):
    schema = openapi.from_wsgi("/api/openapi.json", get_wsgi_application(), headers=headers)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 50
    broken, each = [], SECONDS / len(operations) / 2
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query or operation.path_parameters):
                continue
            broken += hit(operation, mode, headers, world, time.monotonic() + each)
    assert broken == []
