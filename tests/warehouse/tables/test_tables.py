"""The tables as readers see them: closed columns name their values; sources, authors and links have names."""

from enum import StrEnum
from typing import get_args

from pydantic import BaseModel

from schemas.history.rows import SourceFileState
from schemas.items.article import OutLink
from tests.support.warehouse.batch_samples import NOON, article, batch, batch_of, capture, hours, run, urls
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask, published
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_run
from warehouse.reader.queries import answer_rows
from warehouse.tables.tables import TABLES, VIEWS

COMMENTS = """
SELECT concat(schema_name, '.', table_name), column_name, comment FROM duckdb_columns()
WHERE schema_name IN ('main', 'ops') AND NOT internal
"""


def closed_columns(row: type[BaseModel]) -> dict[str, list[str]]:
    """Columns whose values are a closed set, with these."""
    found: dict[str, list[str]] = {}
    for name, field in row.model_fields.items():
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, StrEnum):
                found[name] = [each.value for each in part]
    return found


def state(name: str, at_hours: float, run_id: str) -> SourceFileState:
    """What the file of the source `harbour` says."""
    return SourceFileState(
        slug="harbour",
        name=name,
        country="gb",
        language="en",
        homepage="https://harbour.example/",
        at=NOON + hours(at_hours),
        run_id=run_id,
    )


def test_closed_columns_name_their_values_in_their_comments(warehouse: Warehouse) -> None:
    comments = {(table, column): text for table, column, text in answer_rows(published(warehouse), COMMENTS).rows}
    told = {}
    for table in (*TABLES, *VIEWS):
        for column, values in closed_columns(table.row).items():
            _, _, after = comments[table.full_name, column].rpartition("Values: ")
            assert after.removesuffix(".").split(", ") == values, (table.full_name, column)
            told[table.full_name, column] = values
    assert len(told) > 15
    assert told["main.articles", "completeness"][:2] == ["full", "teaser"]


def test_closed_fields_within_a_struct_are_named(warehouse: Warehouse) -> None:
    named = f"({COMMENTS}) AS told(place, field, comment)"
    sql = f"SELECT comment FROM {named} WHERE place = 'main.articles' AND field = 'evidence'"
    [[comment]] = answer_rows(published(warehouse), sql).rows
    assert "Values of origin: json_ld, meta, time_element, feed, sitemap, url, text." in comment
    assert "Values of precision: second, day." in comment


def test_a_source_has_its_last_name_and_its_first_fetch(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(1)), NOON)
    for number, name in enumerate(("Harbour", "Harbour", "Harbour Gazette"), 1):
        load_run(warehouse, run(f"run-{number}"), [state(name, number, f"run-{number}")])

    rows = ask(warehouse, "SELECT slug, name, country, language, homepage, since FROM main.sources")
    assert rows == [("harbour", "Harbour Gazette", "gb", "en", "https://harbour.example/", NOON)]
    assert ask(warehouse, "SELECT run_id FROM ops.source_states ORDER BY at_utc") == [("run-1",), ("run-3",)]


def test_a_source_without_a_fetch_is_there_since_its_first_run(warehouse: Warehouse) -> None:
    load_run(warehouse, run("run-1"), [state("Harbour", 1, "run-1")])
    assert ask(warehouse, "SELECT since FROM main.sources") == [(NOON + hours(1),)]


def test_authors_and_links_are_those_of_the_latest_version(warehouse: Warehouse) -> None:
    url = "https://news.harbour.co.uk/ferry"
    links = ("https://www.harbour.co.uk/times", "https://sub.boats.example/a", "https://mole.github.io/x")
    first, later = capture(url), capture(url, NOON + hours(6), "run-2")
    load_batch(warehouse, batch([(article(first), first)], "a"), NOON)
    read = article(later, "Sails at noon again.", authors=("Bo Pier",), links_out=tuple(map(link, links)))
    load_batch(warehouse, batch([(read, later)], "b", run_id="run-2"), NOON)

    assert ask(warehouse, "SELECT position, name FROM main.article_authors") == [(1, "Bo Pier")]
    assert ask(warehouse, "SELECT position, url, domain, is_external FROM main.article_links ORDER BY position") == [
        (1, links[0], "harbour.co.uk", False),
        (2, links[1], "boats.example", True),
        (3, links[2], "mole.github.io", True),
    ]
    assert ask(warehouse, "SELECT DISTINCT article_id FROM main.article_links") == [(read.article_id,)]


def test_authors_have_the_order_of_the_page(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(1)), NOON)
    rows = ask(warehouse, "SELECT position, name FROM main.article_authors ORDER BY position")
    assert rows == [(1, "Ada Quay"), (2, "Bo Pier")]


def link(url: str) -> OutLink:
    return OutLink(url=url, text="there")
