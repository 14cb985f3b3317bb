"""What accounts do by the clock: forget who left without signing out, tell of absences that begin and end."""

from celery import shared_task


@shared_task(name="accounts.forget_sessions", ignore_result=True)
def forget_sessions() -> None:
    """Delete the sessions that have expired or that nobody has acted in for too long."""
    from django.core.management import call_command

    from coordination.accounts.sessions import forget_idle

    call_command("clearsessions")
    forget_idle()


@shared_task(name="accounts.tell_absences", ignore_result=True)
def tell_absences() -> None:
    """Tell those concerned of the absences that have begun or ended since."""
    from coordination.accounts.absences_actions import tell_absences as tell

    tell()
