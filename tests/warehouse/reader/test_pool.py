"""Sessions that wait: they follow what is published, and close behind it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schemas.errors import NewsdeskError, UsageError
from tests.support.warehouse.batch_samples import NOON, batch_of
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import url_of
from tests.support.warehouse.reading import published
from warehouse.database.connection import Warehouse
from warehouse.reader.pool import SESSIONS, ReaderPool

COUNT = "SELECT count(*) FROM main.articles"


def _count(pool: ReaderPool) -> int:
    with pool.session() as session:
        return int(session.ask(COUNT)[1][0][0])


def test_the_next_question_sees_what_was_published_and_the_one_under_way_does_not(home: Path) -> None:
    with Warehouse(url_of(home)) as warehouse:
        path = published(warehouse)
        pool = ReaderPool(path)
        with pool.session() as session:
            load_batch(warehouse, batch_of(["https://harbour.example/1"]), NOON)
            published(warehouse)
            assert session.ask(COUNT)[1] == [(0,)]
            assert _count(pool) == 1
            assert session.ask(COUNT)[1] == [(0,)]
        assert _count(pool) == 1
        pool.close()


def test_more_ask_at_once_than_there_are_sessions(home: Path) -> None:
    with Warehouse(url_of(home)) as warehouse:
        load_batch(warehouse, batch_of(["https://harbour.example/1"]), NOON)
        pool = ReaderPool(published(warehouse))
    with ThreadPoolExecutor(4 * SESSIONS) as threads:
        assert list(threads.map(lambda _: _count(pool), range(8 * SESSIONS))) == [1] * 8 * SESSIONS
    pool.close()


def test_every_session_is_shut_in(home: Path) -> None:
    with Warehouse(url_of(home)) as warehouse:
        pool = ReaderPool(published(warehouse))
    (home / "secret.csv").write_text("a\n1\n")
    held = [pool.session() for _ in range(SESSIONS)]
    for each in held:
        session = each.__enter__()
        with pytest.raises((UsageError, NewsdeskError)):
            session.ask(f"FROM read_csv('{home}/secret.csv')")
    for each in held:
        each.__exit__(None, None, None)
    pool.close()


def test_without_a_file_it_says_what_to_do(tmp_path: Path) -> None:
    pool = ReaderPool(tmp_path / "newsdesk.duckdb")
    with pytest.raises(NewsdeskError, match="newsdesk ingest"):
        _count(pool)
    assert pool.published_ns() == 0
