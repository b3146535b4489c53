"""The canary: a server inside that nothing may ever reach. One byte, or one connection, fails the run."""

import socket
import threading
from types import TracebackType
from typing import Self

ADDRESSES = ("127.0.0.2", "127.0.0.1", "::1")
"""127.0.0.2 is the inner network; the others catch `localhost`, `0` and `[::1]` with the canary's port."""
HOST = ADDRESSES[0]
SECRET = "canary-6f1d0c"
"""Stands in passwords and environment of every run, and nowhere else: where it turns up, a secret leaks."""


def _server(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return socket.create_server((address, port), family=family)


def _free_port() -> int:
    """A port that is free at every address. Cases name it in their pages, so it is known at import."""
    while True:
        with _server(HOST, 0) as first:
            port: int = first.getsockname()[1]
            try:
                for address in ADDRESSES[1:]:
                    _server(address, port).close()
            except OSError:
                continue
        return port


PORT = _free_port()
END = f"{HOST}:{PORT}"
"""The canary's host and port, for links and redirects of cases."""


class Canary:
    """Counts who connects, and what they say."""

    def __init__(self) -> None:
        self.connections: list[str] = []
        self._servers = [_server(address, PORT) for address in ADDRESSES]
        self._threads = [threading.Thread(target=self._accept, args=(server,)) for server in self._servers]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        for server in self._servers:
            server.close()

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(0.2)
                self.connections.append(_said(connection))


def _said(connection: socket.socket) -> str:
    try:
        return connection.recv(1000).decode("latin-1")
    except OSError:
        return ""
