"""Articles that are no longer as they were: each share against its own past."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.sources.usual import SourceTally, Usual
from tasks.pure.sources import drift

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def tally(number: int, articles: int = 1, **counts: int) -> SourceTally:
    at = NOON + timedelta(hours=number)
    return SourceTally(
        run_id=f"r{number}", source="quay", at=at, articles=articles, words=(400,) * articles, **counts
    )


def usual(articles: float = 300, **counts: float) -> Usual:
    """Of a source of ten articles a day."""
    plain = {"source": "quay", "at": NOON, "run_id": "r", "days": 56, "hourly": (10 / 24,) * 168}
    shares = {"articles": articles, "pages": articles + counts.get("refused", 0), "words": (300, 400, 500) * 60}
    return Usual.model_validate(plain | shares | counts)


@pytest.mark.parametrize(
    ("counts", "measure"),
    [
        ({"undated": 4}, "undated"),
        ({"unsigned": 4}, "unsigned"),
        ({"partial": 4}, "partial"),
        ({"other_language": 4}, "other_language"),
        ({"broken": 4}, "broken"),
    ],
)
def test_four_articles_that_none_was_like_are_told_and_one_is_not(counts: dict[str, int], measure: str) -> None:
    (found,) = drift.drifts(usual(), [tally(0, 4, **counts)])
    assert (found.measure, found.observed, found.of) == (measure, 1.0, 4)
    assert list(drift.drifts(usual(), [tally(0, 4, **dict.fromkeys(counts, 1))])) == []


def test_pages_that_all_give_no_article_are_told_though_there_is_no_article() -> None:
    (found,) = drift.drifts(usual(), [tally(0, 0, refused=4)])
    assert found.measure == "refused"


def test_a_share_that_was_always_so_is_no_drift() -> None:
    always = usual(unsigned=150)
    assert list(drift.drifts(always, [tally(number, 2, unsigned=number % 3) for number in range(8)])) == []


def test_articles_of_several_runs_count_together() -> None:
    assert [each.measure for each in drift.drifts(usual(), [tally(n, undated=1) for n in range(4)])] == ["undated"]


def test_shorter_articles_than_ever_are_told() -> None:
    short = tally(0, 5).model_copy(update={"words": (40,) * 5})
    assert [each.measure for each in drift.drifts(usual(), [short])] == ["short"]
    long = tally(0, 5).model_copy(update={"words": (4000,) * 5})
    assert [each.measure for each in drift.drifts(usual(), [long])] == ["long"]


def test_a_source_of_few_articles_is_not_judged() -> None:
    assert list(drift.drifts(usual(articles=5), [tally(0, 4, undated=4)])) == []


def test_a_drift_is_over_once_articles_are_as_before() -> None:
    faulty, clean = tally(1, undated=1), tally(2, 2)
    assert not drift.is_over("undated", 1.0, usual(), [faulty])
    assert drift.is_over("undated", 1.0, usual(), [faulty, clean])
    assert not drift.is_over("undated", 1.0, usual(), [])


def test_the_latest_articles_teach_nothing_yet_and_old_ones_fade() -> None:
    tallies = [tally(number, 100) for number in range(12)]
    taught = drift.with_shares(usual(), tallies, NOON + timedelta(days=2))
    assert taught.counted_at == tallies[-1 - drift.LEFT].at
    assert taught.articles == drift.FADE
    assert drift.with_shares(taught, tallies, NOON + timedelta(days=2)) == taught
