"""The route of a patient's story."""

from typing import Annotated
from uuid import UUID

from ninja import Query, Router

from coordination.accounts.signin import SignedInRequest
from coordination.base.errors import Invalid
from coordination.base.language import Sentence
from coordination.base.scoping import visible_or_404
from coordination.patients.models import CareTeam, Patient
from coordination.streams.queries import heads
from coordination.timeline.actions import note_reading
from coordination.timeline.cursor import BadCursor, Cursor
from coordination.timeline.queries import PAGE, tell
from coordination.timeline.schemas import StoryOut
from coordination.timeline.sources import SOURCES, Asked

router = Router(tags=["timeline"])

UNKNOWN_KIND = Sentence(fr="Type inconnu.", en="Unknown kind.")
NOT_A_PLACE = Sentence(fr="Repère inconnu.", en="Unknown place.")


@router.get("/patients/{uuid:patient_id}/story", response=StoryOut)
def read_story(
    request: SignedInRequest,
    patient_id: UUID,
    before: Annotated[str, Query(max_length=200)] = "",
    kinds: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = PAGE,
) -> StoryOut:
    """What happened around a patient, newest first; `kinds` narrows it, separated by commas."""
    patient = visible_or_404(Patient, request.person, patient_id)
    note_reading(patient, by=request.person)
    circles = CareTeam.objects.visible_to(request.person).filter(patient=patient)
    at = heads(circles.values_list("pk", flat=True))
    asked = Asked(request.person, patient, _place(before), limit)
    items, following = tell(asked, _kinds(kinds))
    return StoryOut(items=items, next=following, heads=at)


def _kinds(text: str) -> set[str]:
    asked = {kind.strip() for kind in text.split(",") if kind.strip()}
    if asked - set(SOURCES):
        raise Invalid(fields={"kinds": UNKNOWN_KIND})
    return asked or set(SOURCES)


def _place(text: str) -> Cursor | None:
    try:
        return Cursor.parse(text) if text else None
    except BadCursor as error:
        raise Invalid(fields={"before": NOT_A_PLACE}) from error
