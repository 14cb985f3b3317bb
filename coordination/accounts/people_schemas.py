"""How people are shown in the directory, and what may be said of them."""

from datetime import datetime, time
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from coordination.accounts.professions import PROFESSIONS
from coordination.accounts.schemas import Named, PersonRef
from coordination.base.fields import Email, Phone
from coordination.base.instants import Instant

Presence = Literal["here", "away", "absent"]


def _profession(value: str) -> str:
    if value not in PROFESSIONS:
        raise PydanticCustomError("profession", "no such profession")
    return value


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Login = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60, pattern=r"^[A-Za-z0-9._-]*$")]
Rpps = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^([0-9]{11})?$")]
Profession = Annotated[str, AfterValidator(_profession)]


class Hours(Schema):
    """One span of a usual week, in the centre's time."""

    day: int = Field(ge=1, le=7, description="1 is Monday")
    from_: time = Field(alias="from", description="08:30")
    until: time

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> "Hours":
        if self.until <= self.from_:
            raise PydanticCustomError("hours", "hours end after they begin")
        return self

    def kept(self) -> dict[str, object]:
        """As the person's row holds it."""
        return {"day": self.day, "from": f"{self.from_:%H:%M}", "until": f"{self.until:%H:%M}"}


class HoursOut(Schema):
    model_config = ConfigDict(populate_by_name=True)

    day: int
    from_: str = Field(alias="from", serialization_alias="from", description="08:30")
    until: str


class HeldRoleOut(Named):
    """A role that somebody holds today."""

    until: datetime | None = Field(description="when it ends by itself; null is without end")


class PersonOut(PersonRef):
    """Somebody in the directory."""

    role: str = Field(description="profession as the care protocols know it: ide, medecin_traitant, …")
    title: str
    given_name: str
    family_name: str
    rpps: str
    phone: str
    email: str
    photo: str | None = Field(description="where the portrait is; another address when it changes")
    hours: list[HoursOut]
    presence: Presence
    absent_until: datetime | None
    delegate: PersonRef | None = Field(description="who takes over while they are absent")
    teams: list[Named]
    sites: list[Named] = Field(description="the sites and units they work in")
    roles: list[HeldRoleOut]
    is_active: bool
    is_service: bool


class PeopleOut(Schema):
    items: list[PersonOut]
    next: UUID | None = Field(description="`before` of the following page; null on the last one")


class ProfessionOut(Schema):
    code: str
    name: str
    role: str = Field(description="code of the role that a newcomer is offered")


class ProfessionsOut(Schema):
    items: list[ProfessionOut]


class NewPersonIn(Schema):
    """Somebody new, with their first role."""

    login: Login = Field("", description="made from the name unless given")
    title: Title = ""
    given_name: Name
    family_name: Name
    profession: Profession
    profession_label: Label = Field("", description="as they say it: Infirmière; the profession's name unless given")
    email: Email = ""
    phone: Phone = ""
    rpps: Rpps = ""
    role: UUID
    organisation: UUID
    valid_until: Instant | None = None


class NewPersonOut(Schema):
    person: PersonOut
    login: str = Field(description="what they sign in with")
    first_password: str = Field(description="shown once; replaced at the first sign-in")


class PersonEdit(Schema):
    """What changes; of oneself, the phone and the hours."""

    title: Title | None = None
    given_name: Name | None = None
    family_name: Name | None = None
    profession: Profession | None = None
    profession_label: Label | None = None
    email: Email | None = None
    phone: Phone | None = None
    rpps: Rpps | None = None
    hours: Annotated[list[Hours], Field(max_length=28)] | None = None


class MembershipIn(Schema):
    role: UUID
    organisation: UUID
    valid_from: Instant | None = None
    valid_until: Instant | None = None


class MembershipEdit(Schema):
    valid_until: Instant | None


class MembershipOut(Schema):
    id: UUID
    role: Named
    organisation: Named
    valid_from: datetime
    valid_until: datetime | None


class MembershipsOut(Schema):
    items: list[MembershipOut]
