"""The report of how late the articles of each source were loaded."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.items.link import Precision
from schemas.runs.batch import BatchLedger
from schemas.runs.ledger import PollLimit
from tests.support.warehouse.batch_samples import article, batch, capture, feed_state, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask
from warehouse.database.connection import Warehouse

NOW = datetime.now(UTC).replace(microsecond=0)
MINUTE = timedelta(minutes=1)
SQL = "SELECT * EXCLUDE (next_poll_at) FROM reports.freshness"


def poll(warehouse: Warehouse, name: str, at: datetime, **changes: object) -> None:
    state = feed_state(at, run_id=name, fresh_within_s=900, poll_limit=PollLimit.PROMISE, **changes)
    load_batch(warehouse, batch([], name, run_id=name, ledger=BatchLedger(feed_states=(state,))), at)


def publish(warehouse: Warehouse, path: str, published_at: datetime, loaded_at: datetime, **changes: object) -> None:
    found = capture(f"https://harbour.example/{path}", loaded_at, f"run-{path}")
    one = article(found, f"The ferry of {path} sails again.", published_at=published_at, **changes)
    load_batch(warehouse, batch([(one, found)], path, run_id=f"run-{path}"), loaded_at)


def test_delays_are_those_of_articles_that_came_while_the_source_was_polled(warehouse: Warehouse) -> None:
    poll(warehouse, "first", NOW - hours(30))
    poll(warehouse, "last", NOW - hours(1), entries_missed=3, next_poll_at=NOW)
    publish(warehouse, "early", NOW - hours(20), NOW - hours(20) + 10 * MINUTE)
    publish(warehouse, "late", NOW - hours(20), NOW - hours(18))
    publish(warehouse, "before", NOW - hours(90), NOW - hours(29))
    publish(warehouse, "of-a-day", NOW - hours(20), NOW - hours(10), published_precision=Precision.DAY)
    late_s = pytest.approx(600 + 0.95 * 110 * 60)
    assert ask(warehouse, SQL) == [
        ("harbour", 900, 2, pytest.approx(65 * 60), late_s, 0.5, 3, 2, "promise"),
    ]


def test_a_source_without_an_article_has_its_promise_and_its_polls(warehouse: Warehouse) -> None:
    poll(warehouse, "first", NOW - hours(1), next_poll_at=NOW)
    assert ask(warehouse, SQL) == [("harbour", 900, 0, None, None, None, 0, 1, "promise")]


def test_a_poll_that_a_wrong_clock_dated_ahead_promises_nothing(warehouse: Warehouse) -> None:
    poll(warehouse, "first", NOW - hours(1))
    poll(warehouse, "ahead", NOW + hours(9000), next_poll_at=NOW + hours(9001))
    assert ask(warehouse, "SELECT next_poll_at FROM reports.freshness") == [(None,)]
