"""Telling upward how a delivery ended: after its end is committed, once, and again later when a receiver fails."""

from uuid import UUID

import structlog

from coordination.base import clock
from coordination.base.action import action
from notifications.models import Delivery
from notifications.signals import delivery_finished

log = structlog.get_logger(__name__)

AT_MOST = 500


class Unheard(Exception):
    """A receiver failed; its trace is in the log. What the others wrote is undone with it."""


def tell(pk: UUID) -> bool:
    """Tell how one delivery ended; false when it was or is being told, or a receiver failed: the sweep comes again."""
    try:
        return _tell(pk)
    except Unheard as error:
        log.error("delivery.unheard", delivery=str(pk), why=str(error))
        return False


def untold() -> list[UUID]:
    """What ended and was not told yet, the oldest first."""
    found = Delivery.objects.filter(status__in=Delivery.ENDED, told_at=None).order_by("pk")
    return list(found.values_list("pk", flat=True)[:AT_MOST])


@action
def _tell(pk: UUID) -> bool:
    held = Delivery.objects.select_for_update(skip_locked=True, no_key=True)
    delivery = held.filter(pk=pk, status__in=Delivery.ENDED, told_at=None).first()
    if delivery is None:
        return False
    for _, answer in delivery_finished.send_robust(Delivery, delivery=delivery):
        if isinstance(answer, Exception):
            raise Unheard(repr(answer)) from answer
    delivery.told_at = clock.now()
    delivery.save(update_fields=["told_at"])
    return True
