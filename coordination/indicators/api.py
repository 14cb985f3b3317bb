"""The routes of indicators."""

from datetime import date, timedelta
from typing import Annotated

from ninja import Query, Router

from coordination.accounts.rights import Right
from coordination.accounts.rules import require
from coordination.accounts.signin import SignedInRequest
from coordination.base import clock
from coordination.base.errors import Invalid
from coordination.base.language import Sentence
from coordination.indicators.queries import Period, tasks_by_queue
from coordination.indicators.schemas import TaskIndicatorOut

router = Router(tags=["indicators"])

USUAL = timedelta(days=29)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)

BACKWARDS = Sentence(fr="La fin précède le début.", en="The end is before the beginning.")
TOO_FAR = Sentence(fr="Cette date est hors des limites.", en="This date is out of bounds.")


@router.get("/indicators/tasks", response=TaskIndicatorOut)
def count_tasks(
    request: SignedInRequest,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: date | None = None,
) -> TaskIndicatorOut:
    """Tasks per queue and state, of those made in a period: the last thirty days unless told."""
    require(request.person, Right.INDICATOR_READ)
    centre = request.person.organisation
    last = until or clock.today(centre.time_zone)
    period = _checked(Period(since or max(EARLIEST, last - USUAL), last))
    return TaskIndicatorOut(since=period.since, until=period.until, items=tasks_by_queue(centre, period))


def _checked(period: Period) -> Period:
    far = {name: TOO_FAR for name in ("since", "until") if not EARLIEST <= getattr(period, name) <= LATEST}
    if far:
        raise Invalid(fields=dict(far))
    if period.until < period.since:
        raise Invalid(fields={"until": BACKWARDS})
    return period
