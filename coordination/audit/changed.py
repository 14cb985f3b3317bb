"""What changed, from its value before to its value after, as the audit may keep it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model

LONGEST = 200

WITHHELD = frozenset(
    {
        *("password", "secret", "digest", "token", "key", "matricule", "matricule_hash", "photo", "content"),
        *("body", "text", "title", "note", "why", "reason", "end_reason", "evidence", "scope", "label", "values"),
        *("flags", "measures", "anchors", "left_out"),
    }
)
"""Secrets, what people wrote in their own words, and what says something of health: named, and their values not kept.

The log is read by people who may see no patient's content, and what is in it cannot be erased.
"""


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any] | None]:
    """The fields of `after` that differ from `before`."""
    return {
        name: None if name in WITHHELD else [plain(before.get(name)), plain(value)]
        for name, value in after.items()
        if before.get(name) != value
    }


def plain(value: Any) -> Any:
    """A value as JSON keeps it: names for rows, ISO 8601 for dates, at most `LONGEST` letters."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Model):
        return plain(getattr(value, "display_name", None) or getattr(value, "name", None) or str(value.pk))
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    return str(value)[:LONGEST]
