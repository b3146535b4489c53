"""What `newsdesk explain` prints: why a date is unknown."""

from datetime import UTC, datetime
from uuid import UUID

from schemas.items.article import Completeness, Evidence, Origin
from schemas.runs.url_history import UrlHistory, VersionStep
from tasks.pure.reports.url_history import story_lines

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
URL = "https://news.example/a"


def evidence(raw: str, field: str = "published_at", at: datetime | None = None) -> Evidence:
    return Evidence(field=field, origin=Origin.META, raw=raw, at=at)


def explained(*found: Evidence) -> list[str]:
    version = VersionStep(
        article_id=UUID(int=1),
        version=1,
        source="news",
        url=URL,
        canonical_url=URL,
        title="Ferry runs again",
        evidence=found,
        language="pt",
        completeness=Completeness.FULL,
        word_count=100,
        body_hash="00",
        extractor="e",
        extractor_version="1",
        capture_id=UUID(int=2),
        fetched_at=AT,
        run_id="run",
        loaded_at=AT,
    )
    lines = story_lines(UrlHistory(url=URL, urls=(URL,), versions=(version,)))
    return [line.partition(" by meta: ")[2] for line in lines if " by meta: " in line]


def test_a_date_that_the_second_reading_vetoes_is_told_from_a_date_that_is_not_understood() -> None:
    vetoed, unread = explained(evidence("10 Nov 26"), evidence("10.foo.2026"))
    assert vetoed.endswith("read as 2026-11-10 00:00:00, but the second reading says 2010-11-26 00:00:00")
    assert unread.endswith("unknown: not understood: no form of the grammar fits, or it is ambiguous")


def test_dates_that_are_known_and_credits_need_no_reason() -> None:
    assert not any("unknown" in line for line in explained(evidence("2026-11-20", at=AT), evidence("dpa", "authors")))


def test_a_weekday_of_another_day_is_told() -> None:
    wrong, right = explained(evidence("Mon, 20 Nov 2026", at=AT), evidence("Fri, 20 Nov 2026", at=AT))

    assert wrong.endswith("chosen, its weekday is another day's")
    assert right.endswith("chosen")
