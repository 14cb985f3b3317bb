"""Encryption of identifying values at rest, and the keyed hash by which they are found (rules §2.6)."""

import base64
import hashlib
import hmac
import os
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

_NONCE = 12


class Undecipherable(Exception):
    """The stored value does not open with this key: another key wrote it, or it was altered."""


def _key() -> bytes:
    if not settings.FIELD_KEY:
        raise ImproperlyConfigured("FIELD_KEY is not set, and nothing is encrypted without it")
    return hashlib.sha256(b"liaison field encryption" + settings.FIELD_KEY).digest()


def encrypt(text: str) -> bytes:
    """AES-256-GCM: a fresh 12-byte nonce, then the ciphertext and its tag."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key()).encrypt(nonce, text.encode(), None)


def decrypt(stored: bytes) -> str:
    """The text back; `Undecipherable` when the key or the bytes are not the right ones."""
    try:
        return AESGCM(_key()).decrypt(stored[:_NONCE], stored[_NONCE:], None).decode()
    except InvalidTag as error:
        raise Undecipherable from error


def keyed_hash(text: str) -> str:
    """HMAC-SHA-256 in base64url: finds an encrypted value again and tells nothing without the key."""
    digest = hmac.new(b"lookup" + _key(), text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


if TYPE_CHECKING:
    _Binary = models.BinaryField[str | None, str | None]
else:
    _Binary = models.BinaryField


class EncryptedText(_Binary):
    """A text column that the database only ever sees encrypted; null stays null."""

    def from_db_value(self, value: bytes | memoryview | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else decrypt(bytes(value))

    def get_prep_value(self, value: str | None) -> bytes | None:
        return None if value is None else encrypt(value)
