"""Through whom somebody reaches a task: their own team's queue, or that of somebody absent."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Model

from coordination.accounts.models import Person, Team
from coordination.tasks.models import Task


def whose_queue(by: Person, absent: Collection[UUID], subject: Model | None, _patient: UUID | None) -> UUID | None:
    """Themselves for a task of their team or meant for them, else the absent person whose it is, if any."""
    if not isinstance(subject, Task):
        return None
    people = [by.pk, *absent]
    team = Team.people.through.objects.filter(team_id=subject.queue.team_id, person_id__in=people)
    counted = {*team.values_list("person_id", flat=True), subject.assignee_id}
    return next((one for one in people if one in counted), None)
