"""The index has what the reader file has: new versions, nothing forgotten, sources under their present names."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from schemas.runs.forget import ForgetResult
from tasks.pure.search import terms
from tasks.pure.search.query import parse_query
from tests.support.warehouse.batch_samples import NOON, batch_of, hours, urls
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import only_on_files
from tests.support.warehouse.reading import look, published
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.search.ask import Filters, IndexAnswer, ask
from warehouse.search.current import is_current
from warehouse.search.feed import Fed, catch_up, remove_articles
from warehouse.search.side_file import FILE
from warehouse.search.verify import verify
from warehouse.tables.rename_source import rename_source

pytestmark = only_on_files


class Desk:
    """A warehouse with its index."""

    def __init__(self, warehouse: Warehouse, folder: Path, engine: str = "") -> None:
        self.warehouse = warehouse
        self.folder = folder
        self.engine = engine

    def load(
        self, count: int, start: int = 0, text: str = "The ferry sails again.", run: str = "run-1", late: int = 0
    ) -> None:
        addresses = urls(count, start)
        loaded = batch_of(addresses, f"{run}-{start}-{late}", run, NOON + hours(late), text)
        load_batch(self.warehouse, loaded, NOON + hours(late))

    def feed(self, is_anew: bool = False) -> Fed:
        return catch_up(self.folder, published(self.warehouse), terms, is_anew=is_anew, engine=self.engine)

    def ask(self, query: str, limit: int = 100, filters: Filters | None = None) -> IndexAnswer:
        return ask(self.folder, terms, parse_query(query), filters or Filters(), limit)

    def is_whole(self) -> bool:
        return verify(self.folder, published(self.warehouse), terms, parse_query).is_good


@pytest.fixture(params=["fts5", "tantivy"])
def desk(warehouse: Warehouse, tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    return Desk(warehouse, tmp_path / "search", request.param)


def test_what_was_loaded_is_found_after_the_next_feed(desk: Desk) -> None:
    desk.load(3)
    assert desk.feed() == Fed(3)
    desk.load(2, 10, "The lighthouse is dark.", "run-2", 1)

    assert desk.feed() == Fed(2)
    assert len(desk.ask("again").hits) == 3
    assert len(desk.ask("lighthouse").hits) == 2
    assert desk.is_whole()


def test_a_feed_of_nothing_does_nothing(desk: Desk) -> None:
    desk.load(1)
    desk.feed()

    assert desk.feed() == Fed()


def test_an_index_is_current_until_the_reader_file_is_replaced(desk: Desk) -> None:
    reader = published(desk.warehouse)
    assert not is_current(desk.folder, reader, terms)
    catch_up(desk.folder, reader, terms)
    assert is_current(desk.folder, reader, terms)

    assert not is_current(desk.folder, published(desk.warehouse), terms)


def test_the_newest_version_is_found_and_the_others_when_asked_for(desk: Desk) -> None:
    desk.load(1)
    desk.feed()
    desk.load(1, text="The ferry stays in port.", run="run-2", late=1)
    desk.feed()

    assert [hit.version for hit in desk.ask("ferry").hits] == [2]
    assert not desk.ask('"sails again"').hits
    every = desk.ask("ferry", filters=Filters(is_all_versions=True)).hits
    assert sorted((hit.version, hit.is_newest) for hit in every) == [(1, False), (2, True)]


def test_a_load_that_bears_an_earlier_time_is_taken_too(desk: Desk) -> None:
    desk.load(1, late=200)
    desk.feed()
    desk.load(1, 5, run="run-2")

    assert desk.feed().added == 1
    assert desk.is_whole()


def test_removed_articles_leave_no_word_in_the_files(desk: Desk) -> None:
    desk.load(1, text="The clandestine zeppelin.")
    desk.load(2, 5)
    desk.feed()
    article = desk.ask("zeppelin").hits[0].article_id

    assert remove_articles(desk.folder, terms, [article]) == 1
    assert remove_articles(desk.folder, terms, [article]) == 0
    assert not desk.ask("zeppelin").hits
    assert len(desk.ask("ferry").hits) == 2
    assert b"zeppelin" not in b"".join(path.read_bytes() for path in desk.folder.rglob("*") if path.is_file())


def test_what_a_killed_forgetting_left_in_the_index_goes_with_the_next_feed(desk: Desk) -> None:
    desk.load(3)
    desk.feed()
    forget(desk.warehouse, uuid5(UUID(int=0), "asked"), urls(1)[0])

    assert desk.feed() == Fed(0, 1)
    assert len(desk.ask("ferry").hits) == 2
    assert desk.is_whole()


def test_articles_of_a_renamed_source_are_found_under_its_present_name(desk: Desk) -> None:
    desk.load(2)
    desk.feed()
    rename_source(desk.warehouse, "harbour", "port")

    assert desk.feed() == Fed()
    assert len(desk.ask("ferry", filters=Filters(sources=["port"])).hits) == 2
    assert not desk.ask("ferry", filters=Filters(sources=["harbour"])).hits
    assert desk.is_whole()


def test_an_index_of_another_version_is_made_anew_and_says_so(desk: Desk) -> None:
    desk.load(2)
    desk.feed()
    with sqlite3.connect(desk.folder / FILE) as file:
        file.execute("UPDATE index_state SET value = '0.0' WHERE name = 'version'")
    file.close()

    assert desk.feed() == Fed(
        2, notes=("the search index is made anew of 2 versions: it is of version 0.0, not 2.1",)
    )


def _overwrite(path: Path) -> None:
    path.write_bytes(b"no database at all" * 1000)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _without_words(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("DROP TABLE texts")
    file.close()


@pytest.mark.parametrize("damage", [_overwrite, _cut, _empty, _without_words])
def test_a_damaged_index_is_made_anew_and_says_so(desk: Desk, damage: Callable[[Path], None]) -> None:
    desk.load(2)
    desk.feed()
    damage(desk.folder / FILE)

    desk.load(1, 7, run="run-2", late=1)
    fed = desk.feed()

    assert fed.added == 3
    assert "made anew" in fed.notes[0]
    assert len(desk.ask("ferry").hits) == 3


def test_the_index_of_another_warehouse_is_made_anew(desk: Desk, own: Warehouse) -> None:
    desk.load(2)
    desk.feed()
    other = Desk(own, desk.folder, desk.engine)
    other.load(1, 50, "The lighthouse is dark.", "run-9")

    fed = other.feed()

    assert fed.added == 1
    assert "not the one that it was made from" in fed.notes[0]


def test_a_comparison_names_what_the_index_lacks_and_what_is_wrong(desk: Desk) -> None:
    desk.load(3)
    desk.feed()
    with sqlite3.connect(desk.folder / FILE) as file:
        file.execute("DELETE FROM docs WHERE doc_id = 1")
        file.execute("UPDATE docs SET is_newest = 0 WHERE doc_id = 2")
    file.close()

    found = verify(desk.folder, published(desk.warehouse), terms, parse_query)

    assert (found.lacking, found.beside, found.differing) == (1, 0, 1)
    assert not found.is_good


def test_a_comparison_finds_a_word_that_the_index_does_not_have(desk: Desk) -> None:
    desk.load(1, text="The clandestine zeppelin.")
    desk.feed()
    if desk.engine == "tantivy":
        shutil.rmtree(desk.folder / "tantivy")
    with sqlite3.connect(desk.folder / FILE) as file:
        file.execute("INSERT INTO words (words) VALUES ('delete-all')")
    file.close()

    found = verify(desk.folder, published(desk.warehouse), terms, parse_query)

    assert found.words_differing == ("clandestine",)


def forget(warehouse: Warehouse, forget_id: UUID, url: str) -> None:
    """The article's rows are gone, and the request is done: as a forgetting does that was killed then."""
    result = ForgetResult(forget_id=forget_id, articles=1, captures=1, rows_changed=1, at=NOON)

    def work(session: Session) -> None:
        session.script(
            f"CREATE TEMP TABLE kept AS SELECT * FROM main.article_versions WHERE url <> '{url}'; "
            "DELETE FROM main.article_versions; INSERT INTO main.article_versions BY NAME FROM kept; DROP TABLE kept"
        )
        session.bring(arrow_rows(ForgetResult, [result]))
        session.script("INSERT INTO ops.forget_results BY NAME FROM arriving")

    assert look(warehouse, f"SELECT count(*) FROM main.article_versions WHERE url = '{url}'") == [(1,)]
    warehouse.write("forget", work)
