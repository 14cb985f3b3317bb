"""Through whom somebody reaches a patient: in their own name, or in the place of somebody absent."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Model

from coordination.accounts.models import Person
from coordination.patients.models import CareTeam, Reach


def whose_circle(by: Person, absent: Collection[UUID], _subject: Model | None, patient: UUID | None) -> UUID | None:
    """Themselves where a circle of the patient counts them, else the absent person whom it counts, if any."""
    if patient is None:
        return None
    circles = CareTeam.objects.filter(patient_id=patient).values("pk")
    counted = set(Reach.objects.of(by).filter(care_team_id__in=circles).values_list("for_id", flat=True))
    return next((one for one in (by.pk, *absent) if one in counted), None)
