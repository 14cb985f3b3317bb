"""The only texts that leave by mail, and the only values that may fill them (rules §5.6).

A text names a place, a time and a phone number. There is no placeholder for a person, an act or a speciality, and each
value must have the shape of what it says it is: nothing else can leave, whoever calls.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from coordination.base.language import Sentence
from notifications.errors import NotAllowedOut

_PLACEHOLDER = re.compile(r"{(\w+)}")
_LINE_OF_TEXT = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029{}<>@]{0,200}")
_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


@dataclass(frozen=True)
class Rendered:
    """What a person reads: one line of subject, and plain text."""

    subject: str
    body: str


@dataclass(frozen=True)
class Template:
    """A neutral text. A line whose value is empty is left out."""

    subject: Sentence
    lines: tuple[Sentence, ...]
    required: frozenset[str]

    @property
    def allowed(self) -> frozenset[str]:
        """The names that the text has a place for."""
        texts = (text for line in self.lines for text in (line.fr, line.en))
        return frozenset(name for text in texts for name in _PLACEHOLDER.findall(text))


def in_words(day: date, language: str) -> str:
    """A day as a person says it: "lundi 23 novembre 2026"."""
    tongue = "en" if language.startswith("en") else "fr"
    number = "1er" if tongue == "fr" and day.day == 1 else str(day.day)
    return f"{_DAYS[tongue][day.weekday()]} {number} {_MONTHS[tongue][day.month - 1]} {day.year}"


def _is_a_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_our_link(value: str) -> bool:
    return re.fullmatch(re.escape(settings.PUBLIC_URL) + r"/[A-Za-z0-9/_-]{1,200}", value) is not None


SHAPES = {
    "structure_alias": lambda value: _LINE_OF_TEXT.fullmatch(value) is not None,
    "adresse": lambda value: _LINE_OF_TEXT.fullmatch(value) is not None,
    "telephone": lambda value: re.fullmatch(r"[0-9+(). ]{0,20}", value) is not None,
    "date": _is_a_day,
    "heure": lambda value: re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value) is not None,
    "lien": _is_our_link,
}
"""Every name that may appear in a mail, and what its value must look like."""

_GREETING = Sentence(fr="Bonjour,", en="Hello,")
_BLANK = Sentence(fr="", en="")
_PLACE = Sentence(fr="Lieu : {adresse}", en="Place: {adresse}")
_PHONE = Sentence(fr="Téléphone : {telephone}", en="Phone: {telephone}")
_SIGNATURE = Sentence(fr="{structure_alias}", en="{structure_alias}")
_NO_ANSWER = Sentence(
    fr="Ce message est automatique : merci de ne pas y répondre.",
    en="This message was sent automatically; replies are not read.",
)
_END = (_BLANK, _SIGNATURE, _PHONE, _BLANK, _NO_ANSWER)
_ANSWER = Sentence(fr="Pour confirmer ou annuler : {lien}", en="To confirm or cancel: {lien}")
_WHEN = frozenset({"structure_alias", "date", "heure"})

TEMPLATES: dict[str, Template] = {
    "appointment_booked": Template(
        subject=Sentence(fr="Votre rendez-vous", en="Your appointment"),
        lines=(
            *(_GREETING, _BLANK),
            Sentence(
                fr="Vous avez rendez-vous le {date} à {heure}.", en="You have an appointment on {date} at {heure}."
            ),
            *(_PLACE, _BLANK, _ANSWER, *_END),
        ),
        required=_WHEN,
    ),
    "appointment_moved": Template(
        subject=Sentence(fr="Votre rendez-vous a changé d’horaire", en="Your appointment has a new time"),
        lines=(
            *(_GREETING, _BLANK),
            Sentence(
                fr="Votre rendez-vous a été déplacé. Il aura lieu le {date} à {heure}.",
                en="Your appointment has been moved. It is now on {date} at {heure}.",
            ),
            *(_PLACE, _BLANK, _ANSWER, *_END),
        ),
        required=_WHEN,
    ),
    "appointment_cancelled": Template(
        subject=Sentence(fr="Votre rendez-vous est annulé", en="Your appointment is cancelled"),
        lines=(
            *(_GREETING, _BLANK),
            Sentence(
                fr="Votre rendez-vous du {date} à {heure} est annulé.",
                en="Your appointment on {date} at {heure} is cancelled.",
            ),
            Sentence(
                fr="Pour convenir d’une autre date, appelez le {telephone}.",
                en="To find another date, please call {telephone}.",
            ),
            *_END,
        ),
        required=_WHEN,
    ),
    "appointment_reminder": Template(
        subject=Sentence(fr="Rappel de votre rendez-vous", en="A reminder of your appointment"),
        lines=(
            *(_GREETING, _BLANK),
            Sentence(fr="Nous vous attendons le {date} à {heure}.", en="We are expecting you on {date} at {heure}."),
            *(_PLACE, _BLANK, _ANSWER, *_END),
        ),
        required=_WHEN,
    ),
    "plan_reminder": Template(
        subject=Sentence(fr="Un rendez-vous est à prévoir", en="An appointment is to be arranged"),
        lines=(
            *(_GREETING, _BLANK),
            Sentence(
                fr="Un ou plusieurs rendez-vous sont à prévoir avec {structure_alias}.",
                en="One or more appointments are to be arranged with {structure_alias}.",
            ),
            Sentence(
                fr="Pour choisir une date, appelez le {telephone}.", en="To choose a date, please call {telephone}."
            ),
            Sentence(fr="En savoir plus : {lien}", en="Learn more: {lien}"),
            *_END,
        ),
        required=frozenset({"structure_alias"}),
    ),
}


def refuse_unless_allowed(template: str, values: Mapping[str, object]) -> None:
    """`NotAllowedOut` unless the template exists and every value is on its list, of the right shape."""
    if template not in TEMPLATES:
        raise NotAllowedOut(f"there is no template {template!r}")
    chosen = TEMPLATES[template]
    if unknown := set(values) - chosen.allowed:
        raise NotAllowedOut(f"{template} has no place for {', '.join(sorted(unknown))}")
    if missing := {name for name in chosen.required if not values.get(name)}:
        raise NotAllowedOut(f"{template} needs {', '.join(sorted(missing))}")
    for name, value in values.items():
        if not isinstance(value, str) or (value and not SHAPES[name](value)):
            raise NotAllowedOut(f"{name} does not look like what it should be")


def render(template: str, language: str, values: Mapping[str, str]) -> Rendered:
    """The subject and the text in one language; `NotAllowedOut` as above."""
    refuse_unless_allowed(template, values)
    chosen = TEMPLATES[template]
    shown = dict(values)
    if shown.get("date"):
        shown["date"] = in_words(date.fromisoformat(shown["date"]), language)
    lines = (_fill(line, language, shown) for line in chosen.lines)
    return Rendered(chosen.subject.say(language), "\n".join(line for line in lines if line is not None) + "\n")


def _fill(line: Sentence, language: str, values: Mapping[str, str]) -> str | None:
    """One line, or None when something it needs is empty."""
    needed = _PLACEHOLDER.findall(line.fr)
    if not all(values.get(name) for name in needed):
        return None
    return line.say(language, **values)


def tidy(text: str) -> str:
    """A line of text without what may not leave in one, cut at 200 characters: fits `structure_alias` and `adresse`."""
    return re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029{}<>@]", " ", text)).strip()[:200]


def tidy_phone(text: str) -> str:
    """A phone number without anything else: fits `telephone`."""
    return re.sub(r"[^0-9+(). ]", "", text).strip()[:20]
