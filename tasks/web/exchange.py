"""The limits of a fetch, and its result."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Self

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.settings import Settings
from tasks.pure.http.headers import Headers

Turn = Callable[[str], AbstractContextManager[Refusal | None]]
"""Entered with the URL of each request: waits for its turn and yields None, or yields why nothing may
be sent. Left when the last byte is in."""
MIB = 1024 * 1024
BODY_BYTES = {UrlKind.ROBOTS: MIB // 2, UrlKind.FEED: 15 * MIB, UrlKind.SITEMAP: 50 * MIB, UrlKind.ARCHIVE: 8 * MIB}
PAGE_BYTES = 5 * MIB
"""Decoded bytes at most (docs/explanation/measured-facts.md, operating point); of an archive, the bytes of one
range."""
RANGE_S = 60.0
"""Deadline of one range of an archive, at a megabit a second; no turn may last longer (warehouse/hot/state.py)."""


class Limits(BaseModel):
    """The limits of one fetch. `total_s` counts resolving, connecting and all redirects, not the waiting
    for a turn; `body_bytes` counts decoded bytes. With `keeps_prefix` a longer body is cut there instead
    of being `too_large`."""

    model_config = ConfigDict(frozen=True)

    connect_timeout_s: float
    read_timeout_s: float
    total_s: float
    body_bytes: int
    redirects: int = 5
    keeps_prefix: bool = False

    @classmethod
    def for_kind(cls, kind: UrlKind, settings: Settings) -> Self:
        """The limits of what the URL is asked for."""
        deadlines = {
            UrlKind.ARTICLE: settings.article_deadline_s,
            UrlKind.SITEMAP: settings.sitemap_deadline_s,
            UrlKind.ARCHIVE: RANGE_S,
        }
        return cls(
            connect_timeout_s=settings.connect_timeout_s,
            read_timeout_s=settings.read_timeout_s,
            total_s=deadlines.get(kind, settings.feed_deadline_s),
            body_bytes=BODY_BYTES.get(kind, PAGE_BYTES),
            keeps_prefix=kind is UrlKind.ROBOTS,
        )


class Hop(BaseModel):
    """One redirect that was followed; its body was not read."""

    model_config = ConfigDict(frozen=True)

    url: str
    status: int
    headers: Headers
    request_headers: Headers
    sent_at: AwareDatetime
    elapsed_s: float


class Exchange(BaseModel):
    """The result of a fetch. `status` is None without a response, `request_headers` is empty if no request was
    sent. `final_url` is the URL of the last request, or the one that was refused;
    `elapsed_s` counts all requests, not the waiting for turns. Header values carry no raw control
    characters. A body with `truncated` (disconnect, time or length) is for the archive, never to be
    parsed unless the reason is ok; one that was too large is not kept at all. `is_lost`: the connection
    ended before the first byte of an answer."""

    model_config = ConfigDict(frozen=True)

    url: str
    final_url: str
    reason: Reason
    detail: str | None = None
    status: int | None = None
    headers: Headers = ()
    request_headers: Headers = ()
    body: bytes = b""
    wire_bytes: int = 0
    elapsed_s: float = 0.0
    sent_at: AwareDatetime
    not_before: AwareDatetime | None = None
    truncated: str | None = None
    hops: tuple[Hop, ...] = ()
    is_lost: bool = False


def without_body(exchange: Exchange) -> Exchange:
    """The exchange as it is archived where its body must not be kept (WARC-Truncated: unspecified)."""
    return exchange.model_copy(update={"body": b"", "truncated": "unspecified"})
