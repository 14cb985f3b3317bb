"""The log's memory ends."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import connection

from coordination.base import clock

AT_A_TIME = 5_000

_PRUNE = """
DELETE FROM streams_event WHERE (stream_id, seq) IN (
    SELECT stream_id, seq FROM streams_event WHERE at < %s ORDER BY at LIMIT %s FOR UPDATE SKIP LOCKED
)
"""


@shared_task(name="streams.prune")
def prune() -> int:
    """Delete the events older than the log's memory, a part at a time; how many. Who was away longer is reset."""
    before = clock.now() - timedelta(days=settings.STREAM_MEMORY_DAYS)
    gone = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_PRUNE, [before, AT_A_TIME])
            deleted: int = cursor.rowcount
        gone += deleted
        if deleted < AT_A_TIME:
            return gone
