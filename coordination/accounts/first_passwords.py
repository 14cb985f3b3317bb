"""The password with which somebody signs in for the first time, and which they replace then."""

import secrets

from coordination.accounts.errors import PasswordElsewhere
from coordination.accounts.models import Person
from coordination.accounts.rules import refuse_unless
from coordination.audit import actions as audit
from coordination.base.action import action

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike when they are read out or written on paper."""


@action
def give_first_password(person: Person, *, by: Person) -> str:
    """A new password in four groups of five, 99 bits; it opens nothing but the choice of another one."""
    refuse_unless(not person.is_of_directory, PasswordElsewhere())
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    person.set_password(password)
    person.password_to_change = True
    person.save(update_fields=["password", "password_to_change"])
    audit.record(by, "password.given", person)
    return password
