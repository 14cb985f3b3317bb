"""What a reading of the directory changes here: decided purely, before anything is written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from coordination.accounts.directory.reading import Entry, Reading
from coordination.accounts.directory_errors import AdministratorReadsNoPatient
from coordination.accounts.directory_keeping import CONTENT
from coordination.accounts.rights import Right
from coordination.base.text import fold

Place = tuple[UUID, UUID]
"""An organisation and a role in it."""

TAKEN_OVER = ("login", "given_name", "family_name", "email", "phone", "rpps")
"""What the directory says of a person and Liaison repeats; what it leaves empty is left as it was."""
FEW = 2
"""So few people may always lose their access: half of a team of four is no accident."""


@dataclass(frozen=True)
class Rule:
    """What one group gives; its DN in its normal form."""

    group: str
    centre: UUID
    organisation: UUID
    role: UUID
    team: UUID | None = None
    profession: str = ""
    label: str = ""
    rights: frozenset[str] = frozenset()

    @property
    def place(self) -> Place:
        return self.organisation, self.role


@dataclass(frozen=True)
class Known:
    """A person of Liaison; `entry` is theirs in the directory if they were ever linked."""

    id: UUID
    centre: UUID
    login: str
    given_name: str
    family_name: str
    email: str = ""
    phone: str = ""
    rpps: str = ""
    entry: str | None = None
    is_active: bool = True
    is_suspended: bool = False
    """By a synchronisation, rather than by hand."""
    is_gone: bool = False
    """Their entry was not found in this reading."""
    is_service: bool = False
    places: frozenset[Place] = frozenset()
    teams: frozenset[UUID] = frozenset()
    rights: frozenset[str] = frozenset()
    """Of everything they hold now or later, given by hand or not."""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class Turn:
    """What changes for one person."""

    name: str
    centre: UUID
    person: UUID | None
    entry: Entry | None
    profession: str = ""
    label: str = ""
    is_linked: bool = False
    active: bool | None = None
    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    give: frozenset[Place] = frozenset()
    end: frozenset[Place] = frozenset()
    join: frozenset[UUID] = frozenset()
    leave: frozenset[UUID] = frozenset()
    loses: bool = False
    withheld: str = ""
    """Why what their groups would give is not given; names the sentence."""
    is_delicate: bool = False
    """Whether who manages the directory may change by it."""

    @property
    def kind(self) -> str:
        """The one word for it: added, linked, suspended, restored or changed."""
        if self.person is None:
            return "added"
        if self.active is not None:
            return "restored" if self.active else "suspended"
        return "linked" if self.is_linked else "changed"

    @property
    def is_nothing(self) -> bool:
        changes = (self.is_linked, self.fields, self.give, self.end, self.join, self.leave)
        return self.person is not None and self.active is None and not any(changes)


@dataclass(frozen=True)
class Conflict:
    """Somebody of the directory whom it would be wrong to bring in; `why` names the sentence."""

    why: str
    name: str
    login: str


@dataclass(frozen=True)
class Plan:
    """Everything a reading changes, and what it leaves alone."""

    turns: tuple[Turn, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    without_group: int = 0
    unknown_groups: Mapping[str, int] = field(default_factory=dict)
    missing_groups: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    linked: int = 0

    @property
    def losing(self) -> int:
        """How many people would have no access left."""
        return sum(turn.loses for turn in self.turns)

    def is_braked(self, percent: int) -> bool:
        """Whether more people lose their access than the brake lets through."""
        return self.losing > max(FEW, self.linked * percent / 100)


def plan(reading: Reading, rules: Sequence[Rule], known: Sequence[Known], *, centre: UUID) -> Plan:
    """What the whole directory changes at one centre; whoever it no longer names is suspended.

    `rules` and `known` are those of every centre, so that one centre never takes over the people of another.
    """
    named = {entry.id for entry in reading.entries} | set(reading.unreadable)
    now = [replace(person, is_gone=person.entry not in named) if person.entry else person for person in known]
    met = list(_meet_all(reading, rules, _People(now), centre=centre))
    there = {turn.person for turn in met if isinstance(turn, Turn)}
    linked = [person for person in known if person.entry and person.is_active and person.centre == centre]
    gone = [_gone(person) for person in linked if person.entry not in named and person.id not in there]
    wanted, mapped = {rule.group for rule in rules if rule.centre == centre}, {rule.group for rule in rules}
    return Plan(
        turns=tuple(turn for turn in [*met, *gone] if isinstance(turn, Turn) and not turn.is_nothing),
        conflicts=tuple(_conflicts(met)),
        without_group=sum(found is None for found in met),
        unknown_groups=_unknown(reading, mapped),
        missing_groups=tuple(sorted(wanted - set(reading.groups))),
        unreadable=tuple(sorted(reading.unreadable.values())),
        referrals=reading.referrals,
        linked=len(linked),
    )


def _conflicts(met: Iterable[Turn | Conflict | None]) -> Iterator[Conflict]:
    """Those who are left alone, and those who are not given what their groups would give."""
    for found in met:
        if isinstance(found, Conflict):
            yield found
        elif found and found.withheld:
            yield conflict_of(found, found.withheld)


def conflict_of(turn: Turn, why: str) -> Conflict:
    """Why a turn, or a part of it, was not carried out."""
    return Conflict(why, turn.name, turn.entry.login if turn.entry else "")


def _unknown(reading: Reading, mapped: set[str]) -> dict[str, int]:
    """The groups that give nothing anywhere, with how many people each has."""
    return {group: len(people) for group, people in sorted(reading.groups.items()) if people and group not in mapped}


def plan_one(reading: Reading, rules: Sequence[Rule], known: Sequence[Known]) -> Turn | Conflict | None:
    """What changes for the one person that was read, at their sign-in; nobody else is touched."""
    return next(_meet_all(reading, rules, _People(known)), None)


class _People:
    """The people of Liaison, by what they can be recognised by."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.known = list(known)
        self.by_entry = {person.entry: person for person in self.known if person.entry}
        self.by_login = {person.login: person for person in self.known}
        self.rpps = Counter(person.rpps for person in self.known if person.rpps)
        self.by_rpps = {person.rpps: person for person in self.known if person.rpps}

    def find(self, entry: Entry) -> Known | None:
        """The person an entry is already linked to, else the one with its RPPS, else the one with its login."""
        if linked := self.by_entry.get(entry.id):
            return linked
        if self.rpps[entry.rpps] == 1:
            return self.by_rpps[entry.rpps]
        return self.by_login.get(entry.login)

    def conflict(self, entry: Entry, person: Known | None) -> str:
        """Why an entry must not become this person, or somebody new; empty when it may."""
        holder = self.by_login.get(entry.login)
        if holder and holder is not person:
            return "login_taken"
        if self.rpps[entry.rpps] > (person is not None and person.rpps == entry.rpps):
            return "rpps_taken"
        return "" if person is None or person.entry == entry.id else _stranger(entry, person)


