"""A web site of raw sockets: each path answers with given bytes, or does what it likes."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from schemas.items.outcome import Refusal
from schemas.settings import Settings
from tasks.web.client import AddressPolicy, Exchange, Limits, Web

LIMITS = Limits(connect_timeout_s=0.8, read_timeout_s=0.6, total_s=1.2, body_bytes=100_000)
AGENT = "newsdesk/0.1 (+https://newsdesk.example/about)"


class Visit:
    """One connection, as a behaviour sees it; everything ends when the site closes."""

    def __init__(self, site: "RawSite", connection: socket.socket, request: bytes) -> None:
        self.request = request
        self._site = site
        self._connection = connection

    @property
    def path(self) -> str:
        """Path and query that were asked for."""
        return self.request.split(b" ", 2)[1].decode()

    @property
    def host(self) -> str:
        """Value of the Host header."""
        lines = self.request.decode("latin-1").split("\r\n")
        return next((line[6:] for line in lines if line.lower().startswith("host: ")), "")

    def send(self, *pieces: bytes) -> None:
        """Sends; raises `OSError` where the other end hung up."""
        for piece in pieces:
            self._connection.sendall(piece)

    def receive_body(self) -> bytes:
        """The body that the request declares; raises `OSError` where the other end hung up."""
        head, _, body = self.request.partition(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        while len(body) < length:
            piece = self._connection.recv(65536)
            if not piece:
                raise ConnectionError("the body was cut")
            body += piece
        return body

    def drip(self, piece: bytes, every_s: float = 0.1) -> None:
        """Sends the piece again and again, for ever."""
        while not self._site.closing.wait(every_s):
            self.send(piece)

    def flood(self, piece: bytes) -> None:
        """Sends the piece as fast as it goes, for ever."""
        while not self._site.closing.is_set():
            self.send(piece)

    def pause(self, seconds: float) -> None:
        """Says nothing for a while."""
        self._site.closing.wait(seconds)

    def hold(self) -> None:
        """Says nothing until the site closes."""
        self.pause(30)

    def reset(self) -> None:
        """Ends the connection with RST."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


Behaviour = bytes | Callable[[Visit], None]
OnConnect = Callable[[socket.socket, threading.Event], None]


class RawSite:
    """Serves `pages` by path, or by `host/path`; `*` answers the rest. Bytes are sent as they are."""

    def __init__(
        self,
        pages: Mapping[str, Behaviour],
        address: str = "127.0.0.1",
        context: ssl.SSLContext | None = None,
        on_connect: OnConnect | None = None,
    ) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []
        self.connections = 0
        self.closing = threading.Event()
        self._context = context
        self._on_connect = on_connect
        is_v6 = ":" in address
        self._server = socket.create_server((address, 0), family=socket.AF_INET6 if is_v6 else socket.AF_INET)
        self.address = f"{f'[{address}]' if is_v6 else address}:{self._server.getsockname()[1]}"
        self._open: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown(socket.SHUT_RDWR)
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        self._server.close()

    def settings(self, *names: str, **more: object) -> Settings:
        """Settings under which the names lead to this site, and the guard lets its address through."""
        hosts = tuple(f"{name}={self.address}" for name in names)
        return Settings.model_validate(
            {"hosts": hosts, "allow_addresses": (self.address,), "pace_floor_s": 0.0} | more
        )

    def web(self, *names: str, ca_file: str = "", clock: Callable[[], float] = time.time) -> Web:
        """A web in which the names lead to this site."""
        return Web(AddressPolicy.from_settings(self.settings(*names)), AGENT, ca_file=ca_file, clock=clock)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, raw: socket.socket) -> None:
        connection = raw
        self._open.add(raw)
        try:
            with suppress(OSError):
                if self._on_connect:
                    self._on_connect(raw, self.closing)
                    return
                if self._context:
                    self._open.discard(raw)
                    connection = self._context.wrap_socket(raw, server_side=True)
                    self._open.add(connection)
                self._answer(connection)
        finally:
            self._open.discard(connection)
            connection.close()
            raw.close()

    def _answer(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            piece = connection.recv(65536)
            if not piece:
                return
            request += piece
        visit = Visit(self, connection, request)
        self.asked.append(visit.path)
        page = self.pages.get(visit.host + visit.path, self.pages.get(visit.path, self.pages.get("*", NOT_FOUND)))
        if isinstance(page, bytes):
            visit.send(page)
        else:
            page(visit)


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer with a right length."""
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"HTTP/1.1 {status}\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """A redirect without a body."""
    return f"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()


NOT_FOUND = answer(b"none", status="404 Not Found")


@contextmanager
def free_turn(_url: str) -> Iterator[Refusal | None]:
    """Nobody to be polite to."""
    yield None


def fetch(web: Web, url: str, limits: Limits = LIMITS, **headers: str) -> Exchange:
    """One attempt, at once; underscores in header names stand for hyphens."""
    return web.fetch(url, limits, free_turn, {name.replace("_", "-"): value for name, value in headers.items()})
