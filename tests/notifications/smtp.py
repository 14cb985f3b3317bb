"""A real SMTP server for tests: it speaks TLS with a certificate of its own, and does what each test tells it."""

import datetime
import email
import ipaddress
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Catch:
    """What the server received, and how it answers."""

    mails: list[EmailMessage] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    answer: str = "250 OK queued"
    on_data: Callable[[], None] = lambda: None
    over_tls: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.mails.append(email.message_from_bytes(envelope.content, EmailMessage, policy=SMTP_POLICY))
        self.over_tls.append(session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None)
        self.on_data()
        return self.answer


@dataclass(frozen=True)
class Certificate:
    """A certificate that signed itself, and its key, as files."""

    public: Path
    private: Path

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.public, self.private)
        return context


def make_certificate(folder: Path, *, host: str = "127.0.0.1", expired: bool = False) -> Certificate:
    """For one address or name, valid for a day, or until yesterday."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail of a test")])
    now = datetime.datetime.now(datetime.UTC)
    alternative: x509.GeneralName = (
        x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=2))
        .not_valid_after(now + datetime.timedelta(days=-1 if expired else 1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    made = Certificate(folder / f"{host}-{expired}.pem", folder / f"{host}-{expired}.key")
    made.public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made.private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


def accept_secret(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    """Only `liaison` with the password `s3cret/@` may send."""
    return AuthResult(success=data.login == b"liaison" and data.password == b"s3cret/@")


class _FreePort(Controller):
    """A server on a port that the system chooses."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def start_clear(catch: Catch) -> Controller:
    """Clear text."""
    return _started(_FreePort(catch, hostname="127.0.0.1", port=0))


def start_tls(catch: Catch, certificate: Certificate) -> Controller:
    """TLS from the first byte (RFC 8314)."""
    return _started(_FreePort(catch, hostname="127.0.0.1", port=0, ssl_context=certificate.context()))


def start_starttls(catch: Catch, certificate: Certificate) -> Controller:
    """STARTTLS (RFC 3207) and a password, both required."""
    options = {"require_starttls": True, "auth_required": True, "authenticator": accept_secret}
    return _started(_FreePort(catch, hostname="127.0.0.1", port=0, tls_context=certificate.context(), **options))


def _started(server: _FreePort) -> Controller:
    server.start()
    return server
