"""The routes of external correspondents."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema, Status
from pydantic import StringConstraints

from coordination.accounts.correspondents_actions import (
    add_correspondent,
    archive_correspondent,
    edit_correspondent,
)
from coordination.accounts.models import Correspondent
from coordination.accounts.signin import SignedInRequest
from coordination.base.fields import Email, Phone
from coordination.base.idempotency import idempotent
from coordination.base.scoping import visible_or_404
from coordination.base.text import words

router = Router(tags=["correspondents"])

MOST = 300
Kind = Literal["pharmacy", "hospital", "physician", "laboratory", "social", "landlord", "employer", "other"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Structure = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class CorrespondentIn(Schema):
    kind: Kind
    name: Name
    organisation: Structure = Field("", description="the pharmacy, the hospital, the agency they belong to")
    phone: Phone = ""
    email: Email = ""
    mss_address: Email = Field("", description="their MSSanté mailbox")
    address: Address = ""
    note: Note = ""


class CorrespondentEdit(Schema):
    kind: Kind | None = None
    name: Name | None = None
    organisation: Structure | None = None
    phone: Phone | None = None
    email: Email | None = None
    mss_address: Email | None = None
    address: Address | None = None
    note: Note | None = None


class CorrespondentOut(Schema):
    id: UUID
    kind: Kind
    name: str
    organisation: str
    phone: str
    email: str
    mss_address: str
    address: str
    note: str


class CorrespondentsOut(Schema):
    items: list[CorrespondentOut]
    more: bool = Field(description="there are others: type more")


@router.get("/correspondents", response=CorrespondentsOut)
def list_correspondents(request: SignedInRequest, q: str = "", kind: Kind | None = None) -> CorrespondentsOut:
    """Those whose name or structure begins with each word typed, in French order."""
    found = Correspondent.objects.visible_to(request.person)
    if kind:
        found = found.filter(kind=kind)
    for word in words(q)[:8]:
        found = found.filter(sort_key__startswith=word) | found.filter(sort_key__contains=f" {word}")
    rows = list(found.order_by("sort_key", "pk")[: MOST + 1])
    return CorrespondentsOut(items=[_out(row) for row in rows[:MOST]], more=len(rows) > MOST)


@router.post("/correspondents", response={201: CorrespondentOut})
@idempotent
def create_correspondent(request: SignedInRequest, body: CorrespondentIn) -> Status[CorrespondentOut]:
    return Status(201, _out(add_correspondent(_fields(body.model_dump()), by=request.person)))


@router.patch("/correspondents/{uuid:correspondent_id}", response=CorrespondentOut)
def change_correspondent(request: SignedInRequest, correspondent_id: UUID, body: CorrespondentEdit) -> CorrespondentOut:
    known = visible_or_404(Correspondent, request.person, correspondent_id)
    said = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    return _out(edit_correspondent(known, _fields(said), by=request.person))


@router.delete("/correspondents/{uuid:correspondent_id}", response={204: None})
def delete_correspondent(request: SignedInRequest, correspondent_id: UUID) -> None:
    """Take them out of the lists."""
    archive_correspondent(visible_or_404(Correspondent, request.person, correspondent_id), by=request.person)


def _fields(said: dict[str, Any]) -> dict[str, Any]:
    """As the model names them: `organisation` there is the centre."""
    return {"structure" if name == "organisation" else name: value for name, value in said.items()}


def _out(row: Correspondent) -> CorrespondentOut:
    said = {name: getattr(row, name) for name in CorrespondentOut.model_fields if name != "organisation"}
    return CorrespondentOut(**said, organisation=row.structure)
