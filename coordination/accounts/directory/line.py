"""A protected line to the directory, which is never held longer than told.

TLS is Python's own rather than libldap's, whose handshake ignores its time-outs: a server that accepts and then says
nothing would hold a sign-in for ever (docs/adr/0017). libldap speaks over one end of a socket pair; a thread passes its
bytes on, and closes the line after a silence or at its end.
"""

import select
import socket
import ssl
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

from coordination.accounts.directory.config import Directory
from coordination.accounts.directory.errors import CertificateRefused, DirectoryAway

_PORTS = {"ldap": 389, "ldaps": 636}
# RFC 4511 §4.14.1: an extended request, message 1, named 1.3.6.1.4.1.1466.20037
_START_TLS = b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037"
_RESULT_CODE = b"\x0a\x01"
_CHUNK = 65_536


def dial(directory: Directory, *, within: float) -> socket.socket:
    """Our end of a line to the directory, open for `within` seconds at most; a `DirectoryAway` where there is none."""
    try:
        outside = _protected(directory)
    except OSError as error:
        was_broken_off = isinstance(error, ssl.SSLEOFError) or not isinstance(error, ssl.SSLError)
        raise (DirectoryAway if was_broken_off else CertificateRefused) from error
    ours, inside = socket.socketpair()
    relay = _Relay(outside, inside, silence=directory.timeout, within=within)
    threading.Thread(target=relay.run, name="directory", daemon=True).start()
    return ours


def _protected(directory: Directory) -> ssl.SSLSocket:
    """TLS 1.2 or newer, with a certificate of a trusted authority for this very host."""
    parts = urlsplit(directory.url)
    host = parts.hostname or ""
    plain = socket.create_connection((host, parts.port or _PORTS[parts.scheme]), timeout=directory.timeout)
    try:
        if directory.start_tls:
            _ask_for_tls(plain)
        context = ssl.create_default_context(cafile=directory.ca or None)
        return context.wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def _ask_for_tls(plain: socket.socket) -> None:
    """Go on if the server agrees to StartTLS."""
    plain.sendall(_START_TLS)
    header = _exactly(plain, 2)
    longer = _exactly(plain, header[1] & 0x7F) if header[1] & 0x80 else header[1:]
    answer = _exactly(plain, min(int.from_bytes(longer), _CHUNK))
    if answer.partition(_RESULT_CODE)[2][:1] != b"\x00":
        raise ssl.SSLError("StartTLS was refused")


def _exactly(plain: socket.socket, size: int) -> bytes:
    """So many bytes, and none of what follows them."""
    read = b""
    while len(read) < size:
        more = plain.recv(size - len(read))
        if not more:
            raise ConnectionResetError
        read += more
    return read


class _Relay:
    """Passes bytes on between libldap and the server."""

    def __init__(self, outside: ssl.SSLSocket, inside: socket.socket, *, silence: float, within: float) -> None:
        self.outside, self.inside = outside, inside
        self.silence, self.end = silence, time.monotonic() + within

    def run(self) -> None:
        self.outside.setblocking(False)
        self.inside.settimeout(self.silence)
        with self.outside, self.inside, suppress(OSError):
            while self._pass_on():
                pass

    def _pass_on(self) -> bool:
        """Wait for a side that has something to say; false when either has hung up, or it is time to."""
        patience = min(self.silence, self.end - time.monotonic())
        if patience <= 0:
            return False
        ready = (
            [self.outside]
            if self.outside.pending()
            else select.select([self.outside, self.inside], [], [], patience)[0]
        )
        if self.inside in ready:
            return self._forward()
        return bool(ready) and self._answer()

    def _forward(self) -> bool:
        asked = self.inside.recv(_CHUNK)
        self.outside.settimeout(self.silence)
        self.outside.sendall(asked)
        self.outside.setblocking(False)
        return bool(asked)

    def _answer(self) -> bool:
        try:
            said = self.outside.recv(_CHUNK)
        except ssl.SSLWantReadError:
            return True
        self.inside.sendall(said)
        return bool(said)
