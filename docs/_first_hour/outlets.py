"""Small outlets on loopback, one for each `….example` that a page names: every path answers.

A path that ends in `.xml` is a feed of four articles, `/` a page that links to the feed, and anything else an article
whose text says where it stands.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self

STORIES = ("ferry-keeps-its-early-boat", "library-opens-on-sundays", "bridge-closes-for-a-week", "a-story")
_PARAGRAPH = (
    "The {n} paragraph of the report on {words} says what the council of {host} decided on that evening, who spoke "
    "for it and who against it, what it will cost in the coming year, and when residents may read the papers."
)


class Outlets:
    """The outlets of these hosts on 127.0.0.1, on a port that the system picks, while the context is open."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self._hosts = sorted(hosts)

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Visit)
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def hosts(self) -> str:
        """For NEWSDESK_HOSTS."""
        return ",".join(f"{host}={self.allow}" for host in self._hosts)

    @property
    def allow(self) -> str:
        """For NEWSDESK_ALLOW_ADDRESSES."""
        return f"127.0.0.1:{self._server.server_address[1]}"


class _Visit(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        host, path = self.headers.get("Host", "").partition(":")[0], self.path.partition("?")[0]
        if path == "/robots.txt" or "sitemap" in path:
            self._send(404, "text/plain", "not here\n")
        elif path.endswith(".xml"):
            self._send(200, "application/rss+xml", _feed(host))
        elif path == "/":
            self._send(200, "text/html; charset=utf-8", _front(host))
        else:
            self._send(200, "text/html; charset=utf-8", _article(host, path))

    do_HEAD = do_GET

    def _send(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error."""


def _title(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].replace("-", " ").capitalize()


def _feed(host: str) -> str:
    now = datetime.now(UTC)
    entries = "".join(
        f"<item><title>{_title(story)}</title><link>http://{host}/news/{story}</link>"
        f"<pubDate>{now - timedelta(hours=hours):%a, %d %b %Y %H:%M:%S +0000}</pubDate></item>"
        for hours, story in enumerate(STORIES, 1)
    )
    return f'<rss version="2.0"><channel><title>{host}</title><link>http://{host}/</link>{entries}</channel></rss>'


def _front(host: str) -> str:
    links = "".join(f'<p><a href="/news/{story}">{_title(story)}</a></p>' for story in STORIES)
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    return f'<html lang="en"><head><title>{host}</title>{feed}</head><body><h1>{host}</h1>{links}</body></html>'


def _article(host: str, path: str) -> str:
    title = _title(path)
    numbers = ("first", "second", "third", "fourth", "fifth")
    text = "".join(f"<p>{_PARAGRAPH.format(n=n, words=title.lower(), host=host)}</p>" for n in numbers)
    return (
        f'<html lang="en"><head><title>{title} | {host}</title></head><body><article>'
        f'<h1 class="headline">{title}</h1><p class="byline">By <a href="/about/maren">Maren Holloway</a></p>'
        f'<div class="story">{text}</div></article></body></html>'
    )
