"""The worker's part: the message is a doorbell, the work is in the table."""

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)

_AT_MOST = 200
"""Deliveries of one call; the sweep comes again."""


@shared_task(name="notifications.send_due", ignore_result=True)
def send_due() -> None:
    """Send what is due, until nothing is."""
    from notifications.outbox import claim, deliver

    for _ in range(_AT_MOST):
        claimed = claim(limit=1)
        if not claimed:
            return
        for delivery in claimed:
            deliver(delivery)


def ring() -> None:
    """Wake a worker after a commit; when the broker is away the sweep finds the work."""
    try:
        send_due.apply_async(retry=False, expires=60)
    except OperationalError as error:
        log.warning("doorbell.unheard", why=str(error))
