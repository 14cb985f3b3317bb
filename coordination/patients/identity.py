"""What follows from an identity's traits: statuses, and the keys it is found by. No database."""

from collections.abc import Iterator
from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.fr import nir

from coordination.base.encryption import keyed_hash
from coordination.base.text import words

INS_OIDS = ("1.2.250.1.213.1.4.8", "1.2.250.1.213.1.4.9", "1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.11")
"""The kinds of matricule: NIR, NIA, and the NIR of the test and the demonstration ranges (rules §2.1)."""
FORCED_PROVISIONAL = frozenset({"DOUT", "FICT"})


def identity_status(*, recovered: bool, checked: bool, attributes: frozenset[str]) -> str:
    """PROV, RECUP, VALI or QUAL (RNIV EXI SI 07 and 09; rules §2.2)."""
    if attributes & FORCED_PROVISIONAL:
        return "PROV"
    return {(False, False): "PROV", (True, False): "RECUP", (False, True): "VALI", (True, True): "QUAL"}[
        recovered, checked
    ]


def name_keys(*names: str) -> set[str]:
    """The tails, of two letters at least, of every folded word: "begins with" on a tail is "contains" on the name.

    Names of several words are also joined, so that LEGOFF finds LE GOFF; a word of one letter is its own key.
    """
    whole = {word for name in names for word in words(name)}
    joined = {"".join(words(name)) for name in names}
    return {key[:100] for word in whole | joined for key in _tails(word)}


def _tails(word: str) -> Iterator[str]:
    yield word
    for start in range(1, len(word) - 1):
        yield word[start:]


def birth_keys(born: date) -> set[str]:
    """The forms in which a birth date is looked up: the day, the month and year, the year."""
    return {f"{born:%d%m%Y}", f"{born:%d%m}", f"{born:%d%m%y}", f"{born:%m%Y}", f"{born:%Y}"}


def phone_digits(phone: str) -> str:
    """The national digits of a French number: +33 6 12 34 56 78 and 0033612345678 are 0612345678."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    if digits.startswith("0033"):
        digits = digits[4:]
    elif phone.strip().startswith("+33"):
        digits = digits[2:]
    else:
        return digits
    return digits if digits.startswith("0") else f"0{digits}"


def phone_keys(phone: str) -> set[str]:
    """The number and its last four pairs, by which people are asked to say it."""
    digits = phone_digits(phone)
    return {digits[start:] for start in range(0, max(len(digits) - 3, 0), 2)}


def matricule_in(typed: str) -> str | None:
    """The fifteen signs of a matricule with its right key (rules §2.5), however spaced; None for anything else."""
    try:
        found = nir.validate(typed)
    except ValidationError:
        return None
    return str(found) if len(found) == 15 else None


def matricule_hash(oid: str, matricule: str) -> str:
    """What a matricule is found by without being read (rules §2.6)."""
    return keyed_hash(f"{oid}|{matricule}")


def matricule_hashes(matricule: str) -> list[str]:
    """The same for each kind of matricule there is: whoever types one does not say of which kind it is."""
    return [matricule_hash(oid, matricule) for oid in INS_OIDS]
