"""Feed history: the URL of the page that holds a feed's older entries (RFC 5005)."""

from lxml import etree

from tasks.pure.urls.normalise import absolute

_RELATIONS = ("prev-archive", "next")
"""Archived feeds link to older entries by `prev-archive` (RFC 5005, section 4), paged feeds by `next` (section 3)."""


def older_page(body: bytes, url: str) -> str | None:
    """The absolute URL of the page with the next older entries; None: the feed names none, or is not XML."""
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
