"""The status beside the source files: what was removed, muted or is not enabled."""

from datetime import UTC, datetime

from schemas.items.finding import Finding, Severity
from schemas.runs.status import SourceLine, SourceState, Status, Totals
from schemas.sources.source import Source
from tasks.pure.sources.configured import as_configured

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOTALS = Totals.model_validate(dict.fromkeys(Totals.model_fields, 0))


def line(slug: str) -> SourceLine:
    counts = dict.fromkeys(("articles", "articles_24h", "articles_7d", "articles_7d_before", "feeds_ok"), 0)
    failing = ("http_error https://paper.example/rss",)
    return SourceLine.model_validate(
        {"source": slug, "last_run_id": "r", "last_at": NOW, "feeds_failing": 1, "failing": failing, **counts}
    )


def finding(slug: str | None) -> Finding:
    return Finding(run_id="r", source=slug, code="volume", severity=Severity.WARNING, message="m", at=NOW)


def source(slug: str, **says: bool) -> Source:
    stated = {"slug": slug, "name": slug, "homepage": "https://paper.example/", "language": "en", "country": "gb"}
    return Source.model_validate(stated | says)


SLUGS = ("gone", "hushed", "off", "on", "wrong")
STATUS = Status(
    snapshot_at=NOW, totals=TOTALS, sources=tuple(map(line, SLUGS)), findings=tuple(map(finding, (None, *SLUGS)))
)
SOURCES = (source("hushed", muted=True), source("off", enabled=False), source("on"))


def test_each_source_has_the_state_that_its_file_says() -> None:
    found = as_configured(STATUS, SOURCES, ["wrong"])

    assert {one.source: one.state for one in found.sources} == {
        "gone": SourceState.NO_FILE,
        "hushed": SourceState.MUTED,
        "off": SourceState.NOT_ENABLED,
        "on": SourceState.POLLED,
        "wrong": SourceState.POLLED,
    }


def test_what_is_not_polled_fails_no_longer() -> None:
    found = as_configured(STATUS, SOURCES, ["wrong"])

    assert [one.source for one in found.sources if one.feeds_failing] == ["hushed", "on", "wrong"]
    assert [one.source for one in found.findings] == [None, "on", "wrong"]


def test_files_of_another_home_change_nothing() -> None:
    assert as_configured(STATUS, [source("other")]) == STATUS
