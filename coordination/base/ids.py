"""Identifiers that sort by the moment they were made."""

from uuid import UUID

import uuid_utils.compat


def uuid7() -> UUID:
    """A new UUID version 7 (RFC 9562 §5.7)."""
    return uuid_utils.compat.uuid7()
