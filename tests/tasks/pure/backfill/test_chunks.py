"""Chunks: plans cut from links and from files."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from schemas.items.link import Dated, EntryFacts, Link, Precision
from schemas.sources.source import Source
from tasks.pure.backfill.chunks import LINKS_A_CHUNK, Owners, file_chunks, hours_of, link_chunks

AT = datetime(2026, 11, 20, tzinfo=UTC)


def link(number: int, source: str = "harbour", days: int = 0) -> Link:
    facts = EntryFacts(published=Dated(raw="…", at=AT - timedelta(days=days), precision=Precision.DAY))
    return Link(url=f"https://{source}.example/{number}", source=source, found_in="x", found_at=AT, entry=facts)


def source(slug: str, homepage: str) -> Source:
    return Source(slug=slug, name=slug, homepage=homepage, language="en", country="gb")


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
