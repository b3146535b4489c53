"""A query ends when an exception reaches the thread that asked: a timeout of Prefect, in whatever thread."""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from prefect.utilities.timeout import timeout

from schemas.errors import UsageError
from tests.support.repository import ROOT
from warehouse.database.session import Session, instance

ENDLESS = "SELECT count(*) FROM range(100000000000) AS numbers(n) WHERE hash(n) = 1"
MANY_ROWS = "SELECT n, n::VARCHAR AS text FROM range(1000000000) AS numbers(n)"


@pytest.fixture
def session() -> Iterator[Session]:
    opened = Session(instance("1GB", []), "testing")
    yield opened
    opened.close()


def seconds_until_timed_out(session: Session, query: str) -> float:
    begun = time.monotonic()
    with pytest.raises(TimeoutError), timeout(seconds=0.3):
        session.ask(query)
    return time.monotonic() - begun


@pytest.mark.parametrize("query", [ENDLESS, MANY_ROWS])
def test_a_timeout_in_the_main_thread_ends_a_query_as_a_timeout(session: Session, query: str) -> None:
    assert seconds_until_timed_out(session, query) < 5


def test_a_timeout_in_another_thread_ends_a_query_as_a_timeout(session: Session) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(seconds_until_timed_out, session, ENDLESS).result() < 5


def test_a_session_answers_after_a_query_was_ended(session: Session) -> None:
    seconds_until_timed_out(session, ENDLESS)
    assert session.ask("SELECT 1 AS one") == (["one"], [(1,)])


def test_more_rows_than_are_read_at_once_all_arrive_in_order(session: Session) -> None:
    assert session.ask("SELECT n FROM range(25000) AS numbers(n)")[1] == [(n,) for n in range(25_000)]


def test_an_error_of_a_query_is_raised_where_it_was_asked(session: Session) -> None:
    with pytest.raises(UsageError, match="no_such_table"):
        session.ask("FROM no_such_table")


OPENS_FIRST = """
import os, signal
from warehouse.database.session import instance

def expire(*_):
    global is_over
    is_over = True
    raise TimeoutError

def is_lost(delay_s):
    signal.signal(signal.SIGALRM, expire)
    try:
        signal.setitimer(signal.ITIMER_REAL, delay_s)
        instance("1GB", [])
        signal.setitimer(signal.ITIMER_REAL, 0)
    except TimeoutError:
        return False
    return is_over

is_over = False
for delay_s in (0.001, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5):
    child = os.fork()
    if child == 0:
        os._exit(is_lost(delay_s))
    print(delay_s, "lost" if os.waitpid(child, 0)[1] else "raised, or opened before")
"""


def test_a_timeout_while_a_process_opens_its_first_database_is_not_lost() -> None:
    told = subprocess.run([sys.executable, "-c", OPENS_FIRST], capture_output=True, text=True, cwd=ROOT, check=True)
    assert len(told.stdout.splitlines()) == 7
    assert "lost" not in told.stdout
