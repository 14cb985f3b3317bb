"""The wire between Liaison and a directory, which a test can cut or leave hanging."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Wire:
    """Passes bytes on to a port; after so many from the server it is cut, or hangs."""

    def __init__(self, port: int, *, after: int, hang: bool) -> None:
        self.target, self.after, self.hang = port, after, hang
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        self.ends: list[socket.socket] = [self.listener]
        self.passed = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                ours, _ = self.listener.accept()
                theirs = socket.create_connection(("127.0.0.1", self.target))
                self.ends += [ours, theirs]
                threading.Thread(target=self._forward, args=(ours, theirs), daemon=True).start()
                threading.Thread(target=self._answer, args=(theirs, ours), daemon=True).start()

    def _forward(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)

    def _answer(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                self.passed += len(data)
                if self.passed > self.after:
                    break
                target.sendall(data)
            if not self.hang:
                target.shutdown(socket.SHUT_RDWR)
                source.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def wire_to(port: int, *, after: int, hang: bool = False) -> Iterator[Wire]:
    """A wire that ends with the test."""
    wire = Wire(port, after=after, hang=hang)
    try:
        yield wire
    finally:
        wire.close()
