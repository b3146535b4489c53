"""Reads from a feed's XML tree the fields that fastfeedparser drops: dates as written, bases, GUIDs, authors."""

import binascii
from base64 import b64decode
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from schemas.sources.listing import Format
from tasks.pure.feeds.alternates import Alternate
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
    plain = next((child for local, child in fields if local == "link" and _is_plain(child)), None)
    guid = _first(fields, "guid", "id")
    return RawEntry(
        title=_markup(_first(fields, "title")),
        summary=_markup(_first(fields, "description", "summary", "content", "encoded")),
        link=_text(plain),
        base=element.base if plain is None else plain.base,
        alternates=tuple(_alternates(fields)),
        fallback_links=tuple(_permalinks(fields, element)),
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


def _is_plain(link: _Element) -> bool:
    """Whether a link is written as text, as RSS does; Atom writes it as `href`."""
    return link.get("href") is None and _text(link) is not None


def _alternates(fields: list[tuple[str, _Element]]) -> Iterator[Alternate]:
    for local, child in fields:
        href = written(child.get("href"))
        if local == "link" and href and "alternate" in (child.get("rel") or "alternate").lower().split():
            yield Alternate(href, child.base, child.get("type"), child.get("hreflang"))


def _permalinks(fields: list[tuple[str, _Element]], element: _Element) -> Iterator[str]:
    """The GUIDs, the surest links first: in RSS 2.0 one is a link unless `isPermaLink` is false, in Atom perhaps."""
    guids = [child for local, child in fields if local in ("guid", "id") and _text(child)]
    guids.sort(key=lambda guid: guid.get("isPermaLink", "true").strip().lower() == "false")
    yield from (text for guid in guids if (text := _text(guid)))
    if about := element.get(_ABOUT):
        yield about


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
