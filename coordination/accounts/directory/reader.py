"""Reading the whole directory, or one person of it."""

import re
from collections.abc import Iterable, Mapping

from ldap.filter import escape_filter_chars
from ldap.ldapobject import LDAPObject

from coordination.accounts.directory.config import Directory
from coordination.accounts.directory.connection import Found, connected, normal, search
from coordination.accounts.directory.errors import ReadingIncomplete
from coordination.accounts.directory.reading import Entry, Reading

Attributes = Mapping[str, list[bytes]]
_IDS = ("entryuuid", "objectguid")
_RPPS = re.compile(r"\d{11}")


def attributes(directory: Directory) -> list[str]:
    """What is asked about a person, and nothing else."""
    asked = ["entryUUID", "objectGUID", directory.login, "givenName", "sn", "mail", "telephoneNumber", "title"]
    return [*asked, directory.rpps] if directory.rpps else asked


def read(directory: Directory) -> Reading:
    """The whole directory; all of it, or a refusal."""
    with connected(directory) as link:
        people, elsewhere = _all(link, directory, directory.people, directory.filter, attributes(directory))
        groups, also = _all(link, directory, directory.groups, f"({directory.member}=*)", [directory.member])
    entries, unreadable = _entries(directory, people)
    return Reading(
        entries=tuple(entries),
        groups=_groups(directory, groups, entries),
        unreadable=unreadable,
        referrals=tuple(sorted({*elsewhere, *also})),
    )


def read_one(link: LDAPObject, directory: Directory, dn: str) -> Reading:
    """Only one person, with their groups."""
    found, _ = _all(link, directory, dn, directory.filter, attributes(directory), only=True)
    entries, unreadable = _entries(directory, found[:1])
    [who] = [entry.login for entry in entries] or [""] if directory.members_are_logins else [dn]
    groups, _ = _all(link, directory, directory.groups, f"({directory.member}={escape_filter_chars(who)})", ["cn"])
    people = frozenset(entry.id for entry in entries)
    return Reading(tuple(entries), {normal(group): people for group, _ in groups}, unreadable)


def _all(
    link: LDAPObject, directory: Directory, base: str, where: str, names: list[str], *, only: bool = False
) -> tuple[list[Found], set[str]]:
    """The entries of a search (`only` the base itself, or all below it), and the other servers it pointed to."""
    found: list[Found] = []
    elsewhere: set[str] = set()
    for row in search(link, directory, base, where, names, only=only):
        if isinstance(row, list):
            elsewhere.update(str(url) for url in row)
        else:
            found.append(row)
    return found, elsewhere


def _entries(directory: Directory, found: Iterable[Found]) -> tuple[list[Entry], dict[str, str]]:
    entries: list[Entry] = []
    unreadable: dict[str, str] = {}
    for dn, said in found:
        row = {name.lower(): values for name, values in said.items()}
        entry = _entry(directory, dn, row)
        if entry is None:
            unreadable[_id(row, dn)] = dn
        else:
            entries.append(entry)
    return entries, unreadable


def _entry(directory: Directory, dn: str, row: Attributes) -> Entry | None:
    """The person an entry describes; nothing when a name is missing or is not UTF-8."""
    try:
        login, family_name = _text(row, directory.login, 60).lower(), _text(row, "sn", 80)
        if not login or not family_name:
            return None
        rpps = _text(row, directory.rpps, 20) if directory.rpps else ""
        return Entry(
            id=_id(row, dn),
            dn=dn,
            login=login,
            given_name=_text(row, "givenName", 80),
            family_name=family_name,
            email=_text(row, "mail", 254),
            phone=_text(row, "telephoneNumber", 20),
            rpps=rpps if _RPPS.fullmatch(rpps) else "",
            label=_text(row, "title", 60),
        )
    except UnicodeDecodeError:
        return None


def _text(row: Attributes, name: str, longest: int) -> str:
    """The first value, at most so many characters long; a NUL never gets in."""
    value = row.get(name.lower(), [b""])[0]
    text = value.decode() if isinstance(value, bytes) else str(value)
    return text.replace("\0", "").strip()[:longest]


def _id(row: Attributes, dn: str) -> str:
    for name in _IDS:
        if values := row.get(name):
            value = values[0]
            return value.hex() if name == "objectguid" and isinstance(value, bytes) else _text(row, name, 400)
    return normal(dn)


def _groups(directory: Directory, found: Iterable[Found], entries: list[Entry]) -> dict[str, frozenset[str]]:
    """Each group with those of its members whom we know."""
    if directory.members_are_logins:
        ids = {entry.login: entry.id for entry in entries}
    else:
        ids = {normal(entry.dn): entry.id for entry in entries}
    return {normal(dn): _people(directory, dn, said, ids) for dn, said in found}


def _people(directory: Directory, dn: str, said: Attributes, ids: Mapping[str, str]) -> frozenset[str]:
    if any(";range=" in name.lower() for name in said):
        raise ReadingIncomplete(why=f"{dn} : trop de membres")
    members = next((values for name, values in said.items() if name.lower() == directory.member.lower()), [])
    named = (_member(directory, value.decode(errors="replace")) for value in members)
    return frozenset(ids[name] for name in named if name in ids)


def _member(directory: Directory, value: str) -> str:
    """A member as `ids` spells it; a value that is no DN is nobody."""
    if directory.members_are_logins:
        return value.strip().lower()
    try:
        return normal(value)
    except ValueError:
        return ""
