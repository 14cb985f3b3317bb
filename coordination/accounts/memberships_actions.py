"""The writes that give somebody a role for a time, and take it away."""

from datetime import datetime

from coordination.accounts.access_news import tell_access
from coordination.accounts.actions import raise_epoch
from coordination.accounts.directory_errors import BadPeriod, OwnAccess
from coordination.accounts.directory_keeping import keeping
from coordination.accounts.models import Membership, Organisation, Person, Role
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import NotFound


@action
def add_membership(
    person: Person,
    role: Role,
    organisation: Organisation,
    *,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    by: Person,
) -> Membership:
    """Give somebody a role in the centre, a site or a unit, from now or later, for good or until an instant."""
    require(by, Right.DIRECTORY_MANAGE)
    refuse_unless(person.pk != by.pk, OwnAccess())
    _refuse_elsewhere(by, person, role, organisation)
    now = clock.now()
    begins = max(valid_from or now, now)
    refuse_unless(valid_until is None or valid_until > begins, BadPeriod())
    with keeping(by.organisation_id):
        membership = Membership.objects.create(
            person=person, role=role, organisation=organisation, valid_from=begins, valid_until=valid_until
        )
    tell_access([person.pk], by=by)
    detail = {"person": str(person.pk), "role": role.name, "until": valid_until and valid_until.isoformat()}
    audit.record(by, "membership.added", membership, detail=detail)
    return membership


def _refuse_elsewhere(by: Person, person: Person, role: Role, organisation: Organisation) -> None:
    """All four are of one centre; otherwise one of them does not exist for whoever asks."""
    here = by.organisation_id
    same = person.organisation_id == here and role.organisation_id == here
    if not same or not Organisation.objects.visible_to(by).filter(pk=organisation.pk).exists():
        raise NotFound


@action
def change_membership(membership: Membership, *, valid_until: datetime | None, by: Person) -> Membership:
    """Have a membership that is not over end at another instant, or never; sockets are dropped then, at the minute."""
    require(by, Right.DIRECTORY_MANAGE)
    refuse_unless(membership.person_id != by.pk, OwnAccess())
    now = clock.now()
    earliest_end = max(now, membership.valid_from)
    over = membership.valid_until is not None and membership.valid_until <= now
    refuse_unless(not over and (valid_until is None or valid_until > earliest_end), BadPeriod())
    before = {"valid_until": membership.valid_until}
    with keeping(by.organisation_id):
        membership.valid_until = valid_until
        membership.save(update_fields=["valid_until"])
    _tell_loss(membership, by=by)
    changes = audit.changes(before, {"valid_until": valid_until})
    audit.record(by, "membership.changed", membership, detail={"person": str(membership.person_id), "changes": changes})
    return membership


@action
def end_membership(membership: Membership, *, by: Person) -> Membership:
    """End a role now; the person's sockets notice within seconds. One that has not begun is withdrawn."""
    require(by, Right.DIRECTORY_MANAGE)
    now = clock.now()
    refuse_unless(membership.valid_until is None or membership.valid_until > now, BadPeriod())
    detail = {"person": str(membership.person_id)}
    with keeping(by.organisation_id):
        if membership.valid_from >= now:
            audit.record(by, "membership.withdrawn", membership, detail=detail)
            membership.delete()
            return membership
        membership.valid_until = now
        membership.save(update_fields=["valid_until"])
    _tell_loss(membership, by=by)
    audit.record(by, "membership.ended", membership, detail=detail)
    return membership


def _tell_loss(membership: Membership, *, by: Person) -> None:
    raise_epoch([membership.person_id])
    tell_access([membership.person_id], by=by)
