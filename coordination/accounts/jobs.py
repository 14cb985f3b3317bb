"""What accounts do by the clock: forget who left without signing out, tell of absences that begin and end."""

from celery import shared_task


@shared_task(name="accounts.forget_sessions", ignore_result=True)
def forget_sessions() -> None:
    """Delete the sessions that have expired."""
    from django.core.management import call_command

    call_command("clearsessions")


@shared_task(name="accounts.tell_absences", ignore_result=True)
def tell_absences() -> None:
    """Tell those concerned of the absences that have begun or ended since."""
    from coordination.accounts.absences_actions import tell_absences as tell

    tell()
