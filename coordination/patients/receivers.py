"""What the patient index learns from the outbox: what left for a patient, for the access log."""

from typing import Any
from uuid import UUID

from coordination.audit import actions as audit
from coordination.patients.models import Patient
from notifications.models import Delivery


def record_mail(sender: type[Delivery], *, delivery: Delivery, **_: Any) -> None:
    """A delivery ended: sent, failed or dropped; the patient is whom it was for, if it was for one."""
    audit.record(
        None,
        f"mail.{delivery.status}",
        delivery,
        patient=_patient(delivery.recipient),
        organisation=delivery.organisation_id,
        detail={"what": delivery.what},
    )


def _patient(recipient: str) -> UUID | None:
    try:
        return Patient.objects.filter(pk=UUID(recipient)).values_list("pk", flat=True).first()
    except ValueError:
        return None
