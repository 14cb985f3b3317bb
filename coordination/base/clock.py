"""The one place that reads the time, so that a test can set it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """This instant, aware, in UTC."""
    return timezone.now()


def today(zone: str | ZoneInfo = "Europe/Paris") -> date:
    """The calendar day at this instant in a time zone."""
    return now().astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone).date()
