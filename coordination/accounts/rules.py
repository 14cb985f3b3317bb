"""What a person may do, asked on an action's first line, so that HTTP, sockets and jobs all pass it."""

from coordination.accounts.models import Person
from coordination.accounts.rights import Right
from coordination.base.errors import AppError, Refused


def refuse_unless(allowed: bool, refusal: AppError | None = None) -> None:
    """Go on, or raise the refusal (`Refused` unless told)."""
    if not allowed:
        raise refusal or Refused()


def require(person: Person, right: Right) -> None:
    """Go on if a role in force grants the right; `Refused` otherwise."""
    refuse_unless(person.may(right))
