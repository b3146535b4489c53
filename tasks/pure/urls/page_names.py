"""What names a page in its URL whatever section it stands in: its slug and its number."""

import re
from urllib.parse import unquote, urlsplit

from tasks.pure.urls.domains import host_of

_SLUG_CHARS = 8
_PARTS = re.compile(r"[/_.,;=&?]+")
_DAY = re.compile(r"(?:19|20)\d\d(?:\d\d){0,2}")
_NUMBER = re.compile(r"(?:^|[-~])(\d{5,})(?=[-~]|$)")
_MIXED = re.compile(r"(?=(?:[^\d]*\d){4})[0-9a-z][0-9a-z-]{11,}", re.IGNORECASE)


def slug_of(url: str) -> str | None:
    """The last part of the URL's path, without its file type, if it is long enough to name a page: at least eight
    characters, a letter among them."""
    end = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].rpartition(".html")
    slug = (end[0] or end[2]).lower()
    return slug if len(slug) >= _SLUG_CHARS and any(map(str.isalpha, slug)) else None


def names_in(url: str) -> frozenset[str]:
    """The slug and the numbers of a page: five digits or more that are no date (`bridge-47119`), or a key of at least
    twelve letters and digits with four digits in it (`Z59BAEC38-ADF2`)."""
    parts = urlsplit(url)
    places = [part for part in _PARTS.split(f"{parts.path}?{parts.query}") if part]
    numbers = {number for part in places for number in _NUMBER.findall(part) if not _DAY.fullmatch(number)}
    keys = {part.lower() for part in places if _MIXED.fullmatch(part) and not part.replace("-", "").isdigit()}
    slug = slug_of(url)
    return frozenset(numbers | keys | ({slug} if slug else set()))


def share_a_name(url: str, other: str) -> bool:
    """Whether both URLs are of one host and have the page's slug or number in common."""
    return host_of(url) == host_of(other) and bool(names_in(url) & names_in(other))
