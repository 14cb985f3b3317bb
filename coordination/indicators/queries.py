"""Counting, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from coordination.accounts.models import Organisation
from coordination.accounts.schemas import Named
from coordination.indicators.schemas import TasksOfQueue
from coordination.tasks.models import Queue, Task


@dataclass(frozen=True)
class Period:
    """Days of a centre, both included."""

    since: date
    until: date

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """From the first midnight, included, to the last, excluded."""
        here = ZoneInfo(zone)
        begins = datetime.combine(self.since, time.min, here)
        return begins, datetime.combine(self.until + timedelta(days=1), time.min, here)


def tasks_by_queue(centre: Organisation, period: Period) -> list[TasksOfQueue]:
    """For each queue of the centre, the tasks made in the period by state."""
    begins, ends = period.instants(centre.time_zone)
    made = Task.objects.filter(organisation=centre, created_at__gte=begins, created_at__lt=ends)
    late = made.late().values("pk")
    counts = {status.value: Count("pk", filter=Q(status=status)) for status in Task.Status}
    counts["late"] = Count("pk", filter=Q(pk__in=late))
    found = {row["queue"]: row for row in made.order_by().values("queue").annotate(**counts)}
    nothing = dict.fromkeys(counts, 0)
    return [
        TasksOfQueue.model_validate({**found.get(queue.pk, nothing), "queue": Named(id=queue.pk, name=queue.name)})
        for queue in Queue.objects.filter(organisation=centre).order_by("name")
    ]
