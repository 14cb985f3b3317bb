"""An entry of the audit in words: what changed from what, and what else it says of itself."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from coordination.audit.sentences import NOTES, field_name
from coordination.base.language import Sentence
from coordination.privacy.access_schemas import ChangeOut

YES = Sentence(fr="oui", en="yes")
NO = Sentence(fr="non", en="no")
NO_MORE = Sentence(
    fr="les refus suivants ne sont plus notés pendant dix minutes",
    en="further refusals are not recorded for ten minutes",
)


def without_values(detail: dict[str, Any]) -> dict[str, Any]:
    """The same with the fields that changed only named; sentences that were kept as such tell values and go."""
    changes = detail.get("changes")
    return {**detail, "changes": dict.fromkeys(changes) if isinstance(changes, dict) else None}


def changes_in(detail: dict[str, Any]) -> list[ChangeOut]:
    """The fields that changed, named in the asker's language."""
    changes = detail.get("changes")
    if isinstance(changes, dict):
        return [_change(field, values) for field, values in sorted(changes.items())]
    return [_change(field, None) for field in detail.get("fields", [])]


def _change(field: str, values: Any) -> ChangeOut:
    before, after = values if isinstance(values, list) and len(values) == 2 else (None, None)
    return ChangeOut(field=field_name(field), before=shown(before), after=shown(after), withheld=values is None)


def notes_in(detail: dict[str, Any]) -> list[str]:
    """What else is known, as short phrases; sentences that were kept as such stay as they are."""
    return list(_notes(detail))


def _notes(detail: dict[str, Any]) -> Iterator[str]:
    if isinstance(detail.get("changes"), list):
        yield from map(str, detail["changes"])
    if detail.get("more"):
        yield NO_MORE.say()
    for name, sentence in NOTES.items():
        if detail.get(name) not in (None, "", []):
            yield sentence.say(value=shown(detail[name]))


def shown(value: Any) -> str:
    """A plain value as people read it: days and hours of the centre, yes or no."""
    match value:
        case None:
            return ""
        case bool():
            return (YES if value else NO).say()
        case list():
            return ", ".join(shown(one) for one in value)
        case dict():
            return ", ".join(f"{name} {shown(one)}" for name, one in value.items())
        case str():
            return _instant(value) or value
    return str(value)


def _instant(text: str) -> str | None:
    """A day or an instant in ISO 8601, as it is said here; None for any other text."""
    if len(text) < 10 or text[4:5] != "-" or text[7:8] != "-":
        return None
    try:
        if len(text) == 10:
            return f"{date.fromisoformat(text):%d/%m/%Y}"
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return day_and_hour(at) if at.tzinfo else f"{at:%d/%m/%Y %H:%M}"


def day_and_hour(at: datetime) -> str:
    """ "23/11/2026 14:05", in the centre's time."""
    return f"{at.astimezone(ZoneInfo(settings.TIME_ZONE)):%d/%m/%Y %H:%M}"
