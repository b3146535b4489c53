"""Reads from a feed's XML tree the fields that fastfeedparser drops: dates as written, bases, GUIDs, authors."""

import binascii
from base64 import b64decode
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from schemas.sources.listing import Format
from tasks.pure.feeds.raw import RawEntry, RawFeed, written
from tasks.pure.text.xml_repair import local_name

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_MEDIA_NS = "http://search.yahoo.com/mrss/"
_PUBLISHED = ("pubdate", "published", "issued", "date", "created")
_MODIFIED = ("updated", "modified", "lastbuilddate")
_PERIODS_S = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0, "monthly": 2592000.0, "yearly": 31536000.0}


def parse_tree(document: bytes, url: str) -> _Element | None:
    """The document's tree, parsed strictly and without network; None: it is not well-formed, has more than
    256 levels, or has a text over 10 MB (libxml2's limits)."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(document, parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError):
        return None


def read_tree(root: _Element, form: Format) -> RawFeed:
    """Head and entries of a feed. Categories, images and enclosures are left empty."""
    items = tuple(_entry(element) for element in root.iter("{*}entry" if form == "atom" else "{*}item"))
    head = root if form == "atom" else next(root.iter("{*}channel"), root)
    fields = _children(head)
    return RawFeed(
        format=form,
        parser="lxml",
        entries=items,
        title=_all_text(_first(fields, "title")),
        language=head.get(_LANG) or _text(_first(fields, "language")) or root.get(_LANG),
        hub=_hub(fields),
        poll_hint_s=_poll_hint_s(fields),
    )


def _entry(element: _Element) -> RawEntry:
    fields = _children(element)
    link, base = _link(fields, element)
    guid = _first(fields, "guid", "id")
    return RawEntry(
        title=_markup(_first(fields, "title")),
        summary=_markup(_first(fields, "description", "summary", "content", "encoded")),
        link=link,
        base=base,
        fallback_link=_permalink(guid) or element.get(_ABOUT),
        guid=_text(guid) or element.get(_ABOUT),
        published=_date(fields, _PUBLISHED),
        modified=_date(fields, _MODIFIED),
        language=element.get(_LANG) or _text(_first(fields, "language")),
        authors=tuple(_authors(fields)),
    )


def _children(element: _Element) -> list[tuple[str, _Element]]:
    """Children by local name in lower case. The element's own namespace comes before extensions that use
    the same names. Media RSS is left out: its title and description are those of the media file."""
    own = etree.QName(element).namespace
    children = [
        (etree.QName(child).namespace, child)
        for child in element
        if isinstance(child.tag, str) and not child.tag.startswith(f"{{{_MEDIA_NS}}}")
    ]
    children.sort(key=lambda known: known[0] != own)
    return [(local_name(child.tag), child) for _, child in children]


def _first(fields: list[tuple[str, _Element]], *names: str) -> _Element | None:
    """The first element that has text: in the order of `names`, then in document order."""
    found = (element for name in names for local, element in fields if local == name)
    return next((element for element in found if _all_text(element)), None)


def _text(element: _Element | None) -> str | None:
    return written(element.text) if element is not None else None


def _all_text(element: _Element | None) -> str | None:
    return written("".join(element.itertext())) if element is not None else None


def _markup(element: _Element | None) -> str | None:
    """An element's text with its markup; Atom 0.3 and 1.0 may encode it in base64."""
    if element is None:
        return None
    if len(element):
        whole: str = etree.tostring(element, encoding="unicode", with_tail=False)
        return written(whole[whole.index(">") + 1 : whole.rindex("<")])
    if element.get("mode") != "base64" and element.get("type") != "application/octet-stream":
        return _text(element)
    try:
        return b64decode(element.text or "").decode("utf-8", "replace")
    except binascii.Error:
        return None


def _date(fields: list[tuple[str, _Element]], names: tuple[str, ...]) -> str | None:
    return _text(_first(fields, *names))


def _link(fields: list[tuple[str, _Element]], element: _Element) -> tuple[str | None, str | None]:
    """The first alternate link, and the base that it is relative to. RSS writes the link as text, Atom as `href`."""
    links = [child for local, child in fields if local == "link"]
    plain = next((child for child in links if child.get("href") is None and _text(child)), None)
    if plain is not None:
        return _text(plain), plain.base
    for child in links:
        if "alternate" in (child.get("rel") or "alternate").lower().split() and written(child.get("href")):
            return written(child.get("href")), child.base
    return None, element.base


def _permalink(guid: _Element | None) -> str | None:
    """The GUID where it is a link: in RSS 2.0 always, unless `isPermaLink` is false."""
    if guid is None or local_name(guid.tag) != "guid" or guid.get("isPermaLink", "true").lower() != "true":
        return None
    return _text(guid)


def _authors(fields: list[tuple[str, _Element]]) -> Iterator[str]:
    for local, element in fields:
        if local in ("author", "creator"):
            name = _all_text(next(element.iter("{*}name"), None)) if len(element) else _text(element)
            if name:
                yield name


def _hub(fields: list[tuple[str, _Element]]) -> str | None:
    """URL of the WebSub hub that the feed names."""
    hubs = (child for local, child in fields if local == "link" and "hub" in (child.get("rel") or "").lower().split())
    return next((href for child in hubs if (href := written(child.get("href")))), None)


def _poll_hint_s(fields: list[tuple[str, _Element]]) -> float | None:
    """Seconds between two polls: RSS `ttl` (minutes), else the syndication module's period over its frequency."""
    ttl = _text(_first(fields, "ttl"))
    if ttl and ttl.isascii() and ttl.isdigit():
        return float(ttl[:9]) * 60
    period = _PERIODS_S.get((_text(_first(fields, "updateperiod")) or "").lower())
    frequency = _text(_first(fields, "updatefrequency")) or "1"
    if period is None or not (frequency.isascii() and frequency.isdigit()):
        return None
    return period / max(int(frequency[:6]), 1)
