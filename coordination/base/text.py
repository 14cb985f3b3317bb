"""Folding text in Python, because the embedded PostgreSQL has neither `unaccent` nor ICU."""

import re
import unicodedata

_LIGATURES = str.maketrans({"Œ": "OE", "œ": "oe", "Æ": "AE", "æ": "ae", "ß": "ss", "’": "'"})


def fold(text: str) -> str:
    """Lower case without accents or ligatures: what two spellings of one word share."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def words(text: str) -> list[str]:
    """The folded words of a text, split on everything that is neither letter nor digit."""
    return re.findall(r"[a-z0-9]+", fold(text))


def french_order(text: str) -> str:
    """A key that sorts names as a French directory does: letters first, accents and case ignored."""
    return " ".join(words(text))
