"""What tasks tell upward, inside the transaction of the write itself; a receiver that refuses undoes the write."""

from django.dispatch import Signal

task_created = Signal()
"""`task`, `by`: a task has been put in a queue."""

task_changing = Signal()
"""`task`: its rows are about to be written. Whoever stands above takes its own locks now, always before the task's."""

task_changed = Signal()
"""`task`, `by`: anything of it changed, its state too; sent after the more precise signals."""

task_done = Signal()
"""`task`, `by`: done, and with it every line that was not."""

task_reopened = Signal()
"""`task`, `by`: to do again; its lines stay as they were."""

task_cancelled = Signal()
"""`task`, `by`: nobody is going to do it."""

checklist_ticked = Signal()
"""`item`, `by`, `done`: one line ticked or unticked by hand."""