def _stranger(entry: Entry, person: Known) -> str:
    """Why somebody who was never linked is not whom an entry names; empty when they are the same."""
    if person.is_service or (person.entry is not None and not person.is_gone):
        return "login_taken"
    if entry.rpps and person.rpps and entry.rpps != person.rpps:
        return "other_rpps"
    return "" if fold(person.family_name) == fold(entry.family_name) else "other_name"


def _meet_all(
    reading: Reading, rules: Sequence[Rule], people: _People, *, centre: UUID | None = None
) -> Iterator[Turn | Conflict | None]:
    """Each entry in turn; a login or a person that two entries claim is nobody's."""
    logins = Counter(entry.login for entry in reading.entries)
    taken: set[UUID | None] = set()
    for entry in reading.entries:
        met = _meet(entry, _rules_of(entry, reading, rules), people, centre=centre)
        if isinstance(met, Turn) and (logins[entry.login] > 1 or met.person in taken):
            met = Conflict("claimed_twice", met.name, entry.login)
        if isinstance(met, Turn) and met.person:
            taken.add(met.person)
        yield met


def _rules_of(entry: Entry, reading: Reading, rules: Sequence[Rule]) -> list[Rule]:
    return [rule for rule in rules if entry.id in reading.groups.get(rule.group, frozenset())]


