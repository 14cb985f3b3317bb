"""Somebody from outside the circle in one conversation about a patient: inviting them on a basis, and ending it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from coordination.accounts.actions import raise_epoch
from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import NotFound
from coordination.patients.actions import NewMember, hold, refuse_opposed
from coordination.patients.models import CareTeam, Consent, Opposition
from coordination.patients.sharing import Sharing, settle
from coordination.streams import log as streams
from messaging.actions import tell_people
from messaging.errors import AlreadyReads, NotAboutAPatient
from messaging.followers import followers
from messaging.models import Conversation, Participation


@action
def invite(
    conversation: Conversation, person: Person, sharing: Sharing, *, until: datetime | None = None, by: Person
) -> Participation:
    """Let somebody read and write one conversation about a patient, and nothing else of the patient.

    By somebody of its circle. `AlreadyReads`, `Opposed`, or `SharingBasisMissing` as for a newcomer of the circle.
    """
    require(by, Right.PATIENT_EDIT)
    circle = _circle(conversation, by)
    hold(circle)
    refuse_unless(not followers([conversation.pk], [person.pk]), AlreadyReads(name=person.display_name))
    member = NewMember(person=person, sharing=sharing)
    refuse_opposed(circle.patient, member)
    settled = settle(sharing, circle, member.recipient)
    participation = Participation.objects.create(
        conversation=conversation, person=person, since=clock.now(), until=until, added_by=by, **settled.columns()
    )
    detail = {"person": str(person.pk), "basis": settled.basis}
    audit.record(by, "participant.added", conversation, detail=detail)
    tell_people(conversation.pk, [person.pk], by=by.pk)
    _tell(conversation, by.pk)
    return participation


@action
def dismiss(conversation: Conversation, person: UUID, *, by: Person) -> None:
    """End somebody's part in a conversation now: one's own, or another's with the right and from the circle."""
    if person != by.pk:
        require(by, Right.PATIENT_EDIT)
        _circle(conversation, by)
    now = clock.now()
    theirs = Participation.objects.in_force().filter(conversation=conversation, person=person)
    if not theirs.update(until=now):
        raise NotFound
    raise_epoch([person])
    audit.record(by, "participant.removed", conversation, detail={"person": str(person)})
    _tell(conversation, by.pk)


def _circle(conversation: Conversation, by: Person) -> CareTeam:
    """The circle of a conversation, for who belongs to it; an invitation or an emergency does not go on to others."""
    if conversation.care_team_id is None:
        raise NotAboutAPatient
    circle = CareTeam.objects.managed_by(by).filter(pk=conversation.care_team_id).first()
    if circle is None:
        raise NotFound
    return circle


def _tell(conversation: Conversation, actor: UUID | None) -> None:
    streams.append(conversation.pk, "participants.changed", {"id": str(conversation.pk)}, actor=actor)


def end_on_consent(sender: type[Consent], *, consent: Consent, **_: Any) -> None:
    """A consent is withdrawn: whoever was invited on it reads no more."""
    theirs = Participation.objects.in_force().filter(consent=consent)
    people = list(theirs.values_list("person_id", flat=True))
    theirs.update(until=clock.now())
    raise_epoch(people)


def close_to_opposed(sender: type[Opposition], *, opposition: Opposition, **_: Any) -> None:
    """A patient refuses somebody: their invitations are asked again, as the circle's lines are."""
    theirs = Participation.objects.in_force().filter(conversation__patient=opposition.patient_id)
    raise_epoch(set(theirs.values_list("person_id", flat=True)))
