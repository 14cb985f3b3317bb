"""Who may do what to a task; Liaison itself (`None`) may do everything."""

from coordination.accounts.models import Person
from coordination.tasks.models import Task


def may_work(person: Person | None, task: Task) -> bool:
    """Whoever sees a task may take it, finish it or hand it over: seeing already asks for the right to work queues."""
    return person is None or Task.objects.visible_to(person).filter(pk=task.pk).exists()
