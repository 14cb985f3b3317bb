"""Refusals: each is a small class with a code, a status and its sentence; one handler renders them all."""

from typing import Any, ClassVar

from coordination.base.language import Sentence


class AppError(Exception):
    """Something a person asked for that Liaison refuses, with the reason in words."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    sentence: ClassVar[Sentence] = Sentence(fr="Cette action n’a pas pu être faite.", en="This could not be done.")

    def __init__(self, *, fields: dict[str, Sentence | str] | None = None, **values: object) -> None:
        super().__init__(self.code)
        self.fields = fields or {}
        self.values = values

    def __str__(self) -> str:
        return self.detail()

    def detail(self, language: str | None = None) -> str:
        """The sentence to show, in the asker's language."""
        return self.sentence.say(language, **self.values)

    def body(self, language: str | None = None) -> dict[str, Any]:
        """`{code, detail, fields?}`, the only shape in which a refusal leaves the server."""
        answer: dict[str, Any] = {"code": self.code, "detail": self.detail(language)}
        if self.fields:
            answer["fields"] = {
                name: why.say(language) if isinstance(why, Sentence) else why for name, why in self.fields.items()
            }
        return answer


class NotFound(AppError):
    """It does not exist, or the asker may not know that it does."""

    code = "not_found"
    status = 404
    sentence = Sentence(fr="Introuvable, ou hors de votre accès.", en="Not found, or not yours to see.")


class Refused(AppError):
    """The asker may see it and may not do this to it."""

    code = "refused"
    status = 403
    sentence = Sentence(fr="Votre rôle ne permet pas cette action.", en="Your role does not allow this.")


class NotSignedIn(AppError):
    """No session and no bearer token, or one that has ended."""

    code = "not_signed_in"
    status = 401
    sentence = Sentence(fr="Connectez-vous pour continuer.", en="Sign in to continue.")


class Conflict(AppError):
    """A race lost, or a state from which this is not possible."""

    code = "conflict"
    status = 409
    sentence = Sentence(
        fr="La situation a changé entre-temps. Vérifiez puis recommencez.",
        en="Things changed in the meantime. Check, then try again.",
    )


class Invalid(AppError):
    """Fields that cannot be accepted; `fields` says which and why."""

    code = "invalid"
    status = 422
    sentence = Sentence(fr="Certaines informations sont à corriger.", en="Some of this needs correcting.")


class TooLarge(AppError):
    """More than the server takes at once."""

    code = "too_large"
    status = 413
    sentence = Sentence(fr="L’envoi est trop volumineux.", en="This is too large to send.")


class TooMany(AppError):
    """Asked too often."""

    code = "too_many"
    status = 429
    sentence = Sentence(
        fr="Trop de demandes en peu de temps. Patientez un instant.", en="Too many requests. Wait a moment."
    )


class Internal(AppError):
    """A fault of ours; its trace is in the log only."""

    code = "internal"
    status = 500
    sentence = Sentence(
        fr="Un incident est survenu de notre côté. Recommencez dans un instant.",
        en="Something went wrong on our side. Try again in a moment.",
    )
