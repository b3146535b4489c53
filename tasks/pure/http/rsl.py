"""Reads licences of Really Simple Licensing (RSL 1.0, rslstandard.org): which uses of a page they prohibit."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

TYPE = "application/rsl+xml"
_LINK = re.compile(r"<([^<>]{1,4096})>([^<]*)")
_HEAD_BYTES = 512 * 1024
"""A licence further down a page is not looked for."""
_PLAIN = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def link_of(values: tuple[str, ...]) -> str | None:
    """The licence that Link headers name: `<URL>; rel="license"; type="application/rsl+xml"`; None: none."""
    for value in values:
        for target, rest in _LINK.findall(value):
            words = rest.lower().replace('"', "").replace(" ", "")
            if "rel=license" in words and f"type={TYPE}" in words:
                return str(target)
    return None


class OfPage(NamedTuple):
    """The licences that a page itself states: the URL of one, as written (None: none), and the XML of others."""

    link: str | None = None
    written: tuple[bytes, ...] = ()


def of_page(body: bytes) -> OfPage:
    """The licences of an HTML page: `<link rel="license" type="application/rsl+xml" href="…">`, and the texts of
    `<script type="application/rsl+xml">` (RSL 1.0, "Web Pages"). Of several links the first counts. Links to licences
    of another type, as those of Creative Commons, say nothing here."""
    head = body[:_HEAD_BYTES]
    if TYPE.encode() not in head.lower():
        return OfPage()
    try:
        root = etree.fromstring(head, etree.HTMLParser(no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return OfPage()
    named = [each for each in root.iter("link", "script") if _type(each) == TYPE] if root is not None else []
    links = (each.get("href", "").strip() for each in named if "license" in each.get("rel", "").lower().split())
    written = tuple((each.text or "").strip().encode() for each in named if each.tag == "script")
    return OfPage(next(filter(None, links), None), tuple(filter(None, written)))


def _type(element: etree._Element) -> str:
    return (element.get("type") or "").partition(";")[0].strip().lower()


def prohibited(body: bytes, url: str) -> tuple[str, ...]:
    """The uses (`ai-train`, `ai-input`, `search`, `all` …) that the licences for the URL prohibit or leave out of
    what they permit, sorted. Of several `content` elements the one with the longest matching `url` counts. Empty
    where none matches, and where the document cannot be read."""
    try:
        root = etree.fromstring(body, _PLAIN)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    best = max(_matching(root, url), key=lambda found: found[0], default=None)
    return tuple(sorted(set(_uses(best[1])))) if best else ()


def _matching(root: etree._Element, url: str) -> Iterator[tuple[int, etree._Element]]:
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    for content in root.iter("{*}content"):
        pattern = content.get("url") or "/"
        text = url if "://" in pattern else path
        words = [re.escape(word) for word in pattern.removesuffix("$").split("*")]
        if re.match(".*?".join(words) + ("$" if pattern.endswith("$") else ""), text):
            yield len(pattern), content


def _uses(content: etree._Element) -> Iterator[str]:
    for licence in content.iter("{*}license"):
        permitted = list(_words(licence, "permits"))
        yield from _words(licence, "prohibits")
        if permitted and "all" not in permitted and "ai-all" not in permitted:
            yield from ({"ai-train", "ai-input"} - set(permitted))


def _words(licence: etree._Element, name: str) -> Iterator[str]:
    for element in licence.iter(f"{{*}}{name}"):
        if (element.get("type") or "usage") == "usage":
            yield from (element.text or "").replace(",", " ").lower().split()
