"""The periodic work of the audit."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings

from coordination.audit import anchors
from coordination.audit.chain import seal_pending
from coordination.base import clock


@shared_task(name="audit.seal")
def seal() -> int:
    """Seal what was recorded since the last time; every second."""
    return seal_pending()


@shared_task(name="audit.anchor", ignore_result=True)
def anchor() -> None:
    """Keep the anchors of yesterday beside the database, for whoever copies them elsewhere; every night."""
    anchors.keep(clock.today(settings.TIME_ZONE) - timedelta(days=1), settings.PLACES.anchors)
