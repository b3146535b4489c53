"""Reports that count articles: attention, rising terms, authors, links, completeness, quality and delays."""

from datetime import datetime, timedelta
from typing import Any

from schemas.history.rows import SourceFileState
from schemas.items.article import Article, Completeness, OutLink
from schemas.items.capture import Capture
from schemas.runs.batch import BatchLedger
from tests.support.warehouse.batch_samples import NOON, article, batch, capture, feed_state, hours, run
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask
from tests.support.warehouse.story_samples import hash_of
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_run


def page(number: int, source: str = "harbour", at: datetime = NOON, **changes: Any) -> tuple[Article, Capture]:
    its = capture(f"https://{source}.example/{number}", at)
    its = its.model_copy(update={"link": its.link.model_copy(update={"source": source})})
    fields = {"source": source, "published_at": at, "body_hash": hash_of(f"{source}{number}"), "evidence": ()}
    return article(its, f"A text of its own, {source} {number}.", **(fields | changes)), its


def test_attention_is_the_share_of_the_days_articles(warehouse: Warehouse) -> None:
    pages = [page(1, section="city"), page(2), page(3, "quay", section="city"), page(4, at=NOON - timedelta(days=1))]
    load_batch(warehouse, batch(pages), NOON)

    rows = ask(
        warehouse,
        "SELECT kind, name, articles, round(share, 2), articles_of_day FROM reports.attention "
        "WHERE day = DATE '2026-11-23' ORDER BY kind, name",
    )
    assert rows == [
        ("language", "en", 3, 1.0, 3),
        ("section", "city", 2, 0.67, 3),
        ("section", None, 1, 0.33, 3),
        ("source", "harbour", 2, 0.67, 3),
        ("source", "quay", 1, 0.33, 3),
    ]


def test_a_term_rises_that_headlines_of_several_sources_have_more_often_than_before(warehouse: Warehouse) -> None:
    before = [page(n, at=NOON - timedelta(days=1 + n % 20), title="Council meets at harbour") for n in range(40)]
    rising = [page(100 + n, "quay" if n else "pier", title="Storm hits harbour") for n in range(4)]
    usual = [page(200 + n, title="Council meets") for n in range(4)]
    load_batch(warehouse, batch([*before, *rising, *usual]), NOON)

    columns = "term, texts, sources, share, share_before, ratio"
    assert ask(warehouse, f"SELECT {columns} FROM reports.rising_terms WHERE day = DATE '2026-11-23'") == [
        ("hits", 4, 2, 0.5, 0.0, 5.0),
        ("storm", 4, 2, 0.5, 0.0, 5.0),
    ]


def test_without_earlier_days_nothing_rises(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch([page(n, f"s{n}", title="Storm hits harbour") for n in range(5)]), NOON)

    assert ask(warehouse, "SELECT count(*) FROM reports.rising_terms") == [(0,)]


def test_an_author_has_articles_and_sections_at_a_source(warehouse: Warehouse) -> None:
    pages = [
        page(1, at=NOON - timedelta(days=40), authors=("Ada Quay",), section="city"),
        page(2, authors=("Ada Quay", "Bo Pier"), title="Newest"),
        page(3, "quay", authors=("Ada Quay",)),
    ]
    load_batch(warehouse, batch(pages), NOON)

    columns = "name, source, articles, articles_28d, sections, last_title"
    assert ask(warehouse, f"SELECT {columns} FROM reports.authors") == [
        ("Ada Quay", "harbour", 2, 1, ["city"], "Newest"),
        ("Ada Quay", "quay", 1, 1, [], "Ferry sails"),
        ("Bo Pier", "harbour", 1, 1, [], "Newest"),
    ]


def test_a_cited_domain_is_named_by_the_source_that_is_at_home_there(warehouse: Warehouse) -> None:
    links = (
        OutLink(url="https://harbour.example/own", text="own"),
        OutLink(url="https://news.quay.example/a", text="the Quay"),
        OutLink(url="https://quay.example/b", text=None),
        OutLink(url="https://gov.example/law", text="law"),
    )
    load_batch(warehouse, batch([page(1, links_out=links), page(2, links_out=())]), NOON)
    load_run(warehouse, run(), [file_state("quay", "https://www.quay.example/")])

    columns = "source, domain, cited_source, articles, links, share_of_articles, last_url, last_text"
    assert ask(warehouse, f"SELECT {columns} FROM reports.cited_domains") == [
        ("harbour", "gov.example", None, 1, 1, 0.5, "https://gov.example/law", "law"),
        ("harbour", "quay.example", "quay", 1, 2, 0.5, "https://quay.example/b", None),
    ]


def test_what_articles_have_is_told_by_day_and_by_source(warehouse: Warehouse) -> None:
    pages = [
        page(1, section="city"),
        page(2, completeness=Completeness.PAYWALLED, authors=(), published_at=None, published_precision=None),
        page(3, at=NOON - timedelta(days=40), completeness=Completeness.TEASER),
        page(4, completeness=Completeness.LIVEBLOG),
    ]
    load_batch(warehouse, batch(pages), NOON)

    columns = (
        "articles, full_articles, teaser_articles, paywalled_articles, other_articles, round(share_paywalled, 2)"
    )
    assert ask(warehouse, f"SELECT {columns} FROM reports.completeness_per_day") == [
        (3, 1, 0, 1, 1, 0.33),
        (1, 0, 1, 0, 0, 0.0),
    ]
    shares = "share_full, share_paywalled, share_teaser, share_dated, share_with_author, share_with_section"
    rounded = ", ".join(f"round({share}, 2)" for share in shares.split(", "))
    assert ask(warehouse, f"SELECT articles, {rounded}, share_copies FROM reports.source_quality") == [
        (3, 0.33, 0.33, 0.0, 0.67, 0.67, 0.33, 0.0)
    ]


def test_a_delay_runs_from_publication_to_row_and_leaves_out_what_was_before_the_first_poll(
    warehouse: Warehouse,
) -> None:
    ledger = BatchLedger(feed_states=(feed_state(NOON - hours(3)),))
    pages = [page(1), page(2, at=NOON - hours(2)), page(3, at=NOON - hours(50))]
    load_batch(warehouse, batch(pages), NOON + hours(0.5))
    load_batch(warehouse, batch([], "polls", ledger=ledger), NOON)

    columns = "day::VARCHAR, source, articles, delay_median_s, share_within_1h"
    assert ask(warehouse, f"SELECT {columns} FROM reports.publication_delays") == [
        ("2026-11-23", "harbour", 2, 5400.0, 0.5)
    ]


def file_state(slug: str, homepage: str) -> SourceFileState:
    said = {"name": slug, "country": "gb", "language": "en", "homepage": homepage, "places": ()}
    return SourceFileState(slug=slug, at=NOON, run_id="run-1", **said)
