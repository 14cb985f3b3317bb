"""A directory of the tests' own, and how it is connected."""

from collections.abc import Iterator
from typing import Any

import pytest

from coordination.accounts.directory.models import DirectoryMapping
from coordination.accounts.models import Organisation, Role, Team
from tests.directory.slapd import Branch, Slapd

MANY = 5_000


@pytest.fixture(scope="session")
def slapd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    """OpenLDAP with TLS and 5,000 people."""
    slapd = Slapd.start(tmp_path_factory.mktemp("slapd"), many=MANY)
    yield slapd
    slapd.stop()


@pytest.fixture
def branch(slapd: Slapd) -> Iterator[Branch]:
    with slapd.branch() as branch:
        yield branch


@pytest.fixture
def connected(branch: Branch, settings: Any) -> Branch:
    """The test's branch is the centre's directory."""
    settings.DIRECTORY = branch.directory()
    return branch


def give(centre: Organisation, group: str, role: str, *, team: Team | None = None) -> DirectoryMapping:
    """A line of the mapping: the people of the group have the role at the centre."""
    return DirectoryMapping.objects.create(
        organisation=centre, group=group, role=Role.objects.get(organisation=centre, code=role), team=team
    )
