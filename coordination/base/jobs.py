"""Cleaning up after requests that will not be retried any more."""

from celery import shared_task

from coordination.base import clock
from coordination.base.idempotency import MEMORY
from coordination.base.models import IdempotencyAnswer


@shared_task(name="base.forget_answers")
def forget_answers() -> int:
    """Delete the kept answers older than 24 h; how many."""
    gone, _ = IdempotencyAnswer.objects.filter(at__lt=clock.now() - MEMORY).delete()
    return gone
