"""How rights and roles are shown."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema
from pydantic import StringConstraints

from coordination.accounts.schemas import Named, PersonRef

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Rights = Annotated[list[str], Field(max_length=100)]


class RightOut(Schema):
    """A right in words."""

    code: str
    sentence: str


class RightsGroupOut(Schema):
    """Rights that stand under one heading."""

    name: str
    rights: list[RightOut]


class RightsOut(Schema):
    """Every right there is, in the order of the matrix."""

    groups: list[RightsGroupOut]


class RoleOut(Named):
    code: str
    rights: list[str] = Field(description="codes, in the order of the matrix")
    version: int
    people: int = Field(description="how many hold it today")


class RolesOut(Schema):
    items: list[RoleOut]


class RoleIn(Schema):
    name: Name
    rights: Rights


class RoleEdit(RoleIn):
    version: int = Field(ge=1, description="the one that was read; another one in the meantime is refused")


class ChangesOut(Schema):
    """What a change would do, in words."""

    changes: list[str]
    people: int = Field(description="how many hold the role today")


class ChangedRoleOut(RoleOut):
    changes: list[str]


class RoleVersionOut(Schema):
    version: int
    at: datetime
    by: PersonRef | None
    changes: list[str] = Field(description="what this version changed, in words")


class RoleVersionsOut(Schema):
    items: list[RoleVersionOut]
