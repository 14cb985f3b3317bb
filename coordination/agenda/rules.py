"""Who may change the agenda, and what may be said of it to a patient."""

from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.agenda.models import Appointment
from coordination.base import clock
from coordination.patients.models import Patient

SILENT = frozenset({"COLP", "FICT"})
"""Identity attributes with which nothing leaves: a possible collision, a fictive identity (rules §2.3, §2.7)."""


def may_book(person: Person) -> bool:
    """Book, move, confirm and cancel in the agendas one sees."""
    return person.may(Right.AGENDA_BOOK)


def may_be_mailed(patient: Patient | None) -> bool:
    """An address, a consent for it, and no reason to keep silent."""
    return bool(
        patient
        and patient.email
        and patient.email_consent
        and not patient.deceased_on
        and not SILENT & set(patient.attributes)
    )


def is_to_come(appointment: Appointment) -> bool:
    """Its time has not begun."""
    return appointment.starts_at > clock.now()
