"""The worker's part: the message is a doorbell, the work is in the table."""

import time

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)

_SECONDS = 60
"""The longest that one call goes on; the sweep comes again."""


@shared_task(name="notifications.send_due", ignore_result=True)
def send_due() -> None:
    """Send what is due, one after the other, until nothing is or the other side cannot be reached."""
    from notifications.outbox import claim, deliver

    until = time.monotonic() + _SECONDS
    goes_on = True
    while goes_on and time.monotonic() < until and (claimed := claim(limit=1)):
        goes_on = deliver(claimed[0])


@shared_task(name="notifications.tell_ended", ignore_result=True)
def tell_ended() -> None:
    """Make up for the ends that were not told: the worker died, or a receiver failed."""
    from notifications.telling import tell, untold

    for delivery in untold():
        tell(delivery)


def ring() -> None:
    """Wake a worker after a commit; when the broker is away the sweep finds the work."""
    try:
        send_due.apply_async(retry=False, expires=60)
    except OperationalError as error:
        log.warning("doorbell.unheard", why=str(error))
