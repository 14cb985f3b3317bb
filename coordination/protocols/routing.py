"""To whom the steps of a role go: a named professional, else a team, else Coordination."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from coordination.accounts.absences import working_for
from coordination.accounts.models import Person, Team
from coordination.base.language import Sentence
from coordination.patients.handover import tree_of
from coordination.patients.models import CareTeam, CareTeamMember, Reach
from coordination.protocols.errors import NoCoordination
from coordination.protocols.labels import ROLES_WITHOUT_TASK
from coordination.tasks.models import Queue

COORDINATION = "coordination"
TO_ORIENT = Sentence(fr="Coordination (à orienter)", en="Coordination (to be routed)")
TO_THE_PATIENT = Sentence(fr="Patient", en="Patient")
BY_LIAISON = Sentence(fr="Liaison", en="Liaison")

Kind = Literal["person", "team", "coordination", "patient", "liaison"]


@dataclass(frozen=True)
class Route:
    """Where the steps of one role go; without a queue no task is opened."""

    kind: Kind
    name: str
    queue: Queue | None = None
    assignee: Person | None = None


@dataclass(frozen=True)
class Roster:
    """Who answers for what around one patient: the named professionals by role, and the centre's queues by name."""

    named: Mapping[str, Person]
    queues: Sequence[Queue]
    teams_of: Mapping[UUID, frozenset[UUID]]

    def route(self, role: str) -> Route:
        """Where a role's steps go; `NoCoordination` when the last resort does not exist."""
        if role in ROLES_WITHOUT_TASK:
            return Route("patient", TO_THE_PATIENT.say()) if role == "patient" else Route("liaison", BY_LIAISON.say())
        if person := self.named.get(role):
            teams = self.teams_of.get(person.pk, frozenset())
            queue = next((queue for queue in self._answering(role) if queue.team_id in teams), None)
            return Route("person", person.display_name, queue or self._coordination(), person)
        for queue in self._answering(role):
            return Route("team", queue.name, queue)
        return Route("coordination", TO_ORIENT.say(), self._coordination())

    def _answering(self, role: str) -> list[Queue]:
        return [queue for queue in self.queues if role in queue.team.roles]

    def _coordination(self) -> Queue:
        for queue in self.queues:
            if queue.code == COORDINATION:
                return queue
        raise NoCoordination


def roster_of(care_team: CareTeam) -> Roster:
    """Who answers for what around a patient today, in seven queries: whoever is absent is replaced by their delegate.

    Somebody absent whom nobody replaces is not named: their steps go to the team, where they are seen. Nobody is named
    to whom the patient's file is closed. The teams of the entity that follows the patient come first, and those of
    another one answer for nothing.
    """
    members = (
        CareTeamMember.objects.current()
        .filter(care_team=care_team, person__in=Person.objects.get_queryset().working())
        .exclude(role="")
        .select_related("person")
        .order_by("since", "pk")
    )
    people = [member.person for member in members if member.person]
    workers = working_for(people)
    lines = Reach.objects.in_force().lasting().filter(care_team_id=care_team.pk)
    reached = set(lines.values_list("line_id", "person_id"))
    named: dict[str, Person] = {}
    for member in members:
        worker = workers[member.person.pk] if member.person else None
        if worker and (member.pk, worker.pk) in reached:
            named.setdefault(member.role, worker)
    return Roster(named, _queues(care_team), _teams_of(workers))


def _queues(care_team: CareTeam) -> list[Queue]:
    """The queues of the teams that serve the entity which follows the patient; its own before those of the centre."""
    organisation, entity = care_team.patient.organisation_id, care_team.entity_id
    queues = Queue.objects.filter(organisation_id=organisation).select_related("team").order_by("name", "pk")
    if entity is None:
        return sorted(queues, key=lambda queue: queue.team.entity_id is not None)
    tree = tree_of(organisation)
    serving = [queue for queue in queues if tree.serves(queue.team.entity_id, entity)]
    return sorted(serving, key=lambda queue: queue.team.entity_id is None)


def _teams_of(workers: Mapping[UUID, Person | None]) -> dict[UUID, frozenset[UUID]]:
    """The teams each worker works in: their own, and those of the people whom they replace."""
    for_whom: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for meant, worker in workers.items():
        if worker:
            for_whom[worker.pk] |= {worker.pk, meant}
    teams: defaultdict[UUID, set[UUID]] = defaultdict(set)
    everyone = set().union(*for_whom.values())
    for person, team in Team.people.through.objects.filter(person__in=everyone).values_list("person_id", "team_id"):
        teams[person].add(team)
    return {worker: frozenset().union(*(teams[who] for who in whom)) for worker, whom in for_whom.items()}
