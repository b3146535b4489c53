"""The site: one loopback server that plays every outlet, by the Host header."""

import socket
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import urlsplit

from tasks.demo_site.editions import Edition
from tasks.demo_site.feeds import listed_urls
from tasks.demo_site.outlets import OUTLETS
from tasks.demo_site.responses import Response, accepts_gzip, compressed, is_unmodified
from tasks.demo_site.routes import respond
from tasks.demo_site.stories import read_stories

BY_HOST = {outlet.host: outlet for outlet in OUTLETS}

CLOSE_POLL_S = 0.01
"""Interval at which the server checks whether it must close."""

IDLE_S = 30.0
"""An idle connection is closed after this time."""


def sources_path() -> Path:
    """The folder of the outlets' source files."""
    return Path(__file__).parent / "sources"


class Newsroom:
    """The outlets on 127.0.0.1, on a port that the system picks, while the context is open. `edition`
    may be set while it runs; `requests` lists (host, path with query, status) in the order of answers.

    Raises `ValueError` where `opened_at` is not aware."""

    def __init__(self, opened_at: datetime, edition: int = 1) -> None:
        if opened_at.tzinfo is None:
            raise ValueError(f"opened_at must be aware: {opened_at!r}")
        self.opened_at = opened_at.astimezone(UTC).replace(microsecond=0)
        self.edition = edition
        self.requests: list[tuple[str, str, int]] = []
        self.ads = count(1)

    def __enter__(self) -> Self:
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, args=(CLOSE_POLL_S,), name="newsroom", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.close()

    @property
    def port(self) -> int:
        """The port on 127.0.0.1; only while open."""
        return int(self._server.server_address[1])

    @property
    def hosts(self) -> str:
        """For NEWSDESK_HOSTS."""
        return ",".join(f"{host}=127.0.0.1:{self.port}" for host in BY_HOST)

    @property
    def allow(self) -> str:
        """For NEWSDESK_ALLOW_ADDRESSES."""
        return f"127.0.0.1:{self.port}"

    def printed(self) -> Edition:
        """The edition served now."""
        return Edition(self.opened_at, self.edition)

    def specials(self) -> Mapping[str, str]:
        """URLs of the stories with a twist by the name that their content file gives them, as
        `special`; plain URLs, without the parameters that a feed may add."""
        return {
            story.special: outlet.url(story.path)
            for outlet in OUTLETS
            for story in read_stories(outlet.slug)
            if story.special
        }

    def listed(self) -> Mapping[str, tuple[str, ...]]:
        """The links of each feed and sitemap, by its URL, as they are written in it now."""
        return {
            outlet.url(path): listed_urls(kind, self.printed(), outlet)
            for outlet in OUTLETS
            for path, kind in outlet.feeds.items()
        }

    sources_path = staticmethod(sources_path)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self._lock = Lock()
        self._open: dict[socket.socket, Thread] = {}
        super().__init__(("127.0.0.1", 0), _Visit)

    def process_request(self, request: Any, client_address: Any) -> None:
        """As the base class does, but the thread is remembered, so that `close` can wait for it."""
        thread = Thread(target=self.process_request_thread, args=(request, client_address), daemon=True)
        with self._lock:
            self._open[request] = thread
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._lock:
            self._open.pop(request, None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves in the middle of an answer is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def close(self) -> None:
        """Close the listening socket and every kept connection; none is left when this returns."""
        with self._lock:
            still_open = dict(self._open)
        for connection in still_open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client closed it first
        for thread in still_open.values():
            thread.join()
        self.server_close()


class _Visit(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    sys_version = ""
    timeout = IDLE_S
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        newsroom = cast(_Server, self.server).newsroom
        asked = {name.lower(): value for name, value in self.headers.items()}
        outlet = BY_HOST.get(asked.get("host", "").partition(":")[0].lower())
        if outlet is None:
            self._send(Response(421, "text/plain; charset=utf-8", b"no such outlet here\n"), {}, False)
            return
        ad = f"{next(newsroom.ads):08x}"
        response = respond(outlet, urlsplit(self.path).path, newsroom.printed(), ad)
        self._send(response, asked, outlet.is_compressed)

    do_HEAD = do_GET

    def _send(self, response: Response, asked: Mapping[str, str], may_compress: bool) -> None:
        vary = {"Vary": "Accept-Encoding"} if may_compress else {}
        if response.status == 200 and is_unmodified(response, asked):
            self._start(304, response, vary)
            return
        body, headers = response.body, {"Content-Type": response.media_type, **vary}
        if may_compress and accepts_gzip(asked):
            body, headers["Content-Encoding"] = compressed(body), "gzip"
        self._start(response.status, response, headers | {"Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _start(self, status: int, response: Response, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in (*response.validators, *headers.items()):
            self.send_header(name, value)
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower() if hasattr(self, "headers") else ""
        cast(_Server, self.server).newsroom.requests.append((host, getattr(self, "path", ""), int(code)))

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error: `requests` is the log."""
