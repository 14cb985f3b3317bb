"""Transferring a follow-up: what it would move, then doing it."""

from uuid import UUID

from ninja import Router, Schema
from pydantic import ConfigDict, Field

from coordination.accounts.models import Organisation
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.schemas import Named
from coordination.accounts.signin import SignedInRequest
from coordination.base.idempotency import idempotent
from coordination.base.scoping import visible_or_404
from coordination.patients.models import Patient
from coordination.patients.pages import circle_managed, member_out
from coordination.patients.schemas import Circle, MemberOut, Said
from coordination.tasks.transfers import Moving, Requeued, plan_transfer, transfer

router = Router(tags=["transfers"])


class MovedTask(Schema):
    """An open task and the names of the queues it leaves and enters; the same name when only its holder leaves."""

    model_config = ConfigDict(populate_by_name=True)

    id: UUID
    title: str
    from_: str = Field(alias="from")
    to: str


class TransferPreview(Schema):
    """Who would leave, which teams would take over, and which tasks would move."""

    leaving: list[MemberOut]
    joining: list[Named]
    tasks: list[MovedTask]


class TransferIn(Schema):
    """The site or unit that takes over, why, and the lines of the circle that stay all the same."""

    to: UUID
    why: Said
    keep: list[UUID] = Field(default_factory=list, max_length=100)
    circle: Circle | None = None


class TransferOut(Schema):
    """What was done; `in_care` says whether the asker still sees the patient."""

    entity: Named
    left: int
    joined: list[Named]
    tasks: int
    in_care: bool


@router.get("/patients/{patient_id}/transfer", response=TransferPreview, by_alias=True)
def preview_transfer(
    request: SignedInRequest, patient_id: UUID, to: UUID, circle: Circle | None = None
) -> TransferPreview:
    """What a transfer would do; nothing is written."""
    require(request.person, Right.PATIENT_TRANSFER)
    managed = circle_managed(visible_or_404(Patient, request.person, patient_id), request.person, circle)
    entity = visible_or_404(Organisation, request.person, to)
    return _preview(plan_transfer(managed, entity))


@router.post("/patients/{patient_id}/transfer", response={201: TransferOut})
@idempotent
def transfer_follow_up(request: SignedInRequest, patient_id: UUID, payload: TransferIn) -> TransferOut:
    """Hand the follow-up over to another entity of the centre, with its open tasks."""
    person = request.person
    managed = circle_managed(visible_or_404(Patient, person, patient_id), person, payload.circle)
    entity = visible_or_404(Organisation, person, payload.to)
    moving = transfer(managed, entity, why=payload.why, keep=payload.keep, by=person)
    return TransferOut(
        entity=Named(id=entity.pk, name=entity.name),
        left=len(moving.handover.leaving),
        joined=[Named(id=team.pk, name=team.name) for team in moving.handover.joining],
        tasks=len(moving.tasks),
        in_care=Patient.objects.visible_to(person).filter(pk=patient_id).exists(),
    )


def _preview(moving: Moving) -> TransferPreview:
    return TransferPreview(
        leaving=[member_out(line) for line in moving.handover.leaving],
        joining=[Named(id=team.pk, name=team.name) for team in moving.handover.joining],
        tasks=[_moved(one) for one in moving.tasks],
    )


def _moved(one: Requeued) -> MovedTask:
    said = {"id": one.task.pk, "title": one.task.title, "from": one.task.queue.name, "to": one.to.name}
    return MovedTask.model_validate(said)
