"""A site of many feeds on loopback, one a virtual host; in a process: `python -m bench.inputs.feed_site N`."""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from types import TracebackType
from typing import Self
from urllib.request import urlopen

ENTRIES = 20
NEWEST_AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDS = ("harbour", "council", "ferry", "budget", "school", "bridge", "winter", "market", "river", "tram", "library")
PATIENCE_S = 60.0


def host_of(number: int) -> str:
    """The virtual host of a feed; every one is a registrable domain of its own."""
    return f"feed-{number:05}.example"


def article_urls(number: int) -> list[str]:
    """What the feed lists, newest first."""
    return [f"http://{host_of(number)}/2026/11/23/{_words(number + n, 5, '-')}-{n}" for n in range(ENTRIES)]


@cache
def feed_of(number: int) -> bytes:
    """An RSS feed of 20 dated entries, some 12 KB, the same at every call."""
    items = "".join(_item(number, n, url) for n, url in enumerate(article_urls(number)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>Feed {number}</title><link>http://{host_of(number)}/</link>{items}</channel></rss>\n"
    ).encode()


def _item(number: int, place: int, url: str) -> str:
    at = NEWEST_AT - timedelta(minutes=37 * place)
    return (
        f"<item><title>{_words(number * 7 + place, 8, ' ').capitalize()}</title><link>{url}</link>"
        f"<guid>{url}</guid><pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<description>{_words(number * 11 + place, 45, ' ')}</description></item>\n"
    )


def _words(seed: int, count: int, between: str) -> str:
    return between.join(WORDS[(seed * (n + 3) + n * n) % len(WORDS)] for n in range(count))


class FeedSite:
    """The site, while the context is open."""

    def __init__(self, feeds: int) -> None:
        self._feeds = feeds

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "bench.inputs.feed_site", str(self._feeds)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate()

    def tally(self) -> dict[str, int]:
        """How many requests were answered since the last call, by path and status."""
        with urlopen(f"http://127.0.0.1:{self.port}/tally", timeout=PATIENCE_S) as answer:
            counts: dict[str, int] = json.load(answer)
        return counts


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 4096

    def __init__(self, feeds: int) -> None:
        self.bodies = {host_of(number): feed_of(number) for number in range(feeds)}
        self.tags = {host: f'"{sha256(body).hexdigest()[:16]}"' for host, body in self.bodies.items()}
        self.counts: Counter[str] = Counter()
        self.lock = Lock()
        super().__init__(("127.0.0.1", 0), _Visit)


class _Visit(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0]
        if self.path == "/tally":
            with self.server.lock:
                body, self.server.counts = json.dumps(self.server.counts).encode(), Counter()
            self._answer(200, body)
        elif self.path != "/feed" or host not in self.server.bodies:
            self._answer(404, b"none")
        elif self.headers.get("If-None-Match") == self.server.tags[host]:
            self._answer(304, b"", self.server.tags[host])
        else:
            self._answer(200, self.server.bodies[host], self.server.tags[host])

    def _answer(self, status: int, body: bytes, tag: str = "") -> None:
        with self.server.lock:
            self.server.counts.update([f"{self.path} {status}"] if self.path != "/tally" else [])
        self.send_response(status)
        if tag:
            self.send_header("ETag", tag)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Type", "application/rss+xml" if self.path == "/feed" else "text/plain")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tally is the log."""


if __name__ == "__main__":
    site = _Server(int(sys.argv[1]))
    print(site.server_address[1], flush=True)
    site.serve_forever()
