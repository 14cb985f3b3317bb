"""Asking the directory: whole answers, or a refusal in words. Imported only when a directory is configured."""

from collections.abc import Iterator
from contextlib import contextmanager

import ldap
import ldap.dn
from ldap.controls import SimplePagedResultsControl
from ldap.ldapobject import LDAPObject

from coordination.accounts.directory.config import Directory
from coordination.accounts.directory.errors import AccountRefused, DirectoryAway, ReadingIncomplete
from coordination.accounts.directory.line import dial

Found = tuple[str, dict[str, list[bytes]]]

READING = 600.0
"""Seconds that reading the whole directory may take."""
_AWAY = (ldap.SERVER_DOWN, ldap.CONNECT_ERROR, ldap.TIMEOUT, ldap.UNAVAILABLE, ldap.BUSY, ldap.LOCAL_ERROR)
_ACCOUNT = (ldap.INVALID_CREDENTIALS, ldap.INSUFFICIENT_ACCESS, ldap.STRONG_AUTH_REQUIRED, ldap.INAPPROPRIATE_AUTH)


def open_link(directory: Directory, *, within: float) -> LDAPObject:
    """A connection nobody has signed in on yet; it asks no other server that it may be pointed to."""
    line = dial(directory, within=within)
    link = ldap.initialize("ldap://", fileno=line.detach())
    link.set_option(ldap.OPT_PROTOCOL_VERSION, 3)
    link.set_option(ldap.OPT_REFERRALS, 0)
    link.set_option(ldap.OPT_TIMEOUT, directory.timeout)
    return link


@contextmanager
def connected(directory: Directory) -> Iterator[LDAPObject]:
    """The directory, signed in by the reading account; `DirectoryAway` or one of its kinds when it is not to be had."""
    link = open_link(directory, within=READING)
    try:
        with in_words():
            link.simple_bind_s(directory.bind_dn, directory.password)
        yield link
    finally:
        link.unbind_ext()


@contextmanager
def in_words() -> Iterator[None]:
    """Inside, every error of the directory becomes a refusal that a person can read."""
    try:
        yield
    except ldap.LDAPError as error:
        raise refusal(error) from error


def refusal(error: ldap.LDAPError) -> DirectoryAway:
    """The refusal that says what an error of the directory means."""
    if isinstance(error, _ACCOUNT):
        return AccountRefused()
    return DirectoryAway() if is_away(error) else ReadingIncomplete(why=type(error).__name__)


def is_away(error: ldap.LDAPError) -> bool:
    """Whether the directory could not be asked at all."""
    return isinstance(error, _AWAY)


def search(
    link: LDAPObject, directory: Directory, base: str, where: str, names: list[str], *, only: bool = False
) -> Iterator[Found | list[str]]:
    """Every entry below `base`, or `only` itself, page by page: (DN, attributes); addresses for each referral."""
    scope = ldap.SCOPE_BASE if only else ldap.SCOPE_SUBTREE
    page = SimplePagedResultsControl(True, size=directory.page, cookie="")
    while True:
        with in_words():
            asked = link.search_ext(base, scope, where, names, serverctrls=[page])
            _, rows, _, controls = link.result3(asked, timeout=directory.timeout)
        for dn, attributes in rows:
            yield attributes if dn is None else (dn, attributes)
        answers = [control.cookie for control in controls if control.controlType == page.controlType]
        if not any(answers):
            return
        page.cookie = answers[0]


def normal(dn: str) -> str:
    """One spelling for all the spellings of a DN; `ValueError` when it is none."""
    try:
        parts = ldap.dn.str2dn(dn)
    except ldap.DECODING_ERROR as error:
        raise ValueError(dn) from error
    return ",".join(
        "+".join(sorted(f"{name.lower()}={ldap.dn.escape_dn_chars(value.lower())}" for name, value, _ in part))
        for part in parts
    )
