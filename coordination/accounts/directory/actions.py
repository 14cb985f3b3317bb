"""Bringing the directory in: read everything, plan purely, then write all of it or nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection as database
from django.db import transaction
from django.db.models import Q

from coordination.accounts.actions import raise_epoch
from coordination.accounts.credentials import startle
from coordination.accounts.directory import report as reporting
from coordination.accounts.directory.config import Directory
from coordination.accounts.directory.errors import DirectoryAway, NotConfigured, TooManyLosses, WithoutAccess
from coordination.accounts.directory.models import DirectoryLink, DirectoryMapping, DirectoryRun
from coordination.accounts.directory.planning import (
    TAKEN_OVER,
    Known,
    Place,
    Plan,
    Rule,
    Turn,
    conflict_of,
    plan,
    plan_one,
)
from coordination.accounts.directory.reading import Entry, Reading
from coordination.accounts.directory_errors import AdministratorReadsNoPatient, LastAdministrator
from coordination.accounts.directory_keeping import keeping
from coordination.accounts.models import Membership, Person, Team
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import AppError
from coordination.base.text import french_order
from coordination.streams.models import Stream

LOCK = 0x4C444150
"""Two synchronisations never write at the same time."""
AT_ONCE = 500
KINDS = {"linked": "person.linked", "changed": "person.changed", "restored": "person.restored"}
"""What the audit calls a turn of somebody who is there."""
Refusal = tuple[Turn, str]
"""A turn that is not carried out, or not wholly, and why."""
log = structlog.get_logger(__name__)


def synchronise(centre: UUID, *, by: Person | None, dry_run: bool = False, force: bool = False) -> DirectoryRun:
    """Make a centre's people those of the directory; a dry run writes nothing, its report is not kept.

    A directory that is away, or gives only a part, changes nothing; neither does one that would take their access from
    more people than the brake lets through, unless forced.
    """
    directory = configured()
    from coordination.accounts.directory.reader import read

    try:
        reading = read(directory)
        return _look(reading, centre, by=by) if dry_run else _bring_in(reading, centre, by=by, force=force)
    except (DirectoryAway, TooManyLosses, LastAdministrator, AdministratorReadsNoPatient) as refusal:
        log.warning("directory.refused", code=refusal.code)
        if not dry_run:
            _note_refusal(refusal, centre, by=by)
        raise


def configured() -> Directory:
    """The directory of the settings; `NotConfigured` where there is none."""
    if settings.DIRECTORY is None:
        raise NotConfigured
    return settings.DIRECTORY


def centres() -> list[UUID]:
    """The centres that the directory is about: those with a mapping or with people who came from it."""
    mapped = DirectoryMapping.objects.values_list("role__organisation_id", flat=True)
    linked = DirectoryLink.objects.values_list("person__organisation_id", flat=True)
    return sorted({*mapped, *linked})


def _look(reading: Reading, centre: UUID, *, by: Person | None) -> DirectoryRun:
    """What would be done."""
    found = plan(reading, rules(), known(), centre=centre)
    report = reporting.told(found, braked=_brakes(found))
    return DirectoryRun(organisation_id=centre, at=clock.now(), by=by, report=report)


@action
def _bring_in(reading: Reading, centre: UUID, *, by: Person | None, force: bool) -> DirectoryRun:
    _one_at_a_time()
    found = plan(reading, rules(), known(), centre=centre)
    if _brakes(found) and not force:
        raise TooManyLosses(losing=found.losing, linked=found.linked)
    found = _without(found, carry_out(found.turns, by=by))
    report = reporting.told(found, braked=False)
    run = DirectoryRun.objects.create(organisation_id=centre, at=clock.now(), by=by, report=report)
    audit.record(by, "directory.synchronised", run, organisation=centre, detail=reporting.counts(found))
    return run


def _without(found: Plan, refused: Sequence[Refusal]) -> Plan:
    """A plan as it could be carried out."""
    left = {id(turn) for turn, _ in refused}
    turns = tuple(turn for turn in found.turns if id(turn) not in left)
    return replace(found, turns=turns, conflicts=(*found.conflicts, *(conflict_of(*one) for one in refused)))


def _brakes(found: Plan) -> bool:
    return found.is_braked(configured().brake)


@action
def _note_refusal(refusal: AppError, centre: UUID, *, by: Person | None) -> None:
    """A run that changed nothing leaves its reason."""
    run = DirectoryRun.objects.create(
        organisation_id=centre, at=clock.now(), by=by, refusal=refusal.code, report={"detail": refusal.detail()}
    )
    audit.record(by, "directory.refused", run, organisation=centre, detail={"why": refusal.code})


@action
def bring_in_one(reading: Reading) -> Person:
    """Whoever has just proved their password, with what their groups give today; `WithoutAccess` when that is nothing.

    Nobody of Liaison is taken over here: that is left to a synchronisation, whose report can be read first.
    """
    _one_at_a_time()
    turn = plan_one(reading, rules(), known(_among(reading)))
    if isinstance(turn, Turn) and not turn.is_linked:
        _report([*carry_out([turn], by=None), *([(turn, turn.withheld)] if turn.withheld else [])])
    person = Person.objects.filter(directory_link__entry__in=[entry.id for entry in reading.entries]).first()
    if person is None:
        raise WithoutAccess
    return person


def _report(refused: Sequence[Refusal]) -> None:
    """Tell the log and the audit of what a sign-in did not change."""
    for turn, why in refused:
        log.warning("directory.left_out", code=why, person=str(turn.person))
        who = Person.objects.filter(pk=turn.person).first() if turn.person else None
        audit.record(None, "directory.refused", who, organisation=turn.centre, detail={"why": why})


def _one_at_a_time() -> None:
    """Wait for whoever else is writing what a directory said."""
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _among(reading: Reading) -> Q:
    """The people whom what was read may be about."""
    entries = reading.entries
    logins, ids = [entry.login for entry in entries], [entry.id for entry in entries]
    numbers = [entry.rpps for entry in entries if entry.rpps]
    return Q(login__in=logins) | Q(directory_link__entry__in=ids) | Q(rpps__in=numbers)


def rules() -> list[Rule]:
    """The mapping, with groups in their normal form."""
    from coordination.accounts.directory.connection import normal

    rows = DirectoryMapping.objects.select_related("role", "organisation").order_by("role__name", "pk")
    return [
        Rule(
            group=normal(row.group),
            centre=row.role.organisation_id,
            organisation=row.organisation_id,
            role=row.role_id,
            team=row.team_id,
            profession=row.profession or row.role.code,
            label=row.role.name,
            rights=frozenset(row.role.rights),
        )
        for row in rows
    ]


def known(among: Q | None = None) -> list[Known]:
    """The people of Liaison as a plan needs them, in four queries."""
    people = list(Person.objects.filter(among or Q()).select_related("directory_link").order_by("pk"))
    links = [link.pk for person in people if (link := _link(person))]
    given = DirectoryLink.memberships.through.objects.filter(membership__in=Membership.objects.in_force())
    places = given.filter(directorylink__in=links).values_list(
        "directorylink_id", "membership__organisation_id", "membership__role_id"
    )
    teams = DirectoryLink.teams.through.objects.filter(directorylink__in=links).values_list(
        "directorylink_id", "team_id"
    )
    held: dict[UUID, set[Place]] = defaultdict(set)
    for key, organisation, role in places:
        held[key].add((organisation, role))
    joined: dict[UUID, set[UUID]] = defaultdict(set)
    for key, team in teams:
        joined[key].add(team)
    rights = _rights_of(people)
    return [replace(_known(person, _link(person), held, joined), rights=rights[person.pk]) for person in people]


def _rights_of(people: Sequence[Person]) -> defaultdict[UUID, frozenset[str]]:
    """What each of these people may do now or later, whoever gave it."""
    lasting = Membership.objects.filter(Q(valid_until=None) | Q(valid_until__gt=clock.now()), person__in=people)
    rights: defaultdict[UUID, frozenset[str]] = defaultdict(frozenset)
    for who, given in lasting.values_list("person_id", "role__rights"):
        rights[who] |= frozenset(given)
    return rights


def _link(person: Person) -> DirectoryLink | None:
    return getattr(person, "directory_link", None)


def _known(
    person: Person, link: DirectoryLink | None, held: dict[UUID, set[Place]], joined: dict[UUID, set[UUID]]
) -> Known:
    said = {name: getattr(person, name) for name in (*TAKEN_OVER, "is_active")}
    service = bool(getattr(person, "is_service", False))
    if link is None:
        return Known(id=person.pk, centre=person.organisation_id, is_service=service, **said)
    return Known(
        id=person.pk,
        centre=person.organisation_id,
        entry=link.entry,
        is_suspended=link.gone_at is not None,
        is_service=service,
        places=frozenset(held[link.pk]),
        teams=frozenset(joined[link.pk]),
        **said,
    )


@action
def carry_out(turns: Sequence[Turn], *, by: Person | None) -> list[Refusal]:
    """Write what was planned; whoever loses anything is asked again by the sockets.

    The rules that hold for hands hold here: a turn of somebody who manages the directory that would break one is left
    out and returned, with the code of the refusal. Those who come to manage it are written before those who leave it.
    """
    with _keeping_all(turns):
        _carry_out([turn for turn in turns if not turn.is_delicate], by=by)
    delicate = sorted((turn for turn in turns if turn.is_delicate), key=lambda turn: (_is_loss(turn), turn.name))
    return [(turn, why) for turn in delicate if (why := _refused(turn, by=by))]


def _refused(turn: Turn, *, by: Person | None) -> str:
    """Carry out one turn, or leave no trace of it and say why."""
    try:
        with transaction.atomic(), _keeping_all([turn]):
            _carry_out([turn], by=by)
    except (LastAdministrator, AdministratorReadsNoPatient) as refusal:
        return refusal.code
    return ""


@contextmanager
def _keeping_all(turns: Sequence[Turn]) -> Iterator[None]:
    with ExitStack() as rules:
        for centre in sorted({turn.centre for turn in turns}):
            rules.enter_context(keeping(centre))
        yield


def _carry_out(turns: Sequence[Turn], *, by: Person | None) -> None:
    newcomers = [turn for turn in turns if turn.person is None]
    others = {turn.person: turn for turn in turns if turn.person}
    for start in range(0, len(newcomers), AT_ONCE):
        _add(newcomers[start : start + AT_ONCE], by=by)
    for person in Person.objects.filter(pk__in=others).select_related("directory_link"):
        _change(person, others[person.pk], by=by)
    raise_epoch(turn.person for turn in others.values() if turn.person and _is_loss(turn))


def _is_loss(turn: Turn) -> bool:
    return turn.active is False or bool(turn.end or turn.leave)


def _add(turns: Sequence[Turn], *, by: Person | None) -> None:
    """Somebody new for each turn, with the inbox on which they are told things; the directory keeps their password."""
    people = Person.objects.bulk_create(_newcomer(turn) for turn in turns)
    Stream.objects.bulk_create(
        Stream(pk=person.pk, kind="person", organisation_id=person.organisation_id) for person in people
    )
    links = DirectoryLink.objects.bulk_create(
        DirectoryLink(person=person, entry=turn.entry.id, dn=turn.entry.dn)
        for person, turn in zip(people, turns, strict=True)
        if turn.entry
    )
    _give([(link, turn) for link, turn in zip(links, turns, strict=True)])
    audit.record_many(_added(person, by) for person in people)


def _added(person: Person, by: Person | None) -> audit.Act:
    return audit.Act(
        by=by,
        kind="person.added",
        subject_kind=Person._meta.label_lower,
        subject_id=person.pk,
        detail={"from": "directory"},
        organisation_id=person.organisation_id,
    )


def _newcomer(turn: Turn) -> Person:
    entry = turn.entry or Entry("", "", "", "", "")
    person = Person(
        organisation_id=turn.centre,
        profession=turn.profession,
        profession_label=turn.label,
        sort_key=french_order(f"{entry.family_name} {entry.given_name}"),
        **{name: getattr(entry, name) for name in TAKEN_OVER},
    )
    person.set_unusable_password()
    return person


def _give(given: Sequence[tuple[DirectoryLink, Turn]]) -> None:
    """The memberships and the teams of some people, remembered as given by the directory."""
    now = clock.now()
    held = [
        (link, Membership(person_id=link.person_id, organisation_id=where, role_id=role, valid_from=now))
        for link, turn in given
        for where, role in turn.give
    ]
    Membership.objects.bulk_create(membership for _, membership in held)
    through = DirectoryLink.memberships.through
    through.objects.bulk_create(through(directorylink=link, membership=membership) for link, membership in held)
    _join([(link, team) for link, turn in given for team in turn.join])


def _join(joined: Sequence[tuple[DirectoryLink, UUID]]) -> None:
    linked, members = DirectoryLink.teams.through, Team.people.through
    linked.objects.bulk_create(linked(directorylink=link, team_id=team) for link, team in joined)
    people = [members(person_id=link.person_id, team_id=team) for link, team in joined]
    members.objects.bulk_create(people, ignore_conflicts=True)


def _change(person: Person, turn: Turn, *, by: Person | None) -> None:
    """One person as the directory has them now."""
    if turn.entry is None:
        _suspend(person, by=by)
        return
    link = _link(person) or DirectoryLink(person=person)
    link.entry, link.dn, link.gone_at = turn.entry.id, turn.entry.dn, None
    link.save()
    if turn.is_linked:
        person.set_unusable_password()
    for name, (_, after) in turn.fields.items():
        setattr(person, name, after)
    person.is_active = person.is_active if turn.active is None else turn.active
    person.save()
    if "rpps" in turn.fields:
        startle(person, by=by)
    _give([(link, turn)])
    _take_back(link, turn)
    audit.record(by, KINDS[turn.kind], person, organisation=person.organisation_id, detail=_said(turn))


def _take_back(link: DirectoryLink, turn: Turn) -> None:
    """End what a group no longer gives; what was given by hand stays."""
    ending = link.memberships.in_force()
    for organisation, role in turn.end:
        ending.filter(organisation=organisation, role=role).update(valid_until=clock.now())
    DirectoryLink.teams.through.objects.filter(directorylink=link, team__in=turn.leave).delete()
    Team.people.through.objects.filter(person_id=link.person_id, team__in=turn.leave).delete()


def _said(turn: Turn) -> dict[str, object]:
    """Before and after of the changed fields, and the places given and ended."""
    told: dict[str, object] = {"from": "directory", "changes": {name: list(pair) for name, pair in turn.fields.items()}}
    places = {"given": turn.give, "ended": turn.end}
    return told | {name: [str(role) for _, role in given] for name, given in places.items() if given}


def _suspend(person: Person, *, by: Person | None) -> None:
    """Gone from the directory: no access any more, and nothing of theirs is lost."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    DirectoryLink.objects.filter(person=person).update(gone_at=clock.now())
    audit.record(by, "person.suspended", person, organisation=person.organisation_id, detail={"from": "directory"})
