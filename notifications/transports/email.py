"""Mail over SMTP, with TLS whose certificate is verified (RFC 5321, 3207, 8314)."""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from typing import Literal, Self
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib
from aiosmtplib import errors as smtp
from django.conf import settings

from notifications.errors import NotAllowedOut
from notifications.models import Delivery
from notifications.templates import render
from notifications.transports.base import Receipt, Transport, TransportError

Security = Literal["none", "starttls", "tls"]
_SCHEMES: dict[str, tuple[Security, int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}


class BadAddress(ValueError):
    """`EMAIL_URL` cannot be used, and the sentence says why."""


@dataclass(frozen=True)
class Server:
    """Where mails are handed over, and how; `authority` is a file of certificates to trust beside the system's."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""
    authority: str | None = None
    seconds: float = 20.0

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Read `smtp://host:port`, `smtp+starttls://user:password@host`, `smtps://…?ca=/path`; else `BadAddress`."""
        parts, options = urlsplit(url), parse_qs(urlsplit(url).query)
        try:
            given_port, seconds = parts.port, float(options.get("timeout", ["20"])[0])
        except ValueError as error:
            raise BadAddress(str(error)) from error
        if parts.scheme not in _SCHEMES or not parts.hostname:
            raise BadAddress("takes smtp://, smtp+starttls:// or smtps:// and a host")
        security, port = _SCHEMES[parts.scheme]
        if parts.username and security == "none":
            raise BadAddress("a password is only sent over smtp+starttls:// or smtps://")
        return cls(
            host=parts.hostname,
            port=given_port or port,
            security=security,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            authority=options.get("ca", [None])[0],
            seconds=seconds,
        )

    def client(self) -> aiosmtplib.SMTP:
        """A client that is not connected yet, and that never falls back from TLS to clear text."""
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            tls_context=self._trust() if self.security != "none" else None,
            username=self.user or None,
            password=self.password or None,
            timeout=self.seconds,
            local_hostname=urlsplit(settings.PUBLIC_URL).hostname,
        )

    def _trust(self) -> ssl.SSLContext:
        """The system's authorities (`SSL_CERT_FILE` replaces them) and our own; name and dates are always checked."""
        try:
            context = ssl.create_default_context()
            if self.authority:
                context.load_verify_locations(self.authority)
        except OSError as error:
            why = f"the file of certificates cannot be read: {error.strerror}"
            raise TransportError(why, unreachable=True) from error
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context


def compose(delivery: Delivery) -> EmailMessage:
    """The mail of a delivery: plain text, neutral, the same Message-ID and Date on every attempt."""
    try:
        text = render(delivery.template, delivery.language, delivery.values)
    except NotAllowedOut as error:
        raise TransportError(str(error), permanent=True) from error
    mail = EmailMessage(policy=SMTP_POLICY)
    mail["Message-ID"] = delivery.message_id
    mail["Date"] = format_datetime(delivery.created_at)
    mail["From"] = Address(delivery.values["structure_alias"], addr_spec=settings.MAIL_FROM)
    try:
        mail["To"] = Address(addr_spec=delivery.address)
    except (HeaderParseError, ValueError, IndexError) as error:
        raise TransportError("the address is not one", permanent=True) from error
    if not delivery.address.isascii():
        raise TransportError("the address has letters that mail cannot carry", permanent=True)
    mail["Subject"] = text.subject
    mail["Auto-Submitted"] = "auto-generated"
    if delivery.possible_repeat:
        mail["Possible-Repeat"] = "yes"
    mail.set_content(text.body, charset="utf-8", cte="quoted-printable")
    mail["Content-Language"] = delivery.language
    return mail


class Email(Transport):
    """Hands one mail over to the server of `EMAIL_URL`."""

    def __init__(self, server: Server | None = None) -> None:
        self.server = server or Server.from_url(settings.EMAIL_URL)

    def send(self, delivery: Delivery) -> Receipt:
        mail = compose(delivery)
        return asyncio.run(self._hand_over(mail, delivery.address))

    async def _hand_over(self, mail: EmailMessage, address: str) -> Receipt:
        client = self.server.client()
        try:
            await client.connect()
            await client.mail(settings.MAIL_FROM)
            await client.rcpt(address)
            return await _give(client, mail)
        except smtp.SMTPRecipientRefused as refusal:
            raise TransportError(f"{refusal.code} {refusal.message}", permanent=refusal.code >= 500) from refusal
        except (smtp.SMTPException, OSError) as error:
            raise TransportError(f"{type(error).__name__}: {error}", unreachable=True) from error
        finally:
            await _leave(client)


async def _give(client: aiosmtplib.SMTP, mail: EmailMessage) -> Receipt:
    """The last step, after which the server may have taken the mail even if its answer never comes."""
    try:
        answer = await client.data(mail.as_bytes())
    except smtp.SMTPDataError as refusal:
        raise TransportError(f"{refusal.code} {refusal.message}", permanent=refusal.code >= 500) from refusal
    except (smtp.SMTPException, OSError) as error:
        raise TransportError(f"{type(error).__name__}: {error}", perhaps_accepted=True) from error
    return Receipt(f"{answer.code} {answer.message}")


async def _leave(client: aiosmtplib.SMTP) -> None:
    """Say goodbye; what was accepted stays accepted whatever becomes of it."""
    with suppress(smtp.SMTPException, OSError):
        if client.is_connected:
            await client.quit(timeout=2)
    client.close()
