"""The periodic work of the audit."""

from celery import shared_task

from coordination.audit.chain import seal_pending


@shared_task(name="audit.seal")
def seal() -> int:
    """Seal what was recorded since the last time; every second."""
    return seal_pending()
