"""A newsroom on loopback, and a visitor who asks it one thing at a time."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPConnection

import pytest

from tasks.demo_site import Newsroom

OPENED_AT = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """What came back; `body` is decoded from gzip."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


Get = Callable[..., Answer]


def _ask(newsroom: Newsroom, url: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
    host, _, path = url.removeprefix("http://").partition("/")
    with closing(HTTPConnection("127.0.0.1", newsroom.port, timeout=10)) as connection:
        connection.request(method, f"/{path}", headers={"Host": host, **(headers or {})})
        response = connection.getresponse()
        body = response.read()
    if response.headers["Content-Encoding"] == "gzip":
        body = gzip.decompress(body)
    return Answer(response.status, response.headers, body)


@pytest.fixture
def opened_at() -> datetime:
    return OPENED_AT


@pytest.fixture
def newsroom(opened_at: datetime) -> Iterator[Newsroom]:
    with Newsroom(opened_at) as newsroom:
        yield newsroom


@pytest.fixture
def get(newsroom: Newsroom) -> Get:
    """`get(url, method="GET", headers=None)` at the newsroom."""
    return lambda url, method="GET", headers=None: _ask(newsroom, url, method, headers)
