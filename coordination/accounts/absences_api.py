"""The routes of absences."""

from uuid import UUID

from ninja import Router, Status

from coordination.accounts.absences_actions import declare_absence, end_absence
from coordination.accounts.absences_schemas import AbsenceIn, AbsenceOut, AbsencesOut
from coordination.accounts.models import Absence, Person
from coordination.accounts.recent import require_recent
from coordination.accounts.rights import Right
from coordination.accounts.schemas import person_ref
from coordination.accounts.signin import SignedInRequest
from coordination.base import clock
from coordination.base.idempotency import idempotent
from coordination.base.scoping import visible_or_404

router = Router(tags=["absences"])

MOST = 300


@router.get("/absences", response=AbsencesOut)
def list_absences(request: SignedInRequest, person: UUID | None = None) -> AbsencesOut:
    """Those under way or to come, of one person or of the whole centre, in the order in which they begin."""
    found = Absence.objects.visible_to(request.person).filter(ends_at__gt=clock.now())
    if person:
        found = found.filter(person=person)
    rows = found.select_related("person", "delegate").order_by("starts_at", "pk")[:MOST]
    return AbsencesOut(items=[_out(row, request.person) for row in rows])


@router.post("/absences", response={201: AbsenceOut})
@idempotent
def create_absence(request: SignedInRequest, body: AbsenceIn) -> Status[AbsenceOut]:
    """One's own, or anybody's for the administrator; the delegate takes over meanwhile."""
    asker = request.person
    if body.delegate or body.person not in {None, asker.pk}:
        require_recent(request)
    absence = declare_absence(
        visible_or_404(Person, asker, body.person) if body.person else asker,
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        delegate=visible_or_404(Person, asker, body.delegate) if body.delegate else None,
        reason=body.reason,
        by=asker,
    )
    return Status(201, _out(absence, asker))


@router.delete("/absences/{uuid:absence_id}", response={204: None})
def delete_absence(request: SignedInRequest, absence_id: UUID) -> None:
    """End one that is under way, or withdraw one to come."""
    end_absence(visible_or_404(Absence, request.person, absence_id), by=request.person)


def _out(absence: Absence, asker: Person) -> AbsenceOut:
    """Why somebody is away is between them and the administrator."""
    told = absence.person_id == asker.pk or asker.may(Right.DIRECTORY_MANAGE)
    return AbsenceOut(
        id=absence.pk,
        person=person_ref(absence.person),
        delegate=person_ref(absence.delegate) if absence.delegate else None,
        starts_at=absence.starts_at,
        ends_at=absence.ends_at,
        reason=absence.reason if told else "",
    )
