"""The writes about people: who comes, what is said of them, who is kept out and let in again."""

from datetime import datetime
from typing import Any

from coordination.accounts import photos
from coordination.accounts.access_news import tell_access
from coordination.accounts.actions import raise_epoch
from coordination.accounts.credentials import startle
from coordination.accounts.directory_errors import LoginTaken, OwnAccess, RppsTaken
from coordination.accounts.directory_keeping import keeping
from coordination.accounts.memberships_actions import add_membership
from coordination.accounts.models import Organisation, Person, Photo, Role
from coordination.accounts.professions import PROFESSIONS
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base.action import action
from coordination.base.text import words
from coordination.streams.actions import open_stream

OF_ONESELF = frozenset({"phone", "hours"})
"""What anybody may change about themselves; the rest says who they are, and is the administrator's."""


@action
def hire(
    said: dict[str, Any], *, role: Role, organisation: Organisation, valid_until: datetime | None, by: Person
) -> Person:
    """Somebody new in the centre with a first role, who cannot sign in until a password is given.

    `said` are fields of the model; `LoginTaken` and `RppsTaken` name who is in the way.
    """
    require(by, Right.DIRECTORY_MANAGE)
    _refuse_same_rpps(by, said.get("rpps", ""))
    login = _login(said.pop("login", ""), said["given_name"], said["family_name"])
    said["profession_label"] = said.get("profession_label") or PROFESSIONS[said["profession"]].name.say("fr")
    person = Person.objects.create_person(login, None, organisation_id=by.organisation_id, **said)
    open_stream(person.pk, kind="person", organisation=by.organisation_id)
    audit.record(by, "person.added", person, detail={"login": login})
    add_membership(person, role, organisation, valid_until=valid_until, by=by)
    return person


def _login(wanted: str, given_name: str, family_name: str) -> str:
    """The login asked for, or the first free one made from the name: awa.diallo, awa.diallo2, …"""
    if wanted:
        refuse_unless(not Person.objects.filter(login=wanted.lower()).exists(), LoginTaken(login=wanted.lower()))
        return wanted.lower()
    stem = f"{'-'.join(words(given_name))}.{'-'.join(words(family_name))}"[:54]
    taken = set(Person.objects.filter(login__startswith=stem).values_list("login", flat=True))
    return next(login for login in (stem, *(f"{stem}{n}" for n in range(2, 10_000))) if login not in taken)


def _refuse_same_rpps(by: Person, rpps: str, person: Person | None = None) -> None:
    same = Person.objects.visible_to(by).filter(rpps=rpps).first() if rpps else None
    if same and same != person:
        raise RppsTaken(name=same.display_name)


@action
def edit_person(person: Person, changes: dict[str, Any], *, by: Person) -> Person:
    """Correct what the directory says of somebody; of oneself only `OF_ONESELF`.

    Another RPPS number is another way in (Pro Santé Connect): they are told of it, and their tokens end.
    """
    refuse_unless(by.may(Right.DIRECTORY_MANAGE) or (by.pk == person.pk and changes.keys() <= OF_ONESELF))
    if "rpps" in changes:
        _refuse_same_rpps(by, changes["rpps"], person)
    before = {name: getattr(person, name) for name in changes}
    for name, value in changes.items():
        setattr(person, name, value)
    person.save(update_fields=[*changes, "sort_key"])
    if person.rpps != before.get("rpps", person.rpps):
        startle(person, by=by)
    audit.record(by, "person.changed", person, detail={"changes": audit.changes(before, changes)})
    return person


@action
def suspend(person: Person, *, by: Person) -> Person:
    """Keep somebody out from now on; nothing of theirs is deleted, and their sockets close within seconds."""
    require(by, Right.DIRECTORY_MANAGE)
    refuse_unless(person.pk != by.pk, OwnAccess())
    with keeping(by.organisation_id):
        person.is_active = False
        person.save(update_fields=["is_active"])
    raise_epoch([person.pk])
    audit.record(by, "person.suspended", person)
    return person


@action
def restore(person: Person, *, by: Person) -> Person:
    """Let somebody in again, with the roles that have not ended meanwhile."""
    require(by, Right.DIRECTORY_MANAGE)
    refuse_unless(person.pk != by.pk, OwnAccess())
    person.is_active = True
    person.save(update_fields=["is_active"])
    tell_access([person.pk], by=by)
    audit.record(by, "person.restored", person)
    return person


@action
def put_photo(person: Person, sent: bytes, *, by: Person) -> Person:
    """Somebody's portrait, made small; one's own, or anybody's for the administrator."""
    _refuse_photo(person, by)
    content = photos.portrait(sent)
    Photo.objects.update_or_create(person=person, defaults={"content": content})
    return _show(person, photos.version_of(content), by)


@action
def drop_photo(person: Person, *, by: Person) -> Person:
    """Show initials again."""
    _refuse_photo(person, by)
    Photo.objects.filter(person=person).delete()
    return _show(person, "", by)


def _refuse_photo(person: Person, by: Person) -> None:
    refuse_unless(by.pk == person.pk or by.may(Right.DIRECTORY_MANAGE))


def _show(person: Person, version: str, by: Person) -> Person:
    person.photo_version = version
    person.save(update_fields=["photo_version"])
    audit.record(by, "person.photo", person)
    return person
