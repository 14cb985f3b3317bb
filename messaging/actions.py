"""The writes of conversations: opening them, reading them, and telling their people."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from coordination.accounts.models import Person, Team
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.base.errors import NotFound
from coordination.patients.actions import know_conversation
from coordination.patients.models import CareTeam, Patient
from coordination.patients.queries import circles_of, lines_of
from coordination.patients.sharing import Sharing
from coordination.streams import log as streams
from coordination.streams.actions import open_stream
from messaging.errors import OnlyOneself
from messaging.followers import followers
from messaging.models import Conversation
from messaging.queries import positions
from messaging.schemas import ReadOut

# A position only ever moves forward; nothing comes back when it did not. The conversation is held against posts until
# the commit, so that `unread` in the event counts exactly the messages whose events come before it.
_MOVE_POSITION = """
INSERT INTO messaging_readposition (conversation_id, person_id, ordinal, at)
SELECT c.id, %(person)s, least(%(ordinal)s, c.last_ordinal), %(at)s FROM messaging_conversation c
WHERE c.id = %(conversation)s FOR SHARE OF c
ON CONFLICT (conversation_id, person_id) DO UPDATE SET ordinal = excluded.ordinal, at = excluded.at
WHERE messaging_readposition.ordinal < excluded.ordinal
RETURNING ordinal, (SELECT patient_id FROM messaging_conversation WHERE id = %(conversation)s)
"""


def _open(conversation: Conversation, *, by: Person | None) -> Conversation:
    open_stream(conversation.pk, kind="conversation", organisation=conversation.organisation_id)
    audit.record(by, "conversation.opened", conversation, organisation=conversation.organisation_id)
    return conversation


def tell_people(conversation: UUID, people: Iterable[UUID], *, by: UUID | None) -> None:
    """Tell people, each in their inbox, that a conversation is theirs to follow."""
    for person in people:
        streams.append(person, "conversation.opened", {"id": str(conversation)}, actor=by)


def _tell_followers(conversation: Conversation, by: Person | None) -> None:
    people = [one.person for one in followers([conversation.pk])]
    tell_people(conversation.pk, people, by=by.pk if by else None)


@action
def open_team_conversation(team: Team, *, by: Person | None) -> Conversation:
    """A team's conversation; the one it has if it has one."""
    conversation, new = Conversation.objects.get_or_create(
        team=team, defaults={"kind": Conversation.Kind.TEAM, "organisation_id": team.organisation_id}
    )
    if new:
        _open(conversation, by=by)
        _tell_followers(conversation, by)
    return conversation


@action
def open_direct(other: Person, *, by: Person) -> Conversation:
    """The conversation of two people; the one they have if they have one."""
    require(by, Right.MESSAGE_POST)
    refuse_unless(other.pk != by.pk, OnlyOneself())
    pair = ":".join(sorted([str(by.pk), str(other.pk)]))
    conversation, new = Conversation.objects.get_or_create(
        pair=pair, defaults={"kind": Conversation.Kind.DIRECT, "organisation_id": by.organisation_id}
    )
    if new:
        conversation.participants.set([by, other])
        _open(conversation, by=by)
        _tell_followers(conversation, by)
    return conversation


@action
def open_patient_conversation(patient: Patient, *, by: Person, circle: str | None = None) -> Conversation:
    """The conversation of a circle through which the asker cares for a patient: the care circle first, unless told."""
    seen = next((one for one in circles_of(patient, by) if circle in (None, one.circle)), None)
    if seen is None:
        raise NotFound
    return _conversation_of(seen.pk, by)


def _conversation_of(circle_id: UUID, by: Person) -> Conversation:
    circle = CareTeam.objects.select_for_update().get(pk=circle_id)
    if circle.conversation_id:
        return Conversation.objects.get(pk=circle.conversation_id)
    require(by, Right.MESSAGE_POST)
    return start_patient_conversation(circle, by=by)


@action
def start_patient_conversation(circle: CareTeam, *, by: Person | None) -> Conversation:
    """The first conversation of a circle that has none; the caller holds the circle's row."""
    conversation = Conversation.objects.create(
        kind=Conversation.Kind.PATIENT,
        organisation_id=circle.patient.organisation_id,
        patient_id=circle.patient_id,
        care_team=circle,
        **_basis(circle, by),
    )
    _open(conversation, by=by)
    know_conversation(circle, conversation.pk)
    streams.append(circle.pk, "circle.changed", {"id": str(circle.pk)}, actor=by.pk if by else None)
    _tell_followers(conversation, by)
    return conversation


def _basis(circle: CareTeam, by: Person | None) -> dict[str, Any]:
    """On what a circle shares what it writes: within the declared team, else that on which the opener belongs to it."""
    if circle.patient.organisation.declared_care_team or by is None:
        return Sharing().columns()
    line = lines_of(circle, by).lasting().order_by("since").first()
    return {"basis": line.basis, "basis_why": line.basis_why, "consent": line.consent} if line else Sharing().columns()


@action
def mark_read(conversation: UUID, *, ordinal: int, by: Person) -> ReadOut:
    """Note how far someone has read, never backwards and never past the last message; tell the conversation."""
    if not followers([conversation], [by.pk]):
        raise NotFound
    at = clock.now()
    asked: dict[str, Any] = {"conversation": conversation, "person": by.pk, "ordinal": ordinal, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_POSITION, asked)
        moved = cursor.fetchone()
    read, unread = positions(by, [conversation])[conversation]
    if moved and moved[1]:
        audit.record_reading(by, "conversation.read", Conversation(pk=conversation), patient=moved[1])
    if moved and moved[0]:
        data = {"person": str(by.pk), "ordinal": read, "unread": unread, "at": at.isoformat().replace("+00:00", "Z")}
        streams.append(conversation, "read.moved", data, actor=by.pk)
    return ReadOut(ordinal=read, unread=unread)


@action
def open_thread(conversation: Conversation, *, by: Person) -> Conversation:
    """Note that someone read what is written about a patient."""
    if conversation.patient_id:
        audit.record(by, "conversation.read", conversation)
    return conversation
