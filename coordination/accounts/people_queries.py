"""Reading the directory: a page of people in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from coordination.accounts.models import Absence, Membership, Organisation, Person, PersonQuerySet
from coordination.accounts.people_schemas import (
    HeldRoleOut,
    MembershipOut,
    MembershipsOut,
    PeopleOut,
    PersonOut,
)
from coordination.accounts.professions import PROFESSIONS
from coordination.accounts.schemas import Named, PersonRef, person_ref
from coordination.base.text import words
from coordination.streams import presence

PAGE = 100
DIGITS_OF_RPPS = 4


@dataclass(frozen=True)
class Asked:
    """Whom a list of the directory shows: those who work here today, and on demand those who do not."""

    q: str = ""
    profession: str = ""
    site: UUID | None = None
    former: bool = False
    before: UUID | None = None


def find(person: Person, asked: Asked) -> PeopleOut:
    """A page of the centre's people in French order, with who is here."""
    people = Person.objects.visible_to(person).filter(is_service=False)
    if not asked.former:
        people = people.working()
    for word in words(asked.q)[:8]:
        people = people.filter(_answering(person, word))
    if asked.profession:
        people = people.filter(profession=asked.profession)
    if asked.site:
        parts = Organisation.objects.visible_to(person).filter(Q(pk=asked.site) | Q(parent=asked.site))
        people = people.filter(pk__in=_working_in(parts))
    rows = list(_after(people, asked.before).order_by("sort_key", "pk")[: PAGE + 1])
    shown = rows[:PAGE]
    return PeopleOut(items=people_out(shown), next=shown[-1].pk if len(rows) > PAGE else None)


def _after(people: PersonQuerySet, last: UUID | None) -> PersonQuerySet:
    """Those who come after the last one of the page before."""
    if last is None:
        return people
    key = Person.objects.filter(pk=last).values_list("sort_key", flat=True).first() or ""
    return people.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=last))


def _answering(person: Person, word: str) -> Q:
    """Those of whom one word is the beginning: of a name, of the profession, of a site, of the RPPS number."""
    found = Q(sort_key__startswith=word) | Q(sort_key__contains=f" {word}")
    labels = Person.objects.visible_to(person).order_by().values_list("profession_label", flat=True).distinct()
    found |= Q(profession_label__in=[label for label in labels if _begins(label, word)])
    found |= Q(profession__in=[code for code, known in PROFESSIONS.items() if _begins(known.name.say(), word)])
    places = Organisation.objects.visible_to(person).exclude(pk=person.organisation_id)
    if called := [place.pk for place in places if _begins(place.name, word)]:
        found |= Q(pk__in=_working_in(Organisation.objects.filter(Q(pk__in=called) | Q(parent__in=called))))
    if word.isdigit() and len(word) >= DIGITS_OF_RPPS:
        found |= Q(rpps__startswith=word)
    return found


def _begins(text: str, word: str) -> bool:
    return any(one.startswith(word) for one in words(text))


def _working_in(places: QuerySet[Organisation]) -> QuerySet[Membership, UUID]:
    return Membership.objects.in_force().filter(organisation__in=places).values_list("person_id", flat=True)


def person_out(person: Person) -> PersonOut:
    """One person as the directory shows them."""
    return people_out([person])[0]


def people_out(people: Sequence[Person]) -> list[PersonOut]:
    """These people with their teams, roles, places, absence and presence: four queries and one look into Redis."""
    ids = [person.pk for person in people]
    teams, held, away = _teams(ids), _held(ids), _away(ids)
    connected = presence.here([pk for pk in ids if pk not in away])
    return [
        PersonOut(
            **person_ref(person).model_dump(),
            role=person.profession,
            **{name: getattr(person, name) for name in _PLAIN},
            photo=photo_address(person),
            presence="absent" if person.pk in away else "here" if person.pk in connected else "away",
            absent_until=away[person.pk].ends_at if person.pk in away else None,
            delegate=_delegate(away.get(person.pk)),
            teams=teams[person.pk],
            sites=_places(held[person.pk], person),
            roles=_roles(held[person.pk]),
        )
        for person in people
    ]


_PLAIN = ("title", "given_name", "family_name", "rpps", "phone", "email", "hours", "is_active", "is_service")


def photo_address(person: Person) -> str | None:
    """Where the portrait is; the version in it lets browsers keep it."""
    return f"/api/people/{person.pk}/photo?v={person.photo_version}" if person.photo_version else None


def _teams(people: Iterable[UUID]) -> defaultdict[UUID, list[Named]]:
    found: defaultdict[UUID, list[Named]] = defaultdict(list)
    rows = Person.teams.through.objects.filter(person__in=people).order_by("team__name")
    for person, team, name in rows.values_list("person_id", "team_id", "team__name"):
        found[person].append(Named(id=team, name=name))
    return found


def _held(people: Iterable[UUID]) -> defaultdict[UUID, list[Membership]]:
    found: defaultdict[UUID, list[Membership]] = defaultdict(list)
    held = Membership.objects.in_force().filter(person__in=people).select_related("role", "organisation")
    for membership in held.order_by("role__name", F("valid_until").desc(nulls_first=True)):
        found[membership.person_id].append(membership)
    return found


def _away(people: Iterable[UUID]) -> dict[UUID, Absence]:
    absences = Absence.objects.in_force().filter(person__in=people).select_related("delegate").order_by("ends_at")
    return {absence.person_id: absence for absence in absences}


def _delegate(absence: Absence | None) -> PersonRef | None:
    return person_ref(absence.delegate) if absence and absence.delegate else None


def _places(held: Iterable[Membership], person: Person) -> list[Named]:
    """The sites and units of somebody's roles, each once; the centre as a whole is not named."""
    places = {one.organisation for one in held if one.organisation_id != person.organisation_id}
    return [Named(id=place.pk, name=place.name) for place in sorted(places, key=lambda place: place.name)]


def _roles(held: Iterable[Membership]) -> list[HeldRoleOut]:
    """Each role once, until the last of its ends."""
    roles: dict[UUID, HeldRoleOut] = {}
    for one in held:
        roles.setdefault(one.role_id, HeldRoleOut(id=one.role_id, name=one.role.name, until=one.valid_until))
    return list(roles.values())


def memberships_of(person: Person) -> MembershipsOut:
    """Everything somebody held, holds or will hold, latest first."""
    held = person.memberships.select_related("role", "organisation").order_by("-valid_from", "-pk")[:200]
    return MembershipsOut(items=[membership_out(one) for one in held])


def membership_out(membership: Membership) -> MembershipOut:
    """A role in a place, for a time."""
    role, place = membership.role, membership.organisation
    return MembershipOut(
        id=membership.pk,
        role=Named(id=role.pk, name=role.name),
        organisation=Named(id=place.pk, name=place.name),
        valid_from=membership.valid_from,
        valid_until=membership.valid_until,
    )
