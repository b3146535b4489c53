"""The hot state on a PostgreSQL server: what only such a one can meet."""

import subprocess
from contextlib import closing
from itertools import count

import pytest

from schemas.errors import RefusedError, SettingsError, TemporaryError
from schemas.items.outcome import Reason, Refusal
from tests.support.warehouse.services import create_database, free_port
from warehouse.hot import postgres as hot_postgres
from warehouse.hot.postgres import PostgresStore, url_of
from warehouse.hot.state import HotState

NOW = 1_800_000_000.0
NUMBERS = count(1)


@pytest.fixture
def words(server: str) -> str:
    """An empty database."""
    return create_database(server, f"hot{next(NUMBERS)}")


def ask(words: str, sql: str) -> str:
    """What psql says."""
    return subprocess.run(
        ["psql", "-qXtA", "-d", words, "-c", sql], check=True, capture_output=True, text=True
    ).stdout


def cut_all(words: str) -> None:
    """The server ends every session of ours."""
    ask(words, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'newsdesk'")


def test_a_connection_that_was_lost_is_made_again(words: str) -> None:
    with closing(HotState(PostgresStore(words))) as hot:
        assert hot.take_turn("one.example", 2.0, "a", NOW) == 0.0
        cut_all(words)
        assert hot.take_turn("one.example", 2.0, "b", NOW) > 0


def test_a_transaction_that_is_cut_in_the_midst_keeps_nothing(words: str) -> None:
    values = {"host": "h", "until": NOW, "reason": Reason.DNS_ERROR, "detail": None}

    def cut_in_the_midst(store: PostgresStore) -> None:
        with store.transaction("testing", "h") as rows:
            rows("upsert_down_host", **values)
            cut_all(words)
            rows("upsert_down_host", **values)

    with closing(PostgresStore(words)) as store:
        with pytest.raises(TemporaryError):
            cut_in_the_midst(store)
        with store.reading() as rows:
            assert rows("select_down_host", host="h", now=0.0) == []


def test_who_sleeps_within_a_transaction_shuts_others_out_for_a_while_only(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hot_postgres, "IDLE_S", 1.0)

    def sleep(sleeper: PostgresStore, hot: HotState) -> None:
        with sleeper.transaction("sleeping", "one.example") as rows:
            assert hot.take_turn("one.example", 2.0, "a", NOW) == 0.0
            rows("select_runs")

    with closing(PostgresStore(words)) as sleeper, closing(HotState(PostgresStore(words))) as hot:
        with pytest.raises(TemporaryError):
            sleep(sleeper, hot)
        assert hot.take_turn("two.example", 2.0, "a", NOW) == 0.0


def test_domains_do_not_wait_for_each_other(words: str) -> None:
    with (
        closing(PostgresStore(words)) as store,
        closing(HotState(PostgresStore(words))) as hot,
        store.transaction("holding", "one.example"),
    ):
        assert hot.take_turn("two.example", 2.0, "a", NOW) == 0.0


def test_text_that_postgres_does_not_hold_is_kept_without_it(words: str) -> None:
    with closing(HotState(PostgresStore(words))) as hot:
        hot.keep_down("h", NOW, Refusal(reason=Reason.DNS_ERROR, detail="a\0b"))
        assert hot.down("h", NOW - 1) == Refusal(reason=Reason.DNS_ERROR, detail="a\ufffdb")


def test_a_server_that_is_not_there_is_a_temporary_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hot_postgres, "TRIES", 1)
    with pytest.raises(TemporaryError, match="is it up"):
        PostgresStore(f"host=127.0.0.1 port={free_port()} user=nobody dbname=none")


def test_a_database_that_is_not_there_is_refused(server: str) -> None:
    with pytest.raises(RefusedError, match="nowhere"):
        PostgresStore(server.replace("dbname=postgres", "dbname=nowhere"))


def test_the_servers_clock_is_told(words: str) -> None:
    with closing(HotState(PostgresStore(words))) as hot:
        said = float(ask(words, "SELECT extract(EPOCH FROM now())"))
        assert hot.clock_s() == pytest.approx(said, abs=5)


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("host=db dbname=news", "postgresql://?host=db&dbname=news"),
        ("host='/var/run/a b' user=me", "postgresql://?host=%2Fvar%2Frun%2Fa+b&user=me"),
        ("host=db connect_timeout=3", "postgresql://?host=db"),
        ("postgresql://me@db/news", "postgresql://me@db/news"),
    ],
)
def test_libpq_words_become_a_url(words: str, url: str) -> None:
    assert url_of(words) == url


def test_words_that_are_none_are_told_without_showing_them() -> None:
    with pytest.raises(SettingsError) as caught:
        url_of("dbname news hush-hush")
    assert "hush-hush" not in str(caught.value)
