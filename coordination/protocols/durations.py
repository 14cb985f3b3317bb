"""Calendar durations of the care protocols (ISO 8601: `P3M`, `P2W`, `-P6M`); pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

_SHAPE = re.compile(r"(-)?P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?", re.ASCII)


class BadDuration(ValueError):
    """The text is not a calendar duration."""


@dataclass(frozen=True)
class Duration:
    """So many months, then so many days; both are negative in a negative duration."""

    months: int
    days: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """`P1Y2M` is 14 months, `-P2W` is −14 days; `BadDuration` for anything with a time, a fraction or no unit."""
        found = _SHAPE.fullmatch(text)
        if not found:
            raise BadDuration(f"{text!r} is not a duration such as P3M, P2W or -P6M")
        sign = -1 if found[1] else 1
        years, months, weeks, days = (int(part or 0) for part in found.groups()[1:])
        return cls(sign * (12 * years + months), sign * (7 * weeks + days))

    def times(self, count: int) -> "Duration":
        """The duration repeated `count` times, in one go: no drift at the ends of months."""
        return Duration(self.months * count, self.days * count)

    def after(self, day: date) -> date:
        """The day that lies this long after `day`: 31 January + P1M is the last day of February."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        clamped = min(day.day, monthrange(year, month + 1)[1])
        return date(year, month + 1, clamped) + timedelta(days=self.days)

    def before(self, day: date) -> date:
        """The day that lies this long before `day`."""
        return self.times(-1).after(day)

    @property
    def is_positive(self) -> bool:
        """Whether it moves every day forward."""
        return self.months >= 0 and self.days >= 0 and (self.months, self.days) != (0, 0)


@lru_cache(maxsize=512)
def duration(text: str) -> Duration:
    """`Duration.parse`, remembered: a library uses some eighty of them."""
    return Duration.parse(text)
