"""Syndication: who carries whose texts, how fast, and how much of them was changed."""

from datetime import timedelta

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.link import Precision
from tests.support.repository import ROOT
from tests.support.warehouse.batch_samples import NOON, article, batch, capture
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask
from warehouse.database.connection import Warehouse

WIRE = [f"word{number}" for number in range(200)]
QUERIES = (ROOT / "docs" / "how-to" / "queries.md").read_text().split("```")


def page(
    outlet: str, words: list[str], minutes: int, precision: Precision = Precision.SECOND
) -> tuple[Article, Capture]:
    its = capture(f"https://{outlet}.example/story")
    made = article(
        its,
        " ".join(words),
        source=outlet,
        title=f"The {outlet} tells of it",
        published_at=NOON - timedelta(hours=5) + timedelta(minutes=minutes),
        published_precision=precision,
        evidence=(),
    )
    return made, its


def test_a_source_that_carries_anothers_texts_is_told_with_its_delay_and_its_cuts(warehouse: Warehouse) -> None:
    agency = page("wire", ["LONDON", "(Reuters)", "-", *WIRE], 0)
    load_batch(warehouse, batch([page("quay", WIRE[:90], 30), agency, page("gazette", WIRE, 10)]), NOON)

    columns = "first_source, carried_by, texts, copies, cuts, median_share > 0.9, median_delay_s, agencies"
    assert ask(warehouse, f"SELECT {columns} FROM reports.syndication") == [
        ("wire", "gazette", 1, 1, 0, True, 600.0, ["Reuters"]),
        ("wire", "quay", 1, 0, 1, True, 1800.0, ["Reuters"]),
    ]


def test_a_day_without_a_time_tells_no_delay(warehouse: Warehouse) -> None:
    pages = [page("wire", WIRE, 0), page("quay", WIRE, 24 * 60, Precision.DAY)]
    load_batch(warehouse, batch(pages), NOON + timedelta(days=2))

    assert ask(warehouse, "SELECT texts, median_delay_s, fastest_s FROM reports.syndication") == [(1, None, None)]


def test_the_documented_query_for_wire_copy_finds_copies_under_another_headline(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch([page("wire", WIRE, 0), page("quay", WIRE[:120], 30)]), NOON)

    query = next(text for text in QUERIES if "GROUP BY coalesce(duplicate_of" in text).removeprefix("sql")
    [(sources, titles, agency)] = ask(warehouse, query)
    assert (sources, len(titles), agency) == (["quay", "wire"], 2, None)
