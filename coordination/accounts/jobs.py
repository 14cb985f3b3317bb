"""Cleaning up after people who left without signing out."""

from celery import shared_task


@shared_task(name="accounts.forget_sessions", ignore_result=True)
def forget_sessions() -> None:
    """Delete the sessions that have expired."""
    from django.core.management import call_command

    call_command("clearsessions")
