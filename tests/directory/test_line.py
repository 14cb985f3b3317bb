"""Reaching the directory: only protected, only the right one, and never for long."""

import time

import pytest

from coordination.accounts.directory.config import Directory
from coordination.accounts.directory.errors import AccountRefused, CertificateRefused, DirectoryAway, ReadingIncomplete
from coordination.accounts.directory.reader import read
from tests.directory.certificates import Authority
from tests.directory.conftest import MANY
from tests.directory.slapd import EVERYBODY, Slapd
from tests.directory.wire import wire_to

SOON = 3.0


def start_tls(slapd: Slapd, **more: object) -> Directory:
    return slapd.directory(url=f"ldap://127.0.0.1:{slapd.port}", start_tls=True, **more)


def test_the_whole_directory_is_read_page_by_page(slapd):
    """The server gives 500 entries at once and no more."""
    found = read(slapd.directory())
    assert len(found.entries) == MANY
    assert {group: len(people) for group, people in found.groups.items()} == {EVERYBODY: MANY}


def test_start_tls_protects_the_ordinary_port(slapd):
    assert len(read(start_tls(slapd, filter="(uid=agent00042)")).entries) == 1


@pytest.mark.parametrize("directory", [Slapd.directory, start_tls])
def test_a_certificate_of_another_authority_is_refused(slapd, tmp_path, directory):
    with pytest.raises(CertificateRefused):
        read(directory(slapd, ca=str(Authority(tmp_path, "Autre").ca)))


def test_a_certificate_of_another_host_is_refused(slapd):
    """The server's certificate is for 127.0.0.1."""
    with pytest.raises(CertificateRefused):
        read(slapd.directory(url=f"ldaps://localhost:{slapd.tls_port}"))
    with pytest.raises(CertificateRefused):
        read(slapd.directory(url=f"ldap://localhost:{slapd.port}", start_tls=True))


def test_the_machine_s_own_authorities_are_asked_when_none_is_named(slapd):
    with pytest.raises(CertificateRefused):
        read(slapd.directory(ca=""))


def test_a_server_without_tls_is_told_nothing(slapd):
    with pytest.raises(DirectoryAway):
        read(slapd.directory(url=f"ldaps://127.0.0.1:{slapd.port}"))


def test_a_server_that_is_away_is_said_to_be_away(slapd):
    with wire_to(slapd.tls_port, after=0) as wire:
        closed = wire.port
    with pytest.raises(DirectoryAway) as refused:
        read(slapd.directory(url=f"ldaps://127.0.0.1:{closed}"))
    assert refused.value.code == "directory_away"


def test_a_reading_account_that_is_refused_is_named(slapd):
    with pytest.raises(AccountRefused):
        read(slapd.directory(password="another"))


def test_a_branch_that_does_not_exist_is_no_empty_directory(slapd):
    with pytest.raises(ReadingIncomplete):
        read(slapd.directory(people="ou=nobody,dc=tilleuls,dc=example"))


def test_a_server_that_goes_in_the_middle_gives_nothing(slapd):
    with wire_to(slapd.tls_port, after=200_000) as wire, pytest.raises(DirectoryAway):
        read(slapd.directory(url=f"ldaps://127.0.0.1:{wire.port}"))
    assert wire.passed > 200_000


@pytest.mark.parametrize("after", [0, 40, 200_000], ids=["at once", "in the handshake", "in the middle"])
@pytest.mark.parametrize("directory", [Slapd.directory, start_tls])
def test_a_server_that_hangs_is_given_up_in_time(slapd, directory, after):
    configured = directory(slapd, timeout=1)
    port = slapd.port if configured.start_tls else slapd.tls_port
    with wire_to(port, after=after, hang=True) as wire:
        began = time.monotonic()
        with pytest.raises(DirectoryAway):
            read(Directory(**{**vars(configured), "url": configured.url.replace(str(port), str(wire.port))}))
        assert time.monotonic() - began < SOON
