"""Instants as people send them."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator

YEARS = range(2000, 2200)


def _kept(at: datetime) -> datetime:
    """The same instant in UTC: PostgreSQL takes neither every offset nor every year that ISO 8601 can write."""
    if at.year not in YEARS:
        raise ValueError("the year is not one in which a centre works")
    return at.astimezone(UTC) if at.tzinfo else at


Instant = Annotated[datetime, AfterValidator(_kept)]
"""The type of an instant in what is written: from 2000 to 2199, whatever its offset."""
