"""What names of sitemaps, CDX answers, crawl lists and feeds say of the past; and plans cut from links."""

import gzip
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import orjson
import pytest

from schemas.items.link import Dated, EntryFacts, Link, Precision
from schemas.items.outcome import Reason, Refusal
from schemas.runs.backfill_plan import Ground, Wanted
from schemas.sources.source import Source
from tasks.pure.backfill.ccnews_lists import read_crawl_list
from tasks.pure.backfill.chunks import LINKS_A_CHUNK, Owners, file_chunks, hours_of, link_chunks
from tasks.pure.backfill.wayback_cdx import Page, cdx_url, memento_url, months, read_cdx, stamp_of
from tasks.pure.feeds.history import older_page
from tasks.pure.urls.dated_paths import overlaps, period_of

AT = datetime(2026, 11, 20, tzinfo=UTC)


def day(year: int, month: int = 1, of: int = 1) -> datetime:
    return datetime(year, month, of, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "period"),
    [
        ("https://h.example/sitemap-2026-11.xml", (day(2026, 11), day(2026, 12))),
        ("https://h.example/sitemaps/2026/12.xml", (day(2026, 12), day(2027))),
        ("https://h.example/sitemap_20261120.xml", (day(2026, 11, 20), day(2026, 11, 21))),
        ("https://h.example/2026/11/20/ferry", (day(2026, 11, 20), day(2026, 11, 21))),
        ("https://h.example/archive-2025.xml.gz", (day(2025), day(2026))),
        ("https://h.example/sitemap-48213.xml", None),
        ("https://2026.example/sitemap.xml", (day(2026), day(2027))),
        ("https://h.example/20269931.xml", None),
        ("https://h.example/2026-02-31", None),
    ],
)
def test_a_name_tells_its_days(url: str, period: tuple[datetime, datetime] | None) -> None:
    assert period_of(url) == period


def test_a_period_overlaps_what_is_wanted_from_its_first_to_its_last_instant() -> None:
    november = (day(2026, 11), day(2026, 12))
    assert overlaps(november, day(2026, 11, 30), None)
    assert not overlaps(november, day(2026, 12), None)
    assert not overlaps(november, None, day(2026, 11))
    assert overlaps(None, day(2026), day(2026, 2))


def test_a_cdx_answer_is_read_with_its_resume_key() -> None:
    rows = [["timestamp", "original"], ["20240506070809", "http://h.example:80/a"], ["x", "http://h.example/b"]]
    page = read_cdx(orjson.dumps([*rows, [], ["com,example)/c 2024"]]))
    assert isinstance(page, Page)
    assert [(memento.url, memento.at) for memento in page.mementos] == [
        ("http://h.example/a", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC))
    ]
    assert page.resume_key == "com,example)/c 2024"


@pytest.mark.parametrize("body", [b"<html>sorry</html>", b'{"error": 1}', b"[1, 2]"])
def test_a_cdx_answer_that_is_no_table_is_refused(body: bytes) -> None:
    refusal = read_cdx(body)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.WRONG_TYPE


@pytest.mark.parametrize("body", [b"", b"[]", b'[["timestamp", "original"]]'])
def test_a_cdx_answer_with_nothing_lists_nothing(body: bytes) -> None:
    assert read_cdx(body) == Page((), None)


def test_a_cdx_question_ends_before_its_end() -> None:
    url = cdx_url("https://w.example", "h.example", day(2026, 11), day(2026, 12), "k 1")
    assert "to=20261130235959" in url
    assert "resumeKey=k+1" in url


def test_a_span_is_asked_for_month_by_month() -> None:
    spans = list(months(day(2025, 11, 20), day(2026, 1, 5)))
    assert spans == [
        (day(2025, 11, 20), day(2025, 12)),
        (day(2025, 12), day(2026)),
        (day(2026), day(2026, 1, 5)),
    ]


def test_a_memento_keeps_its_stamp() -> None:
    assert stamp_of(memento_url("https://w.example", "20240506070809", "http://h.example/a?b=1")) == "20240506070809"


