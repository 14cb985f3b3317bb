"""What the account routes show, in few queries."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from coordination.accounts.models import Membership, Organisation, Person, Role, Team
from coordination.accounts.rights import SENTENCES, Right
from coordination.accounts.schemas import (
    EntriesOut,
    EntryOut,
    OrganisationOut,
    RightOut,
    RoleOut,
    RolesOut,
    SiteOut,
    person_ref,
)
from coordination.audit.models import Entry

PAGE = 100


def directory(person: Person) -> QuerySet[Person]:
    """The colleagues who work here today, in French order."""
    return Person.objects.visible_to(person).working().prefetch_related("teams").order_by("sort_key")


def teams(person: Person) -> QuerySet[Team]:
    """The centre's teams with those of their people who work here today, both in French order."""
    people = Prefetch("people", Person.objects.get_queryset().working().order_by("sort_key"))
    return Team.objects.filter(organisation_id=person.organisation_id).prefetch_related(people).order_by("name")


def _site(organisation: Organisation) -> dict[str, object]:
    return {name: getattr(organisation, name) for name in ("id", "name", "alias", "phone", "address")}


def centre_of(person: Person) -> OrganisationOut:
    """The person's centre and its sites."""
    centre = person.organisation
    sites = [SiteOut.model_validate(_site(site)) for site in centre.parts.order_by("name")]
    return OrganisationOut.model_validate({**_site(centre), "time_zone": centre.time_zone, "sites": sites})


def right_out(right: Right) -> RightOut:
    """A right with its sentence in the asker's language."""
    return RightOut(code=right, sentence=SENTENCES[right].say())


def roles_of(person: Person) -> RolesOut:
    """The centre's roles, their rights in words, and how many people hold each today."""
    roles = Role.objects.filter(organisation_id=person.organisation_id).order_by("name")
    held = Membership.objects.in_force().filter(role__in=roles).values_list("role_id", "person_id").distinct()
    holders = Counter(role for role, _ in held)
    items = [
        RoleOut(
            id=role.pk,
            name=role.name,
            code=role.code,
            rights=[right_out(right) for right in Right if right in role.rights],
            people=holders[role.pk],
        )
        for role in roles
    ]
    return RolesOut(items=items, rights=[right_out(right) for right in Right])


def access_log(person: Person, *, patient: UUID | None, before: datetime | None) -> EntriesOut:
    """The centre's audit entries, latest first, `PAGE` or a few more at a time; about one patient if told."""
    entries = Entry.objects.filter(organisation_id=person.organisation_id)
    if patient:
        entries = entries.filter(patient_id=patient)
    if before:
        entries = entries.filter(at__lt=before)
    rows, more = _latest(entries)
    actors = Person.objects.in_bulk([row.actor_id for row in rows if row.actor_id])
    return EntriesOut(items=[_entry(row, actors) for row in rows], more=more)


def _latest(entries: QuerySet[Entry]) -> tuple[list[Entry], bool]:
    """The first page, and whether others follow.

    It ends between two instants: those of one instant (a batch has one) are never parted, so that asking for what came
    before the last one loses none.
    """
    rows = list(entries.order_by("-at", "-id")[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, False
    last = rows[PAGE - 1].at
    whole = [row for row in rows if row.at > last] + list(entries.filter(at=last).order_by("-id"))
    return whole, entries.filter(at__lt=last).exists()


def _entry(row: Entry, actors: dict[UUID, Person]) -> EntryOut:
    who = actors.get(row.actor_id) if row.actor_id else None
    return EntryOut(
        id=row.pk,
        at=row.at,
        kind=row.kind,
        who=person_ref(who) if who else None,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
    )


def may_join_inbox(person_id: UUID, stream_ids: Sequence[UUID]) -> dict[UUID, datetime | None]:
    """One's own inbox, until the last membership ends."""
    if person_id not in stream_ids:
        return {}
    person = Person.objects.filter(pk=person_id).first()
    return {person_id: person.may_until()} if person and person.has_access else {}
