"""Whoever signs in, and attempts counted from none."""

from time import time
from typing import Any

import pytest
from django.core.cache import caches

from coordination.accounts.models import Person
from tests.accounts.door import PASSWORD, Door
from tests.clients import PersonClient, sign_in


@pytest.fixture(autouse=True)
def no_attempts() -> None:
    """What is counted in Redis outlives a test's transaction."""
    caches["redis"].clear()


@pytest.fixture
def with_password(nurse: Person) -> Person:
    """The nurse, who has a password and no second factor."""
    nurse.set_password(PASSWORD)
    nurse.save()
    return nurse


@pytest.fixture
def enrolled(with_password: Person) -> tuple[Person, str]:
    """The nurse with her generator's secret; the browser in which she set it up is gone."""
    door = Door()
    door.give_password(with_password.login)
    return with_password, door.set_up_generator()


def unproved(person: Person) -> PersonClient:
    """A browser whose last proof is six minutes old."""
    browser = PersonClient(None)
    sign_in(browser.http, person, {"method": "mfa", "type": "totp", "at": time() - 360})
    return browser


@pytest.fixture
def door(db: Any) -> Door:
    return Door()
