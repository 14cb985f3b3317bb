"""What protocols learn from tasks: a line ticked is a step done. Runs inside the task's own transaction."""

from collections.abc import Iterable
from typing import Any

from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.protocols.actions import mark_done, mark_pending, mark_skipped
from coordination.protocols.errors import StepFollowed
from coordination.protocols.models import Plan, Step, StepQuerySet
from coordination.protocols.unfolding import locked_plan, today_of, unfold
from coordination.tasks.models import ChecklistItem, Task


def hold_plan(sender: type[Task], *, task: Task, **kwargs: Any) -> None:
    """The plan's lock comes before the task's, as in every write that begins from the plan."""
    if task.origin_kind == "plan" and task.origin_id:
        list(Plan.objects.select_for_update(no_key=True).filter(pk=task.origin_id).values_list("pk"))


def finish_steps(sender: type[Task], *, task: Task, by: Person, **kwargs: Any) -> None:
    """A task done: the steps of all its lines are."""
    if task.origin_kind != "plan" or not task.origin_id:
        return
    plan = locked_plan(task.origin_id)
    for step in _steps(plan, task.checklist.all()).filter(status__in=Step.PENDING):
        mark_done(step, today_of(plan), by=by)
    unfold(plan, by=by)


def skip_steps(sender: type[Task], *, task: Task, by: Person | None, **kwargs: Any) -> None:
    """A task of a plan cancelled: its steps are skipped, without a reason given, which takes the right to enrol."""
    if task.origin_kind != "plan" or not task.origin_id:
        return
    if by is not None:
        require(by, Right.PROTOCOL_ENROL)
    plan = locked_plan(task.origin_id)
    for step in _steps(plan, task.checklist.all()).filter(status__in=Step.PENDING):
        mark_skipped(step, "", by=by)
    unfold(plan, by=by)


def resume_steps(sender: type[Task], *, task: Task, by: Person, **kwargs: Any) -> None:
    """A cancelled task to do again: so are the steps it had skipped, unless a later occurrence is settled."""
    if task.origin_kind != "plan" or not task.origin_id:
        return
    plan = locked_plan(task.origin_id)
    lines = task.checklist.filter(done_at=None)
    for step in _steps(plan, lines).filter(status=Step.Status.SKIPPED, task_id=task.pk):
        try:
            mark_pending(step, in_task=True, by=by)
        except StepFollowed:
            continue
    unfold(plan, by=by)


def follow_line(sender: type[ChecklistItem], *, item: ChecklistItem, by: Person, done: bool, **kwargs: Any) -> None:
    """A line ticked: its step is done. Unticked: it is to do again, and what followed from it is taken back."""
    if item.origin_kind != "step" or not item.origin_id:
        return
    step = Step.objects.get(pk=item.origin_id)
    plan = locked_plan(step.plan_id)
    step.refresh_from_db()
    if done and step.status in Step.PENDING:
        mark_done(step, today_of(plan), by=by)
    elif not done and step.status == Step.Status.DONE:
        mark_pending(step, in_task=True, by=by)
    unfold(plan, by=by)


def _steps(plan: Plan, lines: Iterable[ChecklistItem]) -> StepQuerySet:
    return Step.objects.filter(plan=plan, pk__in=[line.origin_id for line in lines if line.origin_kind == "step"])
