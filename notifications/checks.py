"""Reasons not to send after all, asked again at the moment of sending."""

from collections.abc import Callable

Check = Callable[[str], str | None]
"""From an occurrence to the reason to drop it, or None when it may still leave."""

_checks: dict[str, Check] = {}


def register_check(what: str, check: Check) -> None:
    """Have `check` asked before anything of the kind `what` leaves; called in `AppConfig.ready`."""
    _checks[what] = check


def reason_to_drop(what: str, occurrence: str) -> str | None:
    """Why this must not leave any more: the appointment is cancelled, the patient opposes, …"""
    check = _checks.get(what)
    return check(occurrence) if check else None
