"""Feed history: the URL of the page with older entries."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.items.link import Dated, EntryFacts, Link, Precision
from schemas.sources.source import Source
from tasks.pure.feeds.history import older_page

AT = datetime(2026, 11, 20, tzinfo=UTC)


def link(number: int, source: str = "harbour", days: int = 0) -> Link:
    facts = EntryFacts(published=Dated(raw="…", at=AT - timedelta(days=days), precision=Precision.DAY))
    return Link(url=f"https://{source}.example/{number}", source=source, found_in="x", found_at=AT, entry=facts)


def source(slug: str, homepage: str) -> Source:
    return Source(slug=slug, name=slug, homepage=homepage, language="en", country="gb")


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ('<link rel="prev-archive" href="/feed/2"/>', "https://h.example/feed/2"),
        ('<atom:link rel="next" href="https://h.example/feed?p=2"/>', "https://h.example/feed?p=2"),
        ('<atom:link rel="next" href="/n"/><atom:link rel="prev-archive" href="/p"/>', "https://h.example/p"),
        ('<atom:link rel="next" href="https://h.example/feed"/>', None),
        ('<atom:link rel="next" href="javascript:alert(1)"/>', None),
        ("", None),
    ],
)
def test_a_feed_names_its_older_page(link: str, page: str | None) -> None:
    body = f'<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel>{link}<item/></channel></rss>'
    assert older_page(body.encode(), "https://h.example/feed") == page


def test_bytes_that_are_no_xml_name_no_older_page() -> None:
    assert older_page(b"\x00\x01 no feed", "https://h.example/feed") is None
    assert older_page(b"{}", "https://h.example/feed") is None
