"""The sweeps: what has become due is opened, what patients are to be told is written to them.

Both find their work in tables and may stop anywhere: what is left is found by the next one.
"""

from uuid import UUID

import structlog
from celery import shared_task

log = structlog.get_logger(__name__)

AT_MOST = 500


@shared_task(name="protocols.open_due_steps", ignore_result=True)
def open_due_steps() -> None:
    """Open the steps whose window opens today, each plan in a transaction of its own; one refused stops no other."""
    from coordination.base.errors import AppError
    from coordination.protocols.actions import advance

    for plan in plans_to_open():
        try:
            advance(plan)
        except AppError as refusal:
            log.error("plan.refused", plan=str(plan), why=refusal.code)


@shared_task(name="protocols.send_reminders", ignore_result=True)
def send_reminders() -> None:
    """Put in the outbox one mail per patient who is to be told something; one patient's fault stops no other's."""
    from coordination.protocols.reminders import patients_to_tell, remind
    from notifications.errors import NotAllowedOut

    for patient in patients_to_tell(AT_MOST):
        try:
            remind(patient)
        except NotAllowedOut as error:
            log.error("reminder.refused", patient=str(patient), why=str(error))


def plans_to_open() -> list[UUID]:
    """The active plans with a planned step whose window has opened, by the calendar of each centre."""
    from coordination.accounts.models import Organisation
    from coordination.base import clock
    from coordination.protocols.models import Plan, Step

    found: set[UUID] = set()
    planned = Step.objects.filter(status=Step.Status.PLANNED, plan__status=Plan.Status.ACTIVE)
    for zone in Organisation.objects.order_by().values_list("time_zone", flat=True).distinct():
        here = planned.filter(plan__patient__organisation__time_zone=zone, opens_on__lte=clock.today(zone))
        found.update(here.values_list("plan_id", flat=True).distinct()[:AT_MOST])
    return sorted(found)
