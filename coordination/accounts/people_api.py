"""The routes of the people directory: who works here, how to reach them, and what they hold."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from coordination.accounts import people_actions as actions
from coordination.accounts.first_passwords import give_first_password
from coordination.accounts.memberships_actions import add_membership, change_membership, end_membership
from coordination.accounts.models import Membership, Organisation, Person, Photo, Role
from coordination.accounts.people_queries import Asked, find, membership_out, memberships_of, person_out
from coordination.accounts.people_schemas import (
    MembershipEdit,
    MembershipIn,
    MembershipOut,
    MembershipsOut,
    NewPersonIn,
    NewPersonOut,
    PeopleOut,
    PersonEdit,
    PersonOut,
    ProfessionOut,
    ProfessionsOut,
)
from coordination.accounts.professions import PROFESSIONS
from coordination.accounts.recent import require_recent
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.signin import SignedInRequest
from coordination.base.errors import NotFound
from coordination.base.idempotency import idempotent, show_once
from coordination.base.scoping import visible_or_404

router = Router(tags=["people"])

_BYTES = {"schema": {"type": "string", "format": "binary"}}
PICTURE: dict[str, Any] = {
    "requestBody": {"required": True, "content": dict.fromkeys(("image/jpeg", "image/png", "image/webp"), _BYTES)}
}
CREATING = ("role", "organisation", "valid_until")


@router.get("/professions", response=ProfessionsOut)
def list_professions(request: SignedInRequest) -> ProfessionsOut:
    """What somebody of a centre may be, with the role that they are offered."""
    items = [ProfessionOut(code=code, name=one.name.say(), role=one.role) for code, one in PROFESSIONS.items()]
    return ProfessionsOut(items=items)


@router.get("/people", response=PeopleOut, by_alias=True)
def list_people(
    request: SignedInRequest,
    q: str = "",
    profession: str = "",
    site: UUID | None = None,
    former: bool = False,
    before: UUID | None = None,
) -> PeopleOut:
    """Colleagues by name, profession, site or RPPS; with `former` also those who have no access today."""
    if former:
        require(request.person, Right.DIRECTORY_MANAGE)
    return find(request.person, Asked(q=q, profession=profession, site=site, former=former, before=before))


@router.post("/people", response={201: NewPersonOut}, by_alias=True)
@idempotent
def create_person(request: SignedInRequest, body: NewPersonIn) -> Status[NewPersonOut]:
    """Somebody new with a first role and a first password; needs a recent proof of who asks.

    A retry is answered without the password, which is not kept: another one can be given.
    """
    asker = request.person
    require(asker, Right.DIRECTORY_MANAGE)
    require_recent(request)
    person = actions.hire(
        body.model_dump(exclude={*CREATING}),
        role=_role(asker, body.role),
        organisation=visible_or_404(Organisation, asker, body.organisation),
        valid_until=body.valid_until,
        by=asker,
    )
    password = give_first_password(person, by=asker)
    show_once(request, "first_password")
    return Status(201, NewPersonOut(person=person_out(person), login=person.login, first_password=password))


@router.get("/people/{uuid:person_id}", response=PersonOut, by_alias=True)
def read_person(request: SignedInRequest, person_id: UUID) -> PersonOut:
    return person_out(visible_or_404(Person, request.person, person_id))


@router.patch("/people/{uuid:person_id}", response=PersonOut, by_alias=True)
def change_person(request: SignedInRequest, person_id: UUID, body: PersonEdit) -> PersonOut:
    """Correct what the directory says; of oneself, the phone and the hours. An RPPS is a way in: it needs a proof."""
    person = visible_or_404(Person, request.person, person_id)
    said = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    if body.hours is not None:
        said["hours"] = [one.kept() for one in body.hours]
    if said.get("rpps", person.rpps) != person.rpps:
        require_recent(request)
    return person_out(actions.edit_person(person, said, by=request.person))


@router.post("/people/{uuid:person_id}/suspend", response=PersonOut, by_alias=True)
def suspend_person(request: SignedInRequest, person_id: UUID) -> PersonOut:
    """Keep somebody out from now on."""
    person = visible_or_404(Person, request.person, person_id)
    require_recent(request)
    return person_out(actions.suspend(person, by=request.person))


@router.post("/people/{uuid:person_id}/restore", response=PersonOut, by_alias=True)
def restore_person(request: SignedInRequest, person_id: UUID) -> PersonOut:
    """Let somebody in again."""
    person = visible_or_404(Person, request.person, person_id)
    require_recent(request)
    return person_out(actions.restore(person, by=request.person))


@router.get("/people/{uuid:person_id}/photo", response={200: bytes})
def read_photo(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The portrait, 256 × 256 WebP; browsers keep it, as its address changes with it."""
    person = visible_or_404(Person, request.person, person_id)
    photo = Photo.objects.filter(person=person).first()
    if photo is None:
        raise NotFound
    headers = {"Cache-Control": "private, max-age=31536000, immutable", "ETag": f'"{person.photo_version}"'}
    return HttpResponse(bytes(photo.content), content_type="image/webp", headers=headers)


