"""How absences are shown and declared."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema
from pydantic import StringConstraints

from coordination.accounts.schemas import PersonRef
from coordination.base.instants import Instant


class AbsenceOut(Schema):
    id: UUID
    person: PersonRef
    delegate: PersonRef | None
    starts_at: datetime
    ends_at: datetime
    reason: str = Field(description="for the person and the administrator; empty for others")


class AbsencesOut(Schema):
    items: list[AbsenceOut]


class AbsenceIn(Schema):
    person: UUID | None = Field(None, description="oneself unless given")
    delegate: UUID | None = None
    starts_at: Instant
    ends_at: Instant
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
