"""The directory's mapping and what a synchronisation reports, over HTTP."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema

from coordination.accounts.schemas import Named, PersonRef


class MappingIn(Schema):
    """A group of the directory, and what it gives its people."""

    group: str = Field(min_length=3, max_length=400, description="the group's DN")
    organisation: UUID = Field(description="the centre, a site or a unit")
    role: UUID
    team: UUID | None = None
    profession: str = Field(
        "", max_length=40, description="of the people it brings in, e.g. ide; the role's code if empty"
    )


class MappingsIn(Schema):
    items: list[MappingIn] = Field(max_length=500)


class MappingOut(Schema):
    id: UUID
    group: str
    organisation: Named
    role: Named
    team: Named | None
    profession: str


class UnknownGroup(Schema):
    """A group that gives nothing yet."""

    group: str
    people: int


class ReportOut(Schema):
    """What a synchronisation did, or would do."""

    at: datetime
    dry_run: bool
    sentence: str = Field(description="the whole in one sentence")
    added: int
    linked: int = Field(description="people of Liaison recognised in the directory, whose password it now keeps")
    changed: int
    suspended: int
    restored: int
    conflicts: int
    without_group: int
    losing: int = Field(description="people who lose their access")
    braked: bool = Field(description="so many lose their access that it must be forced")
    remarks: list[str]
    lines: list[str] = Field(description="one for each person, losses first")
    more: int = Field(description="how many lines are not shown")
    unknown_groups: list[UnknownGroup]
    missing_groups: list[str]
    unreadable: list[str]
    referrals: list[str]


class RunOut(Schema):
    """The last synchronisation; without a report when it was refused."""

    at: datetime
    by: PersonRef | None
    refusal: str = Field(description="why nothing was changed, in words; empty when all went well")
    report: ReportOut | None


class MappingsOut(Schema):
    configured: bool = Field(description="whether a directory is connected")
    items: list[MappingOut]
    last: RunOut | None


class SyncIn(Schema):
    dry_run: bool = True
    force: bool = False
