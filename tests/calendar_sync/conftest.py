"""The doctor's agenda with one appointment, on the same Saturday as the agenda's tests."""

from tests.agenda.conftest import at, book, doctors, nurses, room, site

__all__ = ["at", "book", "doctors", "nurses", "room", "site"]
