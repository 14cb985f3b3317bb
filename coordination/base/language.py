"""Sentences that a person reads: always in French and in English, side by side."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Sentence:
    """One sentence in both languages; `{names}` in it are filled by `say`."""

    fr: str
    en: str

    def say(self, language: str | None = None, /, **values: object) -> str:
        """The sentence in a language (that of the request unless told), its placeholders filled."""
        chosen = language or get_language() or "fr"
        return (self.en if chosen.startswith("en") else self.fr).format(**values)
