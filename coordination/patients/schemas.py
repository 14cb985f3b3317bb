"""How patients are shown and written: the same shape over HTTP and in events."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Field, Schema
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from coordination.accounts.schemas import Named, PersonRef
from coordination.base import clock
from coordination.patients.models import Patient
from coordination.patients.roles import OF_A_CIRCLE

IdentityStatus = Literal["PROV", "RECUP", "VALI", "QUAL"]
OLDEST_BIRTH = date(1890, 1, 1)


class PatientRef(Schema):
    """A patient as every banner names them; made from a `Patient`."""

    id: UUID
    name: str = Field(description="DURAND Marie")
    birth_date: date
    age: int = Field(description="whole years")
    sex: Literal["F", "M", "U"]
    identity_status: IdentityStatus


def patient_ref(patient: Patient) -> PatientRef:
    """The reference to a patient, for payloads built by hand."""
    return PatientRef.model_validate(patient)


class PatientLine(PatientRef):
    """A line of the search."""

    city: str
    in_care: bool


class PatientsOut(Schema):
    items: list[PatientLine]
    more: bool = Field(description="there are others: type more")


class MemberOut(Schema):
    """A person or a team in a circle."""

    id: UUID
    person: PersonRef | None
    team: Named | None
    role: str
    role_label: str
    since: datetime
    why: str


class CareTeamOut(Schema):
    id: UUID
    circle: str
    members: list[MemberOut]


class RecordLink(Schema):
    """The same patient in the shared record."""

    system: str
    id: str
    url: str


class PatientOut(PatientRef):
    """A patient's page."""

    birth_name: str
    used_name: str
    given_names: str
    used_given_name: str
    phone: str
    email: str
    email_consent: bool
    postcode: str
    city: str
    deceased_on: date | None
    care_team: CareTeamOut
    conversation_id: UUID | None
    record_links: list[RecordLink]
    heads: dict[str, int]


class CandidateOut(PatientRef):
    """Someone who may be the person about to be created."""

    grade: Literal["probable", "possible"]


class CandidatesOut(Schema):
    items: list[CandidateOut]


def _birth_date(value: date) -> date:
    if not OLDEST_BIRTH <= value <= clock.today():
        raise PydanticCustomError("birth_date", "not a birth date")
    return value


def _email(value: str) -> str:
    if value:
        try:
            validate_email(value)
        except ValidationError as error:
            raise PydanticCustomError("email", "not an e-mail address") from error
    return value


def _role(value: str) -> str:
    if value and value not in OF_A_CIRCLE:
        raise PydanticCustomError("role", "no role of a circle")
    return value


def _named(value: str) -> str:
    if not any(letter.isalpha() for letter in value):
        raise PydanticCustomError("name", "no letter in it")
    return value


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_named)]
MaybeName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
BirthDate = Annotated[date, AfterValidator(_birth_date)]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20, pattern=r"^[+0-9 .()\-]*$")]
Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_email)]
Postcode = Annotated[str, StringConstraints(pattern=r"^(\d{5})?$")]
Role = Annotated[str, StringConstraints(max_length=40), AfterValidator(_role)]
City = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]


class Traits(Schema):
    """What identifies someone (RNIV strict traits, less the birth place)."""

    birth_name: Name
    given_names: Name
    birth_date: BirthDate
    sex: Literal["F", "M", "U"]
    used_name: MaybeName = ""
    used_given_name: MaybeName = ""
    phone: Phone = ""


class MemberIn(Schema):
    """Someone, or a team, to put in the circle; exactly one of the two. Without a role: theirs."""

    person: UUID | None = None
    team: UUID | None = None
    role: Role = ""
    why: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class CircleRole(Schema):
    """A role that one may hold in a circle."""

    code: str
    name: str


class CircleRolesOut(Schema):
    items: list[CircleRole]


class PatientIn(Traits):
    email: Email = ""
    email_consent: bool = False
    postcode: Postcode = ""
    city: City = ""
    members: list[MemberIn] = Field(default_factory=list, max_length=20)
    is_someone_else: bool = Field(False, description="the same traits exist already, and it is another person")


class PatientChanges(Schema):
    """Only what is sent is changed."""

    birth_name: Name | None = None
    given_names: Name | None = None
    birth_date: BirthDate | None = None
    sex: Literal["F", "M", "U"] | None = None
    used_name: MaybeName | None = None
    used_given_name: MaybeName | None = None
    phone: Phone | None = None
    email: Email | None = None
    email_consent: bool | None = None
    postcode: Postcode | None = None
    city: City | None = None


def columns(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent under the model's names, without what was left out."""
    kept = {name: value for name, value in sent.items() if value is not None}
    if "given_names" in kept:
        kept["birth_given_names"] = kept.pop("given_names")
    return kept
