"""What is wrong with a field, in words: pydantic's errors as sentences in both languages."""

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from coordination.base.errors import Invalid
from coordination.base.language import Sentence

S = TypeVar("S", bound=BaseModel)

OTHER = Sentence(fr="Cette valeur n’est pas acceptée.", en="This value is not accepted.")
NUMBER = Sentence(fr="Un nombre est attendu.", en="A number is expected.")
TEXT = Sentence(fr="Un texte est attendu.", en="Some text is expected.")
DAY = Sentence(fr="Une date valable est attendue.", en="A valid date is expected.")
INSTANT = Sentence(fr="Une date et une heure valables sont attendues.", en="A valid date and time are expected.")
REFERENCE = Sentence(fr="Cette référence n’est pas valable.", en="This reference is not valid.")
YES_OR_NO = Sentence(fr="Répondez par oui ou par non.", en="Answer yes or no.")

# pydantic's types of error, by their exact name or by what it begins with
WORDS: dict[str, Sentence] = {
    "missing": Sentence(fr="Ce champ est à remplir.", en="This field is required."),
    "string_too_short": Sentence(fr="{min_length} caractère(s) au moins.", en="At least {min_length} character(s)."),
    "string_too_long": Sentence(fr="{max_length} caractères au plus.", en="At most {max_length} characters."),
    "too_short": Sentence(fr="{min_length} élément(s) au moins.", en="At least {min_length} item(s)."),
    "too_long": Sentence(fr="{max_length} éléments au plus.", en="At most {max_length} items."),
    "greater_than_equal": Sentence(fr="{ge} au moins.", en="At least {ge}."),
    "greater_than": Sentence(fr="Plus de {gt}.", en="More than {gt}."),
    "less_than_equal": Sentence(fr="{le} au plus.", en="At most {le}."),
    "less_than": Sentence(fr="Moins de {lt}.", en="Less than {lt}."),
    "enum": Sentence(fr="À choisir parmi : {expected}.", en="Choose one of: {expected}."),
    "literal_error": Sentence(fr="À choisir parmi : {expected}.", en="Choose one of: {expected}."),
    "extra_forbidden": Sentence(fr="Ce champ n’existe pas.", en="There is no such field."),
    "list_type": Sentence(fr="Une liste est attendue.", en="A list is expected."),
    "email": Sentence(fr="Une adresse e-mail valable est attendue.", en="A valid e-mail address is expected."),
    "birth_date": Sentence(fr="Une date de naissance passée est attendue.", en="A past birth date is expected."),
    "past_day": Sentence(fr="Une date passée est attendue.", en="A past date is expected."),
    "later": Sentence(fr="Une date à venir est attendue.", en="A date to come is expected."),
    "name": Sentence(fr="Un nom est attendu.", en="A name is expected."),
    "role": Sentence(fr="Ce rôle n’existe pas dans un cercle de soins.", en="There is no such role in a care circle."),
    "profession": Sentence(fr="Cette profession n’est pas connue.", en="There is no such profession."),
    "hours": Sentence(fr="La fin doit venir après le début.", en="It must end after it begins."),
    "string": TEXT,
    "int": NUMBER,
    "float": NUMBER,
    "decimal": NUMBER,
    "datetime": INSTANT,
    "date": DAY,
    "time": INSTANT,
    "uuid": REFERENCE,
    "bool": YES_OR_NO,
}


def in_words(error: dict[str, Any]) -> str:
    """One pydantic error as a sentence for the person who typed."""
    kind = str(error.get("type", ""))
    sentence = WORDS.get(kind) or WORDS.get(kind.split("_")[0], OTHER)
    try:
        return sentence.say(None, **error.get("ctx", {}))
    except (KeyError, IndexError):
        return OTHER.say()


def field_name(location: tuple[str | int, ...]) -> str:
    """Where the client knows the error: `title`, `checklist.0`; "body" for the whole."""
    source, *path = location
    if source == "body":
        path = path[1:]
    return ".".join(map(str, path)) or str(source)


def invalid(errors: Iterable[dict[str, Any]]) -> Invalid:
    """The refusal that names every field of a request and its reason."""
    return Invalid(fields={field_name(one["loc"]): in_words(one) for one in errors})


def parsed(shape: type[S], data: object) -> S:
    """Plain data as a schema: what a socket's command does with what it received; `Invalid` names the fields."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise Invalid(
            fields={".".join(map(str, one["loc"])) or "body": in_words(dict(one)) for one in error.errors()}
        ) from error
