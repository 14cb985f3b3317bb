"""Who may change the agenda, and when there is still something to tell."""

from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.agenda.models import Appointment
from coordination.base import clock


def may_book(person: Person) -> bool:
    """Book, move, confirm and cancel in the agendas one sees."""
    return person.may(Right.AGENDA_BOOK)


def is_to_come(appointment: Appointment) -> bool:
    """Its time has not begun."""
    return appointment.starts_at > clock.now()