@router.put("/people/{uuid:person_id}/photo", response=PersonOut, by_alias=True, openapi_extra=PICTURE)
def put_photo(request: SignedInRequest, person_id: UUID) -> PersonOut:
    """One's own portrait, or anybody's for the administrator: the bytes of a JPEG, PNG or WebP, 2 MB at most."""
    person = visible_or_404(Person, request.person, person_id)
    return person_out(actions.put_photo(person, request.body, by=request.person))


@router.delete("/people/{uuid:person_id}/photo", response=PersonOut, by_alias=True)
def delete_photo(request: SignedInRequest, person_id: UUID) -> PersonOut:
    """Initials instead of a portrait."""
    person = visible_or_404(Person, request.person, person_id)
    return person_out(actions.drop_photo(person, by=request.person))


@router.get("/people/{uuid:person_id}/memberships", response=MembershipsOut)
def list_memberships(request: SignedInRequest, person_id: UUID) -> MembershipsOut:
    """What somebody held, holds and will hold; one's own, or anybody's for the administrator."""
    person = visible_or_404(Person, request.person, person_id)
    if person != request.person:
        require(request.person, Right.DIRECTORY_MANAGE)
    return memberships_of(person)


@router.post("/people/{uuid:person_id}/memberships", response={201: MembershipOut})
@idempotent
def create_membership(request: SignedInRequest, person_id: UUID, body: MembershipIn) -> Status[MembershipOut]:
    """A role in the centre, a site or a unit, for good or until an instant; needs a recent proof of who asks."""
    asker = request.person
    require(asker, Right.DIRECTORY_MANAGE)
    require_recent(request)
    membership = add_membership(
        visible_or_404(Person, asker, person_id),
        _role(asker, body.role),
        visible_or_404(Organisation, asker, body.organisation),
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        by=asker,
    )
    return Status(201, membership_out(membership))


@router.patch("/memberships/{uuid:membership_id}", response=MembershipOut)
def edit_membership(request: SignedInRequest, membership_id: UUID, body: MembershipEdit) -> MembershipOut:
    """Another end, or none; needs a recent proof of who asks."""
    membership = _membership(request, membership_id)
    return membership_out(change_membership(membership, valid_until=body.valid_until, by=request.person))


@router.post("/memberships/{uuid:membership_id}/end", response={204: None})
def stop_membership(request: SignedInRequest, membership_id: UUID) -> None:
    """End it now; needs a recent proof of who asks."""
    end_membership(_membership(request, membership_id), by=request.person)


def _membership(request: SignedInRequest, membership_id: UUID) -> Membership:
    require(request.person, Right.DIRECTORY_MANAGE)
    here = Membership.objects.filter(person__organisation_id=request.person.organisation_id)
    membership = here.select_related("role", "organisation").filter(pk=membership_id).first()
    if membership is None:
        raise NotFound
    require_recent(request)
    return membership


def _role(asker: Person, role_id: UUID) -> Role:
    role = Role.objects.filter(organisation_id=asker.organisation_id, pk=role_id).first()
    if role is None:
        raise NotFound
    return role
