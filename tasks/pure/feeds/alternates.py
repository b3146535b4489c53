"""Chooses the link of an entry's page among its alternates: other media types, languages and AMP forms."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PAGES = ("text/html", "application/xhtml+xml")
_NO_PAGE = re.compile(
    r"\.(?:json|xml|rss|atom|pdf|epub|docx?|txt|csv|ics|mp3|m4a|ogg|opus|wav|aac|mp4|m4v|mov|webm|mkv|jpe?g|png|gif|webp|avif|"
    r"svg|zip)(?:[?#]|$)|^https?://[^?#]*/(?:api|wp-json)/",
    re.IGNORECASE,
)
"""Addresses that a link without a media type gives to other things than pages."""
_AMP = re.compile(
    r"^https?://amp\.|[/.]amp/?(?:[?#]|$)|[?&](?:amp(?:=1|=true|=)?|outputType=amp)(?:&|#|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Alternate:
    """A link to the entry's text, relative to `base`. `media_type` and `language` as written; None: not stated."""

    href: str
    base: str | None = None
    media_type: str | None = None
    language: str | None = None


def best_first(alternates: Iterable[Alternate], language: str | None) -> list[Alternate]:
    """The alternates, the likeliest page first: HTML, XHTML and links without a type before all other types (RFC
    4287, 4.2.7.2 allows an alternate of each type and language), then those in the wanted `language`, then others
    than AMP, then those that state their type; otherwise in document order."""
    return sorted(alternates, key=lambda each: _rank(each, (language or "").partition("-")[0].lower()))


def _rank(link: Alternate, language: str) -> tuple[int, bool, bool, bool]:
    kind = (link.media_type or "").partition(";")[0].strip().lower()
    stated = (link.language or "").replace("_", "-").partition("-")[0].strip().lower()
    is_foreign = bool(language and stated) and stated not in (language, "x")
    return _kind_rank(kind, link.href), is_foreign, bool(_AMP.search(link.href)), not kind


def _kind_rank(kind: str, href: str) -> int:
    """0 for a page, 1 for other text, 2 for what no reader opens as an article. feedparser gives `text/html` to a
    link without a type, so the address counts too."""
    is_page_address = not _NO_PAGE.search(href)
    if is_page_address and (not kind or kind in _PAGES):
        return 0
    return 1 if kind in (*_PAGES, "text/plain") else 2
