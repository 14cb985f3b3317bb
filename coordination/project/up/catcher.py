"""A mail server for one's own machine: it delivers nothing, and keeps each mail as a file to read."""

import asyncio
import os
import signal
import socket
import ssl
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from coordination.base.ids import uuid7
from coordination.project.up.keys import write_secret

_VALID = timedelta(days=3650)


class Keep:
    """Writes each accepted mail to the folder before saying yes; the name sorts by time of arrival."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        try:
            keep_mail(self.folder, envelope.content or b"", envelope.rcpt_tos)
        except OSError as error:
            return f"452 4.3.1 The mail could not be kept: {error.strerror}"
        return "250 2.0.0 Kept"


def keep_mail(folder: Path, content: bytes | str, recipients: Iterable[str]) -> Path:
    """Write one mail, with the addresses of its envelope as a first header; it is on the disk on return."""
    text = content.encode() if isinstance(content, str) else content
    path = folder / f"{uuid7()}.eml"
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(b"X-Envelope-To: " + ", ".join(recipients).encode() + b"\r\n" + text)
        file.flush()
        os.fsync(file.fileno())
    return draft.rename(path)


def make_certificate(path: Path) -> None:
    """A self-made certificate for localhost and its key, in one PEM file, unless there is one."""
    if path.exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Liaison mail catcher")])
    hosts = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _VALID)
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_secret(path, (secret + certificate.public_bytes(serialization.Encoding.PEM)).decode())


async def serve(listener: socket.socket, folder: Path, certificate: Path) -> None:
    """Take mails until SIGTERM."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    keep = Keep(folder)
    server = await loop.create_server(
        lambda: SMTP(keep, hostname="localhost", tls_context=tls, enable_SMTPUTF8=True), sock=listener
    )
    async with server:
        await ended.wait()


def main() -> None:
    """`python -m coordination.project.up.catcher <descriptor> <folder> <certificate>`."""
    descriptor, folder, certificate = sys.argv[1:]
    asyncio.run(serve(socket.socket(fileno=int(descriptor)), Path(folder), Path(certificate)))


if __name__ == "__main__":
    main()
