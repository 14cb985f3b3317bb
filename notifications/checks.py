"""Reasons not to send after all, asked again at the moment of sending."""

from collections.abc import Callable

from notifications.models import Delivery

Check = Callable[[Delivery], str | None]
"""From a delivery to the reason to drop it, or None when it may still leave."""

_checks: dict[str, Check] = {}


def register_check(what: str, check: Check) -> None:
    """Have `check` asked before anything of the kind `what` leaves; called in `AppConfig.ready`."""
    _checks[what] = check


def reason_to_drop(delivery: Delivery) -> str | None:
    """Why this must not leave any more: the appointment is cancelled, the patient opposes or has another address, …"""
    check = _checks.get(delivery.what)
    return check(delivery) if check else None