def _meet(entry: Entry, rules: list[Rule], people: _People, *, centre: UUID | None) -> Turn | Conflict | None:
    """What one entry changes (at one centre if told); nothing for a stranger whose groups give nothing there."""
    person = people.find(entry)
    linked = person if person and person.entry == entry.id else None
    concerned = {rule.centre for rule in rules} | ({linked.centre} if linked else set())
    if not concerned or (centre and centre not in concerned):
        return None
    why = people.conflict(entry, person) or _abroad(rules, person)
    if why:
        return Conflict(why, f"{entry.given_name} {entry.family_name}".strip(), entry.login)
    turn = _newcomer(entry, rules) if person is None else _turn(person, entry, rules)
    return _guarded(turn, person.rights if person else frozenset(), rules)


def _guarded(turn: Turn, held: frozenset[str], rules: list[Rule]) -> Turn | Conflict:
    """The turn as the rules of the directory let it be: whoever manages it is given nothing by a group.

    What such a person loses is still taken; they are not linked either, as their password would be another's to keep.
    """
    given = frozenset(right for rule in rules if rule.place in turn.give for right in rule.rights)
    delicate = replace(turn, is_delicate=Right.DIRECTORY_MANAGE in held | given)
    if Right.DIRECTORY_MANAGE in held and (turn.give or turn.join):
        why = "manages_directory"
    elif Right.DIRECTORY_MANAGE in given and CONTENT & (held | given):
        why = AdministratorReadsNoPatient.code
    else:
        return delicate
    if turn.person is None or turn.is_linked:
        return conflict_of(turn, why)
    return replace(delicate, give=frozenset(), join=frozenset(), withheld=why)


def _abroad(rules: list[Rule], person: Known | None) -> str:
    """Nobody works at two centres, and nobody changes centre by a group."""
    centres = {rule.centre for rule in rules} | ({person.centre} if person else set())
    return "two_centres" if len(centres) > 1 else ""


def _newcomer(entry: Entry, rules: list[Rule]) -> Turn:
    return Turn(
        name=f"{entry.given_name} {entry.family_name}".strip(),
        centre=rules[0].centre,
        person=None,
        entry=entry,
        profession=next((rule.profession for rule in rules if rule.profession), ""),
        label=entry.label or rules[0].label,
        give=frozenset(rule.place for rule in rules),
        join=frozenset(rule.team for rule in rules if rule.team),
    )


def _turn(person: Known, entry: Entry, rules: list[Rule]) -> Turn:
    places = frozenset(rule.place for rule in rules)
    teams = frozenset(rule.team for rule in rules if rule.team)
    return Turn(
        name=person.name,
        centre=person.centre,
        person=person.id,
        entry=entry,
        is_linked=person.entry != entry.id,
        active=True if person.is_suspended and not person.is_active else None,
        fields=dict(_differences(person, entry)),
        give=places - person.places,
        end=person.places - places,
        join=teams - person.teams,
        leave=person.teams - teams,
        loses=person.is_active and bool(person.places) and not places,
    )


def _differences(person: Known, entry: Entry) -> Iterator[tuple[str, tuple[str, str]]]:
    for name in TAKEN_OVER:
        before, after = getattr(person, name), getattr(entry, name)
        if after and after != before:
            yield name, (before, after)


def _gone(person: Known) -> Turn:
    manages = Right.DIRECTORY_MANAGE in person.rights
    return Turn(person.name, person.centre, person.id, None, active=False, loses=True, is_delicate=manages)
