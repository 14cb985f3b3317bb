"""How a patient's story is shown."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from coordination.accounts.schemas import PersonRef

Kind = Literal["message", "task", "appointment", "mail", "step", "emergency", "transfer"]


class LinkOut(Schema):
    """Where an entry leads: what it is about, and where it stands (conversation, queue, plan); never an address."""

    conversation: UUID | None = None
    ordinal: int | None = None
    message: UUID | None = None
    task: UUID | None = None
    queue: UUID | None = None
    appointment: UUID | None = None
    plan: UUID | None = None


class StoryEntry(Schema):
    """One thing that happened. `title` is data (a task's title, a step's); the words around it are the client's."""

    kind: Kind
    id: UUID
    at: datetime
    title: str
    text: str | None = None
    who: PersonRef | None
    status: str
    on: date | None = Field(default=None, description="the day it is about: an appointment's, a step's")
    local_start: str | None = Field(default=None, description="an appointment's wall time")
    link: LinkOut


class StoryOut(Schema):
    """Newest first; `next` asks for what came before, null at the beginning of the story."""

    items: list[StoryEntry]
    next: str | None
    heads: dict[str, int]
