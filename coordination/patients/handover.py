"""Transferring a follow-up from one entity of the centre to another: who leaves the circle, who takes over."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from coordination.accounts.models import Membership, Organisation, Person, Team
from coordination.accounts.rights import Right
from coordination.accounts.rules import refuse_unless, require
from coordination.audit import actions as audit
from coordination.base import clock
from coordination.base.action import action
from coordination.patients import queries
from coordination.patients.actions import NewMember, end_lines, hold, join_circle, tell_circle
from coordination.patients.errors import FollowedThere, NobodyThere
from coordination.patients.models import Basis, CareTeam, CareTeamMember, Transfer
from coordination.patients.sharing import Sharing, work_in
from coordination.streams import log as streams


@dataclass(frozen=True)
class Tree:
    """The organisations of one centre: each with the one above it."""

    parents: Mapping[UUID, UUID | None]

    def within(self, part: UUID | None, whole: UUID) -> bool:
        """Whether an organisation is another or lies below it; the whole centre (null) lies below nothing."""
        while part is not None and part != whole:
            part = self.parents.get(part)
        return part is not None

    def serves(self, worker: UUID | None, entity: UUID | None) -> bool:
        """Whether who works for an organisation works for an entity too: it, a part of it, or the whole around it."""
        if worker is None or entity is None:
            return True
        return self.within(worker, entity) or self.within(entity, worker)


@dataclass(frozen=True)
class Handover:
    """What a transfer does to a circle: the lines that end, and the teams that enter."""

    leaving: list[CareTeamMember]
    joining: list[Team]


def tree_of(centre: UUID) -> Tree:
    """The centre, its sites and their units, in one query."""
    return Tree(dict(Organisation.objects.of_centre(centre).values_list("pk", "parent_id")))


def plan_handover(circle: CareTeam, to: Organisation, *, keep: Collection[UUID] = ()) -> Handover:
    """Who leaves and who takes over, in four queries.

    Who works for the destination too stays, and so does whom one keeps. The destination's teams that answer for what
    the others did take over; when none does, all of its teams that work in this circle.
    """
    tree = tree_of(circle.patient.organisation_id)
    lines = list(queries.members_of(circle))
    works_at = _works_at(line.person_id for line in lines if line.person_id)
    leaving = [
        line for line in lines if line.pk not in keep and not _serves(line, tree, to, works_at.get(line.person_id, []))
    ]
    known = {line.team_id for line in lines if line.team_id}
    teams = [team for team in _teams_at(circle, to, tree) if team.pk not in known]
    roles = {role for line in leaving for role in (line.team.roles if line.team else [line.role])}
    answering = [team for team in teams if roles & set(team.roles)]
    return Handover(leaving, answering or teams)


def _works_at(people: Iterable[UUID]) -> dict[UUID | None, list[UUID]]:
    """Where each of these people works today."""
    found: dict[UUID | None, list[UUID]] = {}
    rows = Membership.objects.in_force().filter(person__in=list(people)).values_list("person_id", "organisation_id")
    for person, organisation in rows:
        found.setdefault(person, []).append(organisation)
    return found


def _serves(line: CareTeamMember, tree: Tree, to: Organisation, works_at: list[UUID]) -> bool:
    if line.team:
        return tree.serves(line.team.entity_id, to.pk)
    return any(tree.serves(organisation, to.pk) for organisation in works_at)


def _teams_at(circle: CareTeam, to: Organisation, tree: Tree) -> list[Team]:
    """The destination's own teams whose work is this circle's, by name."""
    teams = Team.objects.filter(organisation_id=circle.patient.organisation_id, entity__isnull=False).order_by("name")
    here = [team for team in teams if tree.within(team.entity_id, to.pk)]
    return [team for team in here if work_in(circle.circle, team.roles)]


@action
def hand_over(circle: CareTeam, to: Organisation, *, why: str, keep: Collection[UUID] = (), by: Person) -> Handover:
    """Let another entity of the centre follow a patient; the circle, its conversation and its history stay.

    `FollowedThere` when it does already, `NobodyThere` when nobody would see the patient afterwards. The tasks are the
    caller's, which knows them.
    """
    require(by, Right.PATIENT_TRANSFER)
    hold(circle)
    circle.refresh_from_db(fields=["entity"])
    entity = None if to.kind == Organisation.Kind.CENTRE else to
    refuse_unless(circle.entity_id != (entity.pk if entity else None), FollowedThere(entity=to.name))
    handover = plan_handover(circle, to, keep=keep)
    for team in handover.joining:
        role = next(iter(team.roles), "")
        join_circle(circle, NewMember(role, team=team, why=why, sharing=_sharing(circle, why)), by=by)
    end_lines(handover.leaving)
    refuse_unless(bool(queries.readers_of([circle.pk])), NobodyThere(entity=to.name))
    transfer = Transfer.objects.create(
        care_team=circle, from_entity_id=circle.entity_id, to_entity=entity, why=why, by=by, at=clock.now()
    )
    circle.entity = entity
    circle.save(update_fields=["entity"])
    detail = {"from": str(transfer.from_entity_id), "to": str(to.pk)}
    audit.record(by, "patient.transferred", transfer, patient=circle.patient_id, detail=detail)
    for line in handover.leaving:
        audit.record(by, "circle.left", line, patient=circle.patient_id)
    tell_circle(circle, by.pk)
    streams.append(circle.pk, "story.changed", {"what": "transfer", "id": str(transfer.pk)}, actor=by.pk)
    return handover


def _sharing(circle: CareTeam, why: str) -> Sharing:
    """Those who take over take part in the care: of the declared team, or in an exchange for the transfer's reason."""
    declared = circle.patient.organisation.declared_care_team
    return Sharing() if declared else Sharing(Basis.EXCHANGE, why)
