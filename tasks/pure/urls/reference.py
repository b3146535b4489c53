"""What a person writes to name an article: an id or its beginning, a URL with or without a scheme, or words of the
headline."""

import re
from urllib.parse import unquote

from schemas.history.article_texts import Reference, Spelling
from schemas.items.unspaced_scripts import words_of
from tasks.pure.urls.domains import host_of
from tasks.pure.urls.normalise import canonical_form

_ID = re.compile(r"(?=.{8,36}$)[0-9a-f]{8}(?:-[0-9a-f]{0,4}){0,3}(?:-[0-9a-f]{0,12})?", re.IGNORECASE)
"""A UUID, or as much of its beginning as tells articles apart: the first group of digits."""
_HOST = re.compile(r"(?:localhost|[^\s/:?#@]+\.[^\s/:?#@.]{2,}|[\d.]+)(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
"""A host name with a dot or an address, and what may follow it: a URL without its scheme."""
SCHEMES = ("https://", "http://", "https://www.", "http://www.")
"""What is tried before a URL that has no scheme, in this order."""


def reference(text: str) -> Reference:
    """The text as names of an article; every text has words or is an id or a URL."""
    text = text.strip()
    if _ID.fullmatch(text):
        return Reference(text, id_start=text.lower())
    if "://" in text:
        return _of_urls(text, [text])
    if _HOST.fullmatch(text.removeprefix("//")):
        return _of_urls(text, [scheme + text.removeprefix("//") for scheme in SCHEMES])
    return Reference(text, words=tuple(dict.fromkeys(words_of(text))))


def _of_urls(text: str, urls: list[str]) -> Reference:
    after = unquote(urls[0].partition("://")[2].partition("/")[2])
    words = tuple(dict.fromkeys(word for word in words_of(after) if len(word) > 2))
    spellings = tuple(Spelling(url, canonical_form(url) or url) for url in urls)
    return Reference(text, urls=spellings, host=_host(urls[0]), words=words)


def _host(url: str) -> str | None:
    """The host without `www.`; None: the URL has none that can be read."""
    try:
        return host_of(url).removeprefix("www.") or None
    except ValueError:
        return None
