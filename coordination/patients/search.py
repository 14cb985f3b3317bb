"""Reading what was typed to find a patient: names, birth dates, numbers, a matricule. Pure, no database."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coordination.base.text import words
from coordination.patients.identity import matricule_in, phone_digits

MOST_TERMS = 8
LEAST_DIGITS = 4

_TOKENS = re.compile(
    r"""
    (?P<iso>\d{4}-\d{1,2}-\d{1,2}(?!\d))                                  # 1957-03-12
  | (?P<day>\d{1,2}[/.\-]\d{1,2}(?:[/.\-](?:\d{4}|\d{2}))?(?![/.\-]?\d))  # 12/03/1957, 12.3.57, 12/03
  | (?P<month>\d{1,2}[/.\-]\d{4}(?!\d))                                   # 03/1957
  | (?P<number>\+?\d(?:[ .\-]?\d)*)                                       # 12031957, 1957, 06 12 34 56 78
  | (?P<word>[^\d\s+]+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Term:
    """One thing a patient must answer to; a number may be a birth date or a phone."""

    kind: Literal["name", "birth", "number", "matricule"]
    key: str


def terms(typed: str) -> list[Term]:
    """What a search asks for, in the form of the keys (`identity.name_keys`, `birth_keys`, `phone_keys`)."""
    if matricule := matricule_in(typed):
        return [Term("matricule", matricule)]
    found = [term for token in _TOKENS.finditer(typed[:100]) for term in _read(token.lastgroup or "", token[0])]
    return list(dict.fromkeys(found))[:MOST_TERMS]


def _read(kind: str, text: str) -> list[Term]:
    if kind == "word":
        return [Term("name", word) for word in words(text)]
    if kind == "number":
        digits = phone_digits(text)
        return [Term("number", digits)] if len(digits) >= LEAST_DIGITS else []
    return [Term("birth", _birth_key(kind, re.split(r"[/.\-]", text)))]


def _birth_key(kind: str, parts: list[str]) -> str:
    """The parts of a typed date in the order of the keys: day, month, year, two digits each but the year."""
    ordered = reversed(parts) if kind == "iso" else parts
    return "".join(part.zfill(2) for part in ordered)


def likeness(born: date, other: date) -> Literal["same", "near", "far"]:
    """How close two birth dates are: equal; day and month swapped or one digit off; or neither (rules §2.8)."""
    if born == other:
        return "same"
    if (born.year, born.month, born.day) == (other.year, other.day, other.month):
        return "near"
    differing = sum(a != b for a, b in zip(f"{born:%Y%m%d}", f"{other:%Y%m%d}", strict=True))
    return "near" if differing == 1 else "far"
