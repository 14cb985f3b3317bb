"""The keys of an installation: made once, on its first start, and never silently again."""

import base64
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from coordination.project.up.refusal import Refusal

LEAST = 32
"""A shorter key is a damaged one, in characters."""


def _random() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(48)).decode()


def _vapid() -> str:
    """A P-256 private key in PEM (RFC 8292 §2)."""
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )


@dataclass(frozen=True)
class Key:
    """One key: its file in `var/keys`, the variable that may give it instead, and how it is made."""

    file: str
    variable: str
    make: Callable[[], str]

    @property
    def is_given(self) -> bool:
        """Whether the environment gives it, so that no file is needed."""
        return bool(os.environ.get(self.variable) or os.environ.get(f"{self.variable}_FILE"))


KEYS = (
    Key("session", "SECRET_KEY", _random),
    Key("field", "FIELD_KEY", _random),
    Key("vapid.pem", "VAPID_KEY", _vapid),
)


def ensure(folder: Path, *, first_start: bool) -> list[Path]:
    """Make what is missing on the first start, and return it; later, a missing or damaged key refuses to start."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    needed = [key for key in KEYS if not key.is_given]
    missing = [key for key in needed if not (folder / key.file).exists()]
    if missing and not first_start:
        raise Refusal(
            f"the key {folder / missing[0].file} is missing, and this installation's data was written with it: "
            f"put it back from a backup (or move {folder.parent} away to start over with nothing)."
        )
    for key in missing:
        write_secret(folder / key.file, key.make())
    for key in needed:
        _refuse_damaged(folder / key.file)
    return [folder / key.file for key in missing]


def write_secret(path: Path, text: str) -> None:
    """Write a 0600 file that is whole or not there at all."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def _refuse_damaged(path: Path) -> None:
    if len(path.read_bytes().strip()) < LEAST:
        raise Refusal(f"the key {path} is damaged (too short): put it back from a backup.")
