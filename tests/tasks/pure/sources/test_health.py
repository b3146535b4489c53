"""Health: a source's recent polls and articles against what its file expects."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.items.finding import Severity
from schemas.runs.status import SourceLine
from schemas.sources.source import Expect, Source
from tasks.pure.sources.health import HEALTH_CODES, all_findings, assess

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def source(slug: str = "gazette", band: tuple[int, int] = (0, 100)) -> Source:
    return Source(
        slug=slug,
        name=slug,
        homepage="https://gazette.example/",
        language="en",
        country="gb",
        expect=Expect(articles_per_day=band),
    )


def line(**changes: Any) -> SourceLine:
    """A healthy source: polled an hour ago, with as many articles as the week before."""
    well = {
        "source": "gazette",
        "last_run_id": "r",
        "last_at": NOW - timedelta(hours=1),
        "last_feed_ok_at": NOW - timedelta(hours=1),
        "feeds_ok": 2,
        "feeds_failing": 0,
        "articles": 300,
        "articles_24h": 20,
        "articles_7d": 140,
        "articles_7d_before": 140,
    }
    return SourceLine.model_validate(well | changes)


FAILING = {"feeds_ok": 0, "feeds_failing": 1, "failing": ("http_error https://gazette.example/feed",)}
STALE = {"last_at": NOW - timedelta(hours=49), "last_poll_at": NOW - timedelta(hours=49)}
CASES: tuple[tuple[str, dict[str, Any], list[str]], ...] = (
    ("well", {}, []),
    ("a day of failures", {**FAILING, "last_feed_ok_at": NOW - timedelta(hours=25)}, ["source_silent"]),
    ("an hour of failures", {**FAILING, "last_feed_ok_at": NOW - timedelta(hours=1)}, ["feeds_failing"]),
    ("never an answer", {**FAILING, "last_feed_ok_at": None}, ["source_never_answered"]),
    ("one feed of two", {**FAILING, "feeds_ok": 1}, ["feeds_failing"]),
    ("the schedule stands still", {"last_at": NOW - timedelta(hours=49)}, ["source_not_polled"]),
    ("standing still, and due", {**STALE, "next_poll_at": NOW - timedelta(hours=25)}, ["source_not_polled"]),
    ("standing still, just due", {**STALE, "next_poll_at": NOW - timedelta(hours=1)}, []),
    ("a rare feed, not due", {**STALE, "next_poll_at": NOW + timedelta(hours=1)}, []),
    (
        "a failing feed, not due",
        {**STALE, **FAILING, "last_feed_ok_at": NOW - timedelta(days=9), "next_poll_at": NOW + timedelta(hours=1)},
        ["source_silent"],
    ),
    ("only a backfill ran", {"last_poll_at": NOW - timedelta(hours=49)}, ["source_not_polled"]),
    ("more than expected", {"articles_7d": 701, "articles_7d_before": 701}, ["articles_per_day"]),
)


@pytest.mark.parametrize(("changes", "codes"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_history_has_its_findings(changes: dict[str, Any], codes: list[str]) -> None:
    assert [finding.code for finding in assess(source(), line(**changes), "run", NOW)] == codes


def test_a_source_that_was_never_polled_is_named() -> None:
    assert [finding.code for finding in assess(source(), None, "run", NOW)] == ["source_never_polled"]


def test_warnings_come_first() -> None:
    lines = [line(source="a", feeds_failing=1), line(source="b", **FAILING, last_feed_ok_at=None)]
    found = all_findings([source("a"), source("b")], lines, "run", NOW)
    assert [(one.source, one.severity) for one in found] == [("b", Severity.WARNING), ("a", Severity.NOTICE)]


def test_each_code_of_health_is_one_that_another_judgement_replaces() -> None:
    found = [code for _, _, codes in CASES for code in codes] + ["source_never_polled"]
    assert set(found) == HEALTH_CODES
