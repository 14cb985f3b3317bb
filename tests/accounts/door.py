"""A browser at the sign-in routes, the code generator beside it, and a passkey in software."""

import base64
import hashlib
import hmac
import json
import os
import struct
import time
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cbor import encode
from fido2.cose import ES256

PASSWORD = "un-long-mot-de-passe"
ROOT = "/_allauth/browser/v1/"


def code(secret: str, *, ahead: int = 0) -> str:
    """What the generator shows (RFC 6238), now or some periods of 30 seconds ahead."""
    counter = struct.pack(">Q", int(time.time()) // 30 + ahead)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class Door:
    """One browser, perhaps at another address."""

    def __init__(self, *, address: str = "127.0.0.1", strict: bool = False) -> None:
        self.http = Client(enforce_csrf_checks=strict, REMOTE_ADDR=address)

    def get(self, path: str) -> Any:
        return self.http.get(_where(path))

    def post(self, path: str, **data: Any) -> Any:
        return self.http.post(_where(path), data, "application/json")

    def put(self, path: str, **data: Any) -> Any:
        return self.http.put(_where(path), data, "application/json")

    def delete(self, path: str, **data: Any) -> Any:
        return self.http.delete(_where(path), data, "application/json")

    def give_password(self, login: str, password: str = PASSWORD) -> Any:
        return self.post("auth/login", username=login, password=password)

    def standing(self) -> tuple[int, str | None]:
        """The status of `GET /api/session`, and the code of its refusal."""
        answer = self.get("/api/session")
        return answer.status_code, answer.json().get("code")

    def set_up_generator(self) -> str:
        """The secret of a new generator."""
        secret = self.get("account/authenticators/totp").json()["meta"]["secret"]
        answer = self.post("account/authenticators/totp", code=code(secret))
        assert answer.status_code == 200, answer.content
        return str(secret)

    def sign_in(self, login: str, secret: str, *, ahead: int = 0) -> Any:
        """With the password and the generator's code."""
        assert self.give_password(login).status_code == 401
        return self.post("auth/2fa/authenticate", code=code(secret, ahead=ahead))


def _where(path: str) -> str:
    return path if path.startswith("/") else ROOT + path


class Passkey:
    """An authenticator that keeps one key and says that it has verified its user (WebAuthn level 2, §6)."""

    def __init__(self, origin: str = "https://testserver") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.origin = origin
        self.signed = 0
        self.owner: UUID | None = None

    def create(self, options: dict[str, Any], owner: UUID) -> dict[str, Any]:
        """What the browser hands back after `navigator.credentials.create`."""
        self.owner = owner
        public = encode(ES256.from_cryptography_key(self.key.public_key()))
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(options["publicKey"]["rp"]["id"], 0x45) + attested
        statement = encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options)
        return self._said({"clientDataJSON": _text(client), "attestationObject": _text(statement)}) | {
            "clientExtensionResults": {"credProps": {"rk": True}}
        }

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """What the browser hands back after `navigator.credentials.get`."""
        self.signed += 1
        client = self._client("webauthn.get", options)
        data = self._data(options["publicKey"]["rpId"], 0x05)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        assert self.owner
        return self._said(
            {
                "clientDataJSON": _text(client),
                "authenticatorData": _text(data),
                "signature": _text(signature),
                "userHandle": _text(self.owner.hex.encode()),
            }
        ) | {"clientExtensionResults": {}}

    def _data(self, party: str, flags: int) -> bytes:
        return hashlib.sha256(party.encode()).digest() + bytes([flags]) + struct.pack(">I", self.signed)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["publicKey"]["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _said(self, response: dict[str, str]) -> dict[str, Any]:
        return {"id": _text(self.id), "rawId": _text(self.id), "type": "public-key", "response": response}


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
