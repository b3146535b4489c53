"""The links of a page: target, text, and the part of the page that each stands in."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from schemas.items.outcome import Refusal
from tasks.pure.page.parse import Page
from tasks.pure.text.clean import TITLE_CHARS, one_line
from tasks.pure.urls.normalise import absolute

LINKS_AT_MOST = 20_000
"""A large newspaper's front page has about 1,000."""
_HEADINGS = ("h1", "h2", "h3", "h4")
_FRAME = frozenset({"nav", "footer", "aside"})
_FRAME_ROLES = frozenset({"navigation", "contentinfo", "complementary", "search", "menu", "menubar"})
_HIGH = 60
"""Number of ancestors that are checked."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """`url` is absolute, http or https. `text` is the heading in the link where it holds one, else all
    of it, `""` for a picture. `is_heading`: the text is one. `rel` in lower case."""

    url: str
    text: str
    rel: frozenset[str]
    is_heading: bool
    is_in_frame: bool


def page_links(page: Page) -> Iterator[PageLink]:
    """The http(s) links of the page in document order, at most 20,000; links to a place in
    the same page and broken links are left out."""
    for count, node in enumerate(page.tree.iter("a")):
        if count == LINKS_AT_MOST:
            return
        href = (node.get("href") or "").strip()
        url = absolute(href, page.base_url) if href and href[0] != "#" else None
        if isinstance(url, str):
            yield _link(node, url)


def page_alternates(page: Page) -> Iterator[tuple[str, str, str]]:
    """URL, media type and title of each `<link rel=alternate>`, in document order."""
    for node in page.tree.iter("link"):
        rel = (node.get("rel") or "").lower().split()
        url = absolute(node.get("href") or "", page.base_url) if node.get("href") and "alternate" in rel else None
        if url is not None and not isinstance(url, Refusal):
            media_type = (node.get("type") or "").partition(";")[0].strip().lower()
            yield url, media_type, one_line((node.get("title") or "")[:TITLE_CHARS])


def _link(node: HtmlElement, url: str) -> PageLink:
    heading = next(node.iter(*_HEADINGS), None)
    text = _text(node if heading is None else heading)
    above = [each for each, _ in zip(node.iterancestors(), range(_HIGH), strict=False)]
    return PageLink(
        url=url,
        text=text,
        rel=frozenset((node.get("rel") or "").lower().split()),
        is_heading=bool(text) and (heading is not None or any(each.tag in _HEADINGS for each in above)),
        is_in_frame=any(_is_frame(each) for each in above),
    )


def _text(node: HtmlElement) -> str:
    return one_line(" ".join(node.itertext())[: TITLE_CHARS * 4])[:TITLE_CHARS]


def _is_frame(node: HtmlElement) -> bool:
    return node.tag in _FRAME or (node.get("role") or "").lower() in _FRAME_ROLES
