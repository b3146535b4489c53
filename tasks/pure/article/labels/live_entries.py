"""Entries of a live blog on a page: blocks with a time of day each, or named as entries."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from tasks.pure.article.labels.marks import CLOCK, LIVE_CLASS, LIVE_URL
from tasks.pure.article.labels.phrase_book import phrase_book
from tasks.pure.text.clean import one_line
from tasks.pure.urls.domains import host_of

ENTRIES_AT_LEAST = 4
_CLOCK_TAGS = frozenset(("time", "span", "p", "div", "h2", "h3", "h4", "h5", "strong", "b", "dt", "td"))
_BESIDE = frozenset(("aside", "nav", "footer", "form"))
_HEAD_CHARS = 200


def says_live(heads: Sequence[str], url: str) -> str | None:
    """What the titles or the path of the URL say of a live blog; None: nothing. A headline about live blogs says it,
    too: only entries make a page one."""
    for head in heads:
        if found := phrase_book().first("liveblog.titles", head[:_HEAD_CHARS]):
            return found.at("title")
    path = url.lower().partition(host_of(url) or url)[2]
    named = LIVE_URL.search(path)
    return f"url: {named[0]!r}" if named else None


def live_entries(shown: Sequence[HtmlElement]) -> str | None:
    """At least four entries of a live blog, as evidence. Comments and lists of other articles have times, too."""
    named = sum(bool(LIVE_CLASS.search((node.get("class") or "").lower())) for node in shown)
    if named >= ENTRIES_AT_LEAST:
        return f"structure: {named} elements named as entries"
    timed = sum(_is_clock(node) for node in shown)
    return f"structure: {timed} entries with a time of day" if timed >= ENTRIES_AT_LEAST else None


def _is_clock(node: HtmlElement) -> bool:
    if node.tag not in _CLOCK_TAGS or len(node):
        return False
    text = one_line(node.text or "")
    if len(text) > 30 or not CLOCK.fullmatch(text):
        return False
    around = list(node.iterancestors())
    return not any(one.tag in _BESIDE or one.tag == "a" or "comment" in (one.get("class") or "") for one in around)
