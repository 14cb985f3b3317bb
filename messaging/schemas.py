"""How conversations and messages are shown: the same shape over HTTP and in events."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from coordination.accounts.schemas import Named, PersonRef
from coordination.patients.schemas import BasisIn, BasisOut, Circle, Later, PatientRef

LONGEST = 20_000
MOST = 2**53 - 1


def _not_blank(body: str) -> str:
    if not body.strip():
        raise PydanticCustomError("missing", "nothing written")
    if "\x00" in body:
        raise PydanticCustomError("nul", "not text")
    return body


Body = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(_not_blank)]
Ordinal = Annotated[int, Field(ge=0, le=MOST)]


class PostIn(Schema):
    """A message about to be posted; `id` is made by the client (UUIDv7) and makes a retry harmless."""

    id: UUID
    body: Body


class PostCommand(PostIn):
    """The same over the socket."""

    conversation: UUID


class ReadIn(Schema):
    ordinal: Ordinal


class ReadCommand(ReadIn):
    conversation: UUID


class DirectIn(Schema):
    person: UUID


class ParticipantIn(Schema):
    """Somebody from outside the circle, on what basis and until when."""

    person: UUID
    basis: BasisIn | None = None
    until: Later | None = None


class LinkedTask(Schema):
    """A task made from a message."""

    id: UUID
    title: str  # empty for who does not see the task
    status: str


class MessageOut(Schema):
    id: UUID
    conversation: UUID
    ordinal: int
    author: PersonRef
    body: str
    at: datetime
    tasks: list[LinkedTask]


class MessagesOut(Schema):
    """Part of a thread, oldest first."""

    items: list[MessageOut]
    heads: dict[str, int]
    first: bool = Field(description="the conversation's first message is among them, or there is none")


class LastMessage(Schema):
    author: PersonRef
    excerpt: str
    at: datetime
    ordinal: int


class ConversationLine(Schema):
    """A line of the list."""

    id: UUID
    kind: str = Field(description="direct, team or patient")
    title: str
    patient: PatientRef | None
    team: Named | None
    people: list[PersonRef] | None = Field(description="the other one of a direct conversation")
    last: LastMessage | None
    last_ordinal: int
    read_ordinal: int
    unread: int = Field(description="messages of others after `read_ordinal`")


class ConversationsOut(Schema):
    items: list[ConversationLine]
    heads: dict[str, int]


class ReaderOut(PersonRef):
    """Somebody who can read the conversation, and how far they have."""

    read_ordinal: int


class ParticipantOut(PersonRef):
    """Somebody invited from outside the circle, on what basis, by whom and until when."""

    basis: BasisOut
    since: datetime
    until: datetime | None
    added_by: PersonRef | None


class ConversationOut(ConversationLine):
    circle: Circle | None = Field(description="whose conversation it is, when it is about a patient")
    basis: BasisOut | None = Field(description="on which what is written about a patient is shared")
    members: list[ReaderOut]
    participants: list[ParticipantOut] = Field(description="those of the members who are not of the circle")
    heads: dict[str, int]


class ReadOut(Schema):
    ordinal: int
    unread: int
