"""Where a request or a socket came from."""

from ipaddress import ip_address

from django.conf import settings


def client_address(peer: str | None, forwarded_for: str) -> str | None:
    """The address of whoever asks; behind the proxy (`BEHIND_PROXY`) the one that it saw, the last it hands on.

    Without this the throttle of sign-in would count everybody together, and the audit would name the proxy.
    """
    said = forwarded_for.rpartition(",")[2].strip()
    return said if settings.BEHIND_PROXY and _is_address(said) else peer


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
