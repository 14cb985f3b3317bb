"""Conversations and messages over HTTP; posting and reading also go over the socket."""

from typing import Annotated
from uuid import UUID

from ninja import Field, Router, Status

from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.signin import SignedInRequest
from coordination.base.errors import AppError, Invalid
from coordination.base.idempotency import idempotent
from coordination.base.language import Sentence
from coordination.base.scoping import visible_or_404
from coordination.patients.models import Patient
from coordination.patients.newcomers import sharing
from coordination.patients.schemas import Circle
from messaging import actions, participants, queries
from messaging.models import Conversation
from messaging.posting import Post, post_messages
from messaging.schemas import (
    ConversationOut,
    ConversationsOut,
    DirectIn,
    MessageOut,
    MessagesOut,
    Ordinal,
    ParticipantIn,
    PostIn,
    ReadIn,
    ReadOut,
)

router = Router(tags=["messaging"])

NOBODY = Sentence(fr="Indiquez une personne du centre.", en="Name a person of the centre.")


@router.get("/conversations", response=ConversationsOut)
def list_conversations(request: SignedInRequest) -> ConversationsOut:
    """Every conversation the asker may read, with exact unread counts."""
    return queries.conversations_of(request.person)


@router.post("/conversations/direct", response=ConversationOut)
def open_direct_conversation(request: SignedInRequest, payload: DirectIn) -> ConversationOut:
    """The conversation with one colleague, made when there is none: asking twice is harmless."""
    other = visible_or_404(Person, request.person, payload.person)
    return queries.conversation_for(actions.open_direct(other, by=request.person), request.person)


@router.post("/patients/{patient_id}/conversation", response=ConversationOut)
def open_patient_conversation(
    request: SignedInRequest, patient_id: UUID, circle: Circle | None = None
) -> ConversationOut:
    """The conversation of a patient's circle, made when there is none: asking twice is harmless."""
    patient = visible_or_404(Patient, request.person, patient_id)
    conversation = actions.open_patient_conversation(patient, by=request.person, circle=circle)
    return queries.conversation_for(conversation, request.person)


@router.post("/conversations/{conversation_id}/participants", response={201: ConversationOut})
@idempotent
def invite_participant(request: SignedInRequest, conversation_id: UUID, payload: ParticipantIn) -> ConversationOut:
    """Let somebody from outside the circle into one conversation about a patient, on a basis."""
    conversation = visible_or_404(Conversation, request.person, conversation_id)
    person = Person.objects.visible_to(request.person).working().filter(pk=payload.person).first()
    if person is None:
        raise Invalid(fields={"person": NOBODY})
    basis = sharing(payload.basis, request.person)
    participants.invite(conversation, person, basis, until=payload.until, by=request.person)
    return queries.conversation_for(conversation, request.person)


@router.delete("/conversations/{conversation_id}/participants/{person_id}", response={204: None})
def dismiss_participant(request: SignedInRequest, conversation_id: UUID, person_id: UUID) -> None:
    """End somebody's part in a conversation now; anyone may end their own."""
    conversation = visible_or_404(Conversation, request.person, conversation_id)
    participants.dismiss(conversation, person_id, by=request.person)


@router.get("/conversations/{conversation_id}", response=ConversationOut)
def get_conversation(request: SignedInRequest, conversation_id: UUID) -> ConversationOut:
    """One conversation, its members and how far each has read."""
    return queries.conversation_for(visible_or_404(Conversation, request.person, conversation_id), request.person)


@router.get("/conversations/{conversation_id}/messages", response=MessagesOut)
def list_messages(
    request: SignedInRequest,
    conversation_id: UUID,
    before: Ordinal | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
) -> MessagesOut:
    """The last messages, or those before an ordinal, oldest first."""
    conversation = visible_or_404(Conversation, request.person, conversation_id)
    actions.open_thread(conversation, by=request.person)
    return queries.thread(conversation, request.person, before=before, limit=limit)


@router.post("/conversations/{conversation_id}/messages", response={200: MessageOut, 201: MessageOut})
def post_message(request: SignedInRequest, conversation_id: UUID, payload: PostIn) -> Status[MessageOut]:
    """Post a message: 201, or 200 with the first answer when this id is already there."""
    conversation = visible_or_404(Conversation, request.person, conversation_id)
    require(request.person, Right.MESSAGE_POST)
    post = Post(author=request.person, id=payload.id, conversation=conversation.pk, body=payload.body)
    outcome = post_messages([post])[0]
    if isinstance(outcome, AppError):
        raise outcome
    return Status(201 if outcome.created else 200, outcome.message)


@router.post("/conversations/{conversation_id}/read", response=ReadOut)
def mark_read(request: SignedInRequest, conversation_id: UUID, payload: ReadIn) -> ReadOut:
    """Note how far the asker has read."""
    conversation = visible_or_404(Conversation, request.person, conversation_id)
    return actions.mark_read(conversation.pk, ordinal=payload.ordinal, by=request.person)
