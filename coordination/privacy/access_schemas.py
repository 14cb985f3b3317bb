"""How the access log is asked for and shown."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema
from pydantic import StringConstraints

from coordination.accounts.schemas import PersonRef
from coordination.patients.schemas import BirthDate, Name

DAY = Field(None, ge=date(2000, 1, 1), lt=date(2100, 1, 1))
ONE_DAY = Field(ge=date(2000, 1, 1), lt=date(2100, 1, 1))


class AccessFilter(Schema):
    """What to look for; everything at once when nothing is said."""

    patient: UUID | None = None
    person: UUID | None = Field(None, description="who acted, or for whom")
    kind: Annotated[str, StringConstraints(max_length=60)] = ""
    first: date | None = Field(None, alias="from", ge=date(2000, 1, 1), lt=date(2100, 1, 1))
    until: date | None = DAY
    q: Annotated[str, StringConstraints(max_length=100, strip_whitespace=True)] = Field(
        "", description="words of a kind of act, of a name or of what changed, or an address; looks back 92 days"
    )


class PatientNamed(Schema):
    """Whom an act was about; the name only for those who may identify patients."""

    id: UUID
    name: str | None
    birth_date: date | None


class ChangeOut(Schema):
    """A field that changed; `withheld` when its values are not kept."""

    field: str
    before: str
    after: str
    withheld: bool


class LogLineOut(Schema):
    """A line of the access log."""

    id: UUID
    at: datetime
    kind: str
    sentence: str
    who: PersonRef | None = Field(description="null for Liaison itself")
    on_behalf_of: PersonRef | None
    about: PersonRef | None = Field(description="another person that the act was about")
    patient: PatientNamed | None
    address: str | None
    notes: list[str]
    changes: list[ChangeOut]


class LogPageOut(Schema):
    """A page, latest first; `next` asks for what came before it."""

    items: list[LogLineOut]
    next: datetime | None


class KindOut(Schema):
    kind: str
    sentence: str


class KindGroup(Schema):
    name: str
    kinds: list[KindOut]


class KindsOut(Schema):
    """Everything that is recorded, to choose from."""

    groups: list[KindGroup]


class WhoseLog(Schema):
    """A patient as they name themselves: the log is searched for one person, not browsed for names."""

    name: Name = Field(description="birth or used name, and a given name")
    born: BirthDate


class FoundPatient(Schema):
    id: UUID
    name: str
    birth_date: date


class PrintIn(Schema):
    """A page that is being printed."""

    page: Annotated[str, StringConstraints(max_length=120, pattern=r"^/[a-z/-]*$")] = Field(
        description="its address, without what names a patient"
    )
    patient: UUID | None = None
