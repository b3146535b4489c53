"""Reads licences of Really Simple Licensing (RSL 1.0, rslstandard.org): which uses of a page they prohibit."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

TYPE = "application/rsl+xml"
_LINK = re.compile(r"<([^<>]{1,4096})>([^<]*)")
_PLAIN = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def link_of(values: tuple[str, ...]) -> str | None:
    """The licence that Link headers name: `<URL>; rel="license"; type="application/rsl+xml"`; None: none."""
    for value in values:
        for target, rest in _LINK.findall(value):
            words = rest.lower().replace('"', "").replace(" ", "")
            if "rel=license" in words and f"type={TYPE}" in words:
                return str(target)
    return None


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
