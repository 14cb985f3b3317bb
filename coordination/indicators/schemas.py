"""How indicators are shown."""

from datetime import date

from ninja import Schema
from pydantic import Field

from coordination.accounts.schemas import Named


class TasksOfQueue(Schema):
    """The tasks made in a period, by the state they are in now."""

    queue: Named
    open: int
    claimed: int
    waiting: int
    done: int
    cancelled: int
    late: int = Field(description="of those to do, past their last day")


class TaskIndicatorOut(Schema):
    """The days of the period are the centre's, both included."""

    since: date
    until: date
    items: list[TasksOfQueue]
