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
from coordination.base.instants import Instant
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


Circle = Literal["health", "social", "occupational"]


class BasisOut(Schema):
    """Why something about a patient may be shared: the same team, an exchange and why, or a consent."""

    kind: Literal["same_team", "exchange", "consent"]
    why: str
    consent: UUID | None


class MemberOut(Schema):
    """A person or a team in a circle."""

    id: UUID
    person: PersonRef | None
    team: Named | None
    role: str
    role_label: str
    since: datetime
    until: datetime | None
    why: str
    added_by: PersonRef | None = Field(description="null for Liaison itself")
    basis: BasisOut


class CircleRef(Schema):
    """One of a patient's circles, and the site or unit that follows them; null is the whole centre."""

    id: UUID
    circle: Circle
    entity: Named | None


class CircleOut(CircleRef):
    members: list[MemberOut]


class AccessOut(Schema):
    """Through what the asker sees the page, and until when; `reason` is theirs, for an emergency."""

    kind: Literal["care_team", "break_glass"]
    until: datetime | None
    reason: str


class ConsentOut(Schema):
    """What a patient agreed to share, with whom, and how they said so."""

    id: UUID
    scope: str
    recipients: str
    collected_on: date
    collected_by: PersonRef | None
    how: Literal["oral", "written", "electronic"]
    evidence: str
    withdrawn_at: datetime | None


class ConsentsOut(Schema):
    items: list[ConsentOut]


class OppositionOut(Schema):
    """Whom a patient refuses: a person, a team or everyone."""

    id: UUID
    person: PersonRef | None
    team: Named | None
    everyone: bool
    note: str
    recorded_by: PersonRef | None
    recorded_at: datetime
    lifted_at: datetime | None


class OppositionsOut(Schema):
    items: list[OppositionOut]


class IdentityOut(PatientRef):
    """Who a patient is, for someone who may not know more."""

    in_care: bool
    may_break_glass: bool


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
    access: AccessOut
    circle: CircleOut
    circles: list[CircleRef] = Field(description="those the asker sees: `circle` is one of them")
    consents: list[ConsentOut] = Field(description="of this circle, those in force first")
    oppositions: list[OppositionOut] = Field(description="recorded in this circle, those in force first")
    conversation_id: UUID | None
    record_links: list[RecordLink] = Field(description="of the care circle: they lead to the health record")
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


def _past_day(value: date) -> date:
    if not OLDEST_BIRTH <= value <= clock.today():
        raise PydanticCustomError("past_day", "not a day that has been")
    return value


def _later(value: datetime) -> datetime:
    if value.tzinfo is None or value <= clock.now():
        raise PydanticCustomError("later", "over already")
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
PastDay = Annotated[date, AfterValidator(_past_day)]
Later = Annotated[Instant, AfterValidator(_later)]
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


Why = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class BasisIn(Schema):
    """On what basis something is shared: `exchange` says why, `consent` names one."""

    kind: Literal["same_team", "exchange", "consent"]
    why: Why = ""
    consent: UUID | None = None


class MemberIn(Schema):
    """Someone, or a team, to put in the circle; exactly one of the two. Without a role: theirs.

    Within the declared care team no basis has to be named.
    """

    person: UUID | None = None
    team: UUID | None = None
    role: Role = ""
    why: Why = ""
    until: Later | None = None
    basis: BasisIn | None = None
    circle: Circle | None = Field(None, description="when the asker sees several; the care circle first")


class CircleIn(Schema):
    """The circle of one's own trade, to begin following a patient in it."""

    circle: Circle
    why: Why = ""


class EmergencyIn(Schema):
    """Why a file has to be opened, in words; without a circle that of one's own trade."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=300)]
    circle: Circle | None = None


class EmergencyOut(Schema):
    until: datetime


class ConsentIn(Schema):
    scope: Said
    recipients: Said
    collected_on: PastDay
    how: Literal["oral", "written", "electronic"]
    evidence: Why = ""
    circle: Circle | None = None


class OppositionIn(Schema):
    """Exactly one of the three: a person, a team, or everyone."""

    person: UUID | None = None
    team: UUID | None = None
    everyone: bool = False
    note: Why = ""
    circle: Circle | None = None


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
