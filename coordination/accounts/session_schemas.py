"""What the browser is told about who is signed in, and what it sends about that."""

from datetime import date, datetime
from uuid import UUID

from ninja import Field, Schema

from coordination.accounts.schemas import Named, PersonRef


class Inbox(Schema):
    """The stream on which a person alone is told things."""

    inbox: UUID


class Me(PersonRef):
    """Who is signed in, and what they may do."""

    organisation: Named
    rights: list[str]
    language: str
    teams: list[Named] = Field(description="one's own, and those of whom one stands in for")
    standing_in_for: list[PersonRef]
    second_factor: bool = Field(description="whether a code generator or a passkey is set up")
    streams: Inbox


class SessionOut(Schema):
    """What the application needs to start."""

    person: Me
    demo: bool
    csrf: str
    version: str
    idle_minutes: int = Field(description="after so long without anybody acting the session ends")


class DemoPerson(Schema):
    """Somebody of the demo centre, with the password everybody may know."""

    login: str
    name: str
    profession: str
    password: str


class Provider(Schema):
    """Somebody else's sign-in that may be used here."""

    id: str = Field(description="psc")
    name: str = Field(description="Pro Santé Connect")


class Ways(Schema):
    """How one may sign in here."""

    password: bool
    passkey: bool
    directory: bool = Field(description="whether the login may be that of the centre's directory")
    providers: list[Provider]


class CsrfOut(Schema):
    """What the sign-in page needs before anybody is known."""

    csrf: str
    demo: bool
    demo_people: list[DemoPerson]
    ways: Ways
    idle_minutes: int


class SignedOut(Schema):
    """Where the browser goes next to sign out elsewhere too; null is nowhere."""

    continue_at: str | None


class LanguageIn(Schema):
    language: str = Field(pattern="^(fr|en)$")


class LanguageOut(Schema):
    language: str


class OpenSession(Schema):
    """One of one's own sessions."""

    id: int
    device: str = Field(description="Firefox sur Windows")
    address: str
    created_at: datetime
    seen_at: datetime = Field(description="when somebody last acted in it, to the minute")
    current: bool


class OpenSessions(Schema):
    items: list[OpenSession]


class TokenIn(Schema):
    """A token to make."""

    label: str = Field(min_length=1, max_length=80, description="what it is for")
    scopes: list[str] = Field(max_length=50, description="the rights it gives, of those its owner has")
    expires_on: date = Field(description="the last day it is good for; within a year")


class TokenOut(Schema):
    """A token without its secret, which nobody has any more."""

    id: UUID
    label: str
    scopes: list[str] | None = Field(description="null is all that its owner may do")
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = Field(description="of the last use, to the minute")


class TokensOut(Schema):
    items: list[TokenOut]


class NewTokenOut(TokenOut):
    """A token just made: the secret is shown this once."""

    secret: str


class ServiceAccountIn(Schema):
    name: str = Field(min_length=1, max_length=80)
    role: UUID


class ServiceAccountOut(Schema):
    """A program that comes with tokens."""

    id: UUID
    name: str
    role: Named | None
    is_active: bool
    tokens: list[TokenOut]


class ServiceAccountsOut(Schema):
    items: list[ServiceAccountOut]


class FirstPasswordOut(Schema):
    """A password to hand over, shown this once; whoever gets it chooses another at their first sign-in."""

    password: str
