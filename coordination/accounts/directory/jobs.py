"""The nightly synchronisation."""

from contextlib import suppress

from celery import shared_task
from django.conf import settings

from coordination.base.errors import AppError


@shared_task(name="directory.synchronise", ignore_result=True)
def synchronise() -> None:
    """Bring the directory in, if there is one; a refusal is kept as a run and told to the administrator's page."""
    if settings.DIRECTORY is None:
        return
    from coordination.accounts.directory import actions

    for centre in actions.centres():
        with suppress(AppError):
            actions.synchronise(centre, by=None)
