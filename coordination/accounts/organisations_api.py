"""The routes of the centre, its sites and their units."""

from collections import defaultdict
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from ninja import Field, Router, Schema, Status
from pydantic import StringConstraints

from coordination.accounts.models import Membership, Organisation, Person
from coordination.accounts.organisations_actions import add_organisation, edit_organisation
from coordination.accounts.recent import require_recent
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.schemas import Named, PersonRef, person_ref
from coordination.accounts.signin import SignedInRequest
from coordination.base.errors import NotFound
from coordination.base.fields import Phone
from coordination.base.idempotency import idempotent
from coordination.base.scoping import visible_or_404

router = Router(tags=["organisations"])

SENSITIVE = frozenset({"declared_care_team", "security_referent"})
"""Who shares without consent, and who is told of every break-glass: changed after a recent proof."""

Kind = Literal["centre", "site", "unit"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Alias = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class SiteOut(Named):
    alias: str
    phone: str
    address: str


class CentreOut(SiteOut):
    """The centre and its sites."""

    time_zone: str
    sites: list[SiteOut]


class OrganisationOut(SiteOut):
    """A node of the tree."""

    parent: UUID | None
    kind: Kind
    people: int = Field(description="how many work in it or in a part of it today")
    declared_care_team: bool = Field(description="of the centre: its people share without consent (rules §5.2)")
    security_referent: PersonRef | None


class OrganisationsOut(Schema):
    items: list[OrganisationOut] = Field(description="the centre first, each site followed by its units")


class OrganisationIn(Schema):
    parent: UUID
    kind: Literal["site", "unit"]
    name: Name
    alias: Alias = Field("", description="the name in mails to patients; the parent's unless given")
    phone: Phone = ""
    address: Address = ""
    security_referent: UUID | None = None


class OrganisationEdit(Schema):
    parent: UUID | None = None
    name: Name | None = None
    alias: Name | None = None
    phone: Phone | None = None
    address: Address | None = None
    declared_care_team: bool | None = None
    security_referent: UUID | None = None


@router.get("/organisation", response=CentreOut)
def get_centre(request: SignedInRequest) -> CentreOut:
    """The centre and its sites."""
    centre = request.person.organisation
    sites = [SiteOut(**_plain(site)) for site in centre.parts.order_by("name")]
    return CentreOut(**_plain(centre), time_zone=centre.time_zone, sites=sites)


@router.get("/organisations", response=OrganisationsOut)
def list_organisations(request: SignedInRequest) -> OrganisationsOut:
    """The whole tree, with how many people work in each part."""
    return OrganisationsOut(items=tree_of(request.person))


@router.post("/organisations", response={201: OrganisationOut})
@idempotent
def create_organisation(request: SignedInRequest, body: OrganisationIn) -> Status[OrganisationOut]:
    """A site of the centre, or a unit of a site."""
    asker = request.person
    require(asker, Right.DIRECTORY_MANAGE)
    parent = visible_or_404(Organisation, asker, body.parent)
    if body.security_referent:
        require_recent(request)
    said = body.model_dump(exclude={"parent", "kind", "security_referent"})
    said["security_referent"] = _referent(asker, body.security_referent)
    return Status(201, _one(asker, add_organisation(parent, body.kind, said, by=asker)))


@router.patch("/organisations/{uuid:organisation_id}", response=OrganisationOut)
def change_organisation(request: SignedInRequest, organisation_id: UUID, body: OrganisationEdit) -> OrganisationOut:
    """Correct a part of the tree, or move a unit to another site."""
    asker = request.person
    organisation = visible_or_404(Organisation, asker, organisation_id)
    said = body.model_dump(exclude_unset=True)
    changes = {name: value for name, value in said.items() if value is not None}
    if body.parent:
        changes["parent"] = visible_or_404(Organisation, asker, body.parent)
    if "security_referent" in said:
        changes["security_referent"] = _referent(asker, body.security_referent)
    require(asker, Right.DIRECTORY_MANAGE)
    if any(changes[name] != getattr(organisation, name) for name in SENSITIVE & changes.keys()):
        require_recent(request)
    return _one(asker, edit_organisation(organisation, changes, by=asker))


def tree_of(person: Person) -> list[OrganisationOut]:
    """The nodes of the person's centre, each after its parent, in two queries."""
    nodes = Organisation.objects.visible_to(person).select_related("security_referent").order_by("name")
    children: defaultdict[UUID | None, list[Organisation]] = defaultdict(list)
    for node in nodes:
        children[node.parent_id].append(node)
    workers: defaultdict[UUID, set[UUID]] = defaultdict(set)
    held = Membership.objects.in_force().filter(organisation__in=nodes, person__is_active=True)
    for place, who in held.values_list("organisation_id", "person_id"):
        workers[place].add(who)
    return _branch(children, workers, None)


def _branch(
    children: dict[UUID | None, list[Organisation]], workers: dict[UUID, set[UUID]], parent: UUID | None
) -> list[OrganisationOut]:
    """The nodes below a parent; who works in a part works in the whole."""
    found: list[OrganisationOut] = []
    for node in children[parent]:
        below = _branch(children, workers, node.pk)
        for part in children[node.pk]:
            workers[node.pk] |= workers[part.pk]
        found += [_out(node, len(workers[node.pk])), *below]
    return found


def _out(node: Organisation, people: int) -> OrganisationOut:
    return OrganisationOut(
        **_plain(node),
        parent=node.parent_id,
        kind=cast("Kind", node.kind),
        people=people,
        declared_care_team=node.declared_care_team,
        security_referent=person_ref(node.security_referent) if node.security_referent else None,
    )


def _plain(node: Organisation) -> dict[str, Any]:
    return {name: getattr(node, name) for name in ("id", "name", "alias", "phone", "address")}


def _one(asker: Person, organisation: Organisation) -> OrganisationOut:
    return next(node for node in tree_of(asker) if node.id == organisation.pk)


def _referent(asker: Person, referent: UUID | None) -> Person | None:
    """A colleague who has access."""
    if referent is None:
        return None
    found = Person.objects.visible_to(asker).working().filter(pk=referent).first()
    if found is None:
        raise NotFound
    return found