def test_a_crawl_list_gives_the_files_of_the_days() -> None:
    names = [f"crawl-data/CC-NEWS/2026/11/CC-NEWS-202611{of:02}120000-00001.warc.gz" for of in (18, 19, 20, 21)]
    wanted = Wanted(ground=Ground.CCNEWS, since=day(2026, 11, 19), until=day(2026, 11, 21))
    assert read_crawl_list(gzip.compress("\n".join(names).encode()), wanted) == names[1:3]


def test_a_crawl_list_that_is_a_page_is_refused() -> None:
    assert isinstance(read_crawl_list(b"<html>", Wanted(ground=Ground.CCNEWS)), Refusal)


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


def link(number: int, source: str = "harbour", days: int = 0) -> Link:
    facts = EntryFacts(published=Dated(raw="…", at=AT - timedelta(days=days), precision=Precision.DAY))
    return Link(url=f"https://{source}.example/{number}", source=source, found_in="x", found_at=AT, entry=facts)


def test_links_are_cut_by_source_and_day_newest_first() -> None:
    links = [link(number, source, number // 10) for source in ("b", "a") for number in range(60)]
    chunks = list(link_chunks(uuid4(), links))
    assert [(chunk.source, chunk.count, chunk.label) for chunk in chunks] == [
        ("a", LINKS_A_CHUNK, "2026-11-16 to 2026-11-20"),
        ("a", 10, "2026-11-15"),
        ("b", LINKS_A_CHUNK, "2026-11-16 to 2026-11-20"),
        ("b", 10, "2026-11-15"),
    ]
    assert [chunk.number for chunk in chunks] == [1, 2, 3, 4]
    assert {each.url for chunk in chunks for each in chunk.link_list()} == {each.url for each in links}


def test_no_url_is_twice_in_a_chunk() -> None:
    old = [one.model_copy(update={"url": "https://h.example/a"}) for one in (link(1, "a", 1), link(2, "a", 9))]
    chunks = list(link_chunks(uuid4(), [link(3, "a", 5), *old]))
    assert [[each.url for each in chunk.link_list()].count("https://h.example/a") for chunk in chunks] == [1, 1]
    assert sum(chunk.count for chunk in chunks) == 3


def test_the_same_plan_gives_the_same_batches() -> None:
    plan = uuid4()
    first, second = (list(link_chunks(plan, [link(1), link(2)])) for _ in range(2))
    assert first == second


def test_a_file_is_cut_into_ranges_that_cover_it() -> None:
    chunks = list(file_chunks(uuid4(), [("file:///a.warc.gz", 25), ("file:///b.warc.gz", 10)], 10))
    ranges = [(chunk.file, chunk.first_byte, chunk.end_byte) for chunk in chunks]
    assert ranges == [
        ("file:///a.warc.gz", 0, 10),
        ("file:///a.warc.gz", 10, 20),
        ("file:///a.warc.gz", 20, 25),
        ("file:///b.warc.gz", 0, 10),
    ]


def test_domains_are_asked_side_by_side() -> None:
    links = [link(number, source) for source in ("a", "b") for number in range(720)]
    assert hours_of(links, 5.0) == 1.0


def source(slug: str, homepage: str) -> Source:
    return Source(slug=slug, name=slug, homepage=homepage, language="en", country="gb")


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://www.wave.example/de/harbour", "wave-de"),
        ("https://www.wave.example/en/harbour", "wave-en"),
        ("https://m.gazette.example/x", "gazette"),
        ("https://stranger.example/x", None),
    ],
)
def test_a_page_belongs_to_the_source_whose_home_page_it_lies_below(url: str, slug: str | None) -> None:
    sources = [
        source("wave-en", "https://www.wave.example/en/"),
        source("wave-de", "https://www.wave.example/de/"),
        source("gazette", "https://gazette.example/"),
    ]
    assert Owners(sources, takes_strangers=False).slug(url) == slug


def test_a_strangers_page_gets_a_slug_of_its_domain() -> None:
    assert Owners([], takes_strangers=True).slug("https://news.stranger.co.uk/x") == "stranger-co-uk"
