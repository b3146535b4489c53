"""Feed history: the page of a feed that holds older entries (RFC 5005)."""

from lxml import etree

from tasks.pure.urls.normalise import absolute

_RELATIONS = ("prev-archive", "next")
"""Archived feeds are read backwards by prev-archive, paged ones onwards by next (RFC 5005, 3 and 4)."""


def older_page(body: bytes, url: str) -> str | None:
    """The absolute URL of the page before this one in time; None: the feed names none."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    named: dict[str, str] = {}
    for link in root.iter("{*}link"):
        for relation in (link.get("rel") or "").lower().split():
            named.setdefault(relation, link.get("href") or "")
    written = next((named[relation] for relation in _RELATIONS if named.get(relation)), None)
    page = absolute(written, url) if written else None
    return page if isinstance(page, str) and page != url else None
