"""What the story leaves behind: that somebody read it."""

from coordination.accounts.models import Person
from coordination.audit import actions as audit
from coordination.base.action import action
from coordination.patients.models import Patient


@action
def note_reading(patient: Patient, *, by: Person) -> None:
    """Note that someone read what happened around a patient."""
    audit.record_reading(by, "story.read", patient, patient=patient.pk)
