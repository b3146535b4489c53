"""Feeds: what readers of feeds read is what the rows say, and nothing in them is live."""

from datetime import UTC, datetime
from uuid import UUID

import feedparser
import pytest
from lxml import etree

from tasks.pure.reports.exports.feed import SUMMARY_CHARS, rss

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROW = {
    "article_id": UUID(int=1),
    "title": "Ferry < bridge & tunnel",
    "canonical_url": "https://harbour.example/ferry?a=1&b=2",
    "dek": "It sails > again",
    "published_at": NOON,
    "authors": ["Ada Quay", "Bo Pier"],
    "section": "Harbour",
    "tags": ["ferry", "Harbour"],
    "source": "harbour",
}
HOSTILE = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]><script>", "<!--", "<svg/onload=1>")


def _items(*rows: dict[str, object]) -> list[feedparser.FeedParserDict]:
    read = feedparser.parse(rss("News", "All of it", "https://harbour.example/", NOON, rows))
    assert not read.bozo
    return list(read.entries)


def test_a_reader_gets_what_the_row_says() -> None:
    (item,) = _items(ROW)
    assert item.title == "Ferry < bridge & tunnel"
    assert item.link == "https://harbour.example/ferry?a=1&b=2"
    assert item.summary == "It sails &gt; again"
    assert item.id == "urn:uuid:00000000-0000-0000-0000-000000000001"
    assert item.published_parsed[:5] == (2026, 11, 23, 12, 0)
    assert [tag.term for tag in item.tags] == ["Harbour", "ferry"]
    assert [author.name for author in item.authors] == ["Ada Quay", "Bo Pier"]


def test_an_article_without_a_standfirst_begins_with_its_text() -> None:
    (item,) = _items({**ROW, "dek": None, "body": "The ferry sails.\n\n" + "word " * 400})
    assert item.summary.startswith("The ferry sails. word")
    assert len(item.summary) <= SUMMARY_CHARS + 2


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["title", "dek", "section", "source", "canonical_url"])
def test_no_text_of_a_row_is_an_element(field: str, text: str) -> None:
    feed = rss("News", "All", "https://harbour.example/", NOON, [{**ROW, field: text}])
    root = etree.fromstring(feed)
    known = {each.tag for each in etree.fromstring(rss("", "", "", NOON, [ROW])).iter()}
    assert {each.tag for each in root.iter()} <= known
    for tag in ("title", "description"):
        as_html = etree.HTML(f"<p>x{root.findtext(f'channel/item/{tag}')}</p>")
        assert [each.tag for each in as_html.iter()] == ["html", "body", "p"]


def test_a_link_that_is_no_web_address_is_left_out() -> None:
    (item,) = _items({**ROW, "canonical_url": "javascript:alert(1)"})
    assert "link" not in item


def test_a_feed_of_nothing_is_a_feed() -> None:
    assert _items() == []
