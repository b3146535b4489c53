"""The canary: a server inside that nothing may ever reach. One byte, or one connection, fails the run."""

import select
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
    """Without SO_REUSEADDR, by which two processes could hold one port."""
    server = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    server.bind((address, port))
    server.listen()
    return server


def _servers() -> list[socket.socket]:
    """One at every address, at one port; held as long as this process lives, since the port stands in the
    pages of cases, which are made as they are imported."""
    while True:
        held = [_server(HOST, 0)]
        try:
            held += [_server(address, held[0].getsockname()[1]) for address in ADDRESSES[1:]]
        except OSError:
            for server in held:
                server.close()
            continue
        return held


SERVERS = _servers()
PORT: int = SERVERS[0].getsockname()[1]
END = f"{HOST}:{PORT}"
"""The canary's host and port, for links and redirects of cases."""


class Canary:
    """Counts who connects, and what they say."""

    def __init__(self) -> None:
        self.connections: list[str] = []
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._accept, args=(server,)) for server in SERVERS]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Whoever connected until now is counted, accepted or not."""
        self._closing.set()
        for thread in self._threads:
            thread.join(10)

    def _accept(self, server: socket.socket) -> None:
        is_last = False
        while not is_last:
            is_last = self._closing.is_set()
            if not select.select([server], [], [], 0 if is_last else 0.1)[0]:
                continue
            connection, _ = server.accept()
            is_last = False
            with connection:
                connection.settimeout(0.2)
                self.connections.append(_said(connection))


def _said(connection: socket.socket) -> str:
    try:
        return connection.recv(1000).decode("latin-1")
    except OSError:
        return ""
