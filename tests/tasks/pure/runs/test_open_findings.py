"""The open findings: recorded ones, and those that are judged anew."""

from datetime import UTC, datetime, timedelta

from schemas.items.finding import Finding, Severity
from schemas.runs.status import SourceLine, Status, Totals
from schemas.sources.source import Source
from schemas.sources.source_fault import SourceFault
from tasks.pure.runs.open_findings import open_findings

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
POLLED = NOW - timedelta(minutes=7, seconds=13)


def recorded(code: str, source: str | None, severity: Severity = Severity.NOTICE) -> Finding:
    return Finding(run_id="r", source=source, code=code, severity=severity, message="recorded", at=NOW)


def status(*findings: Finding, feeds_failing: int) -> Status:
    line = SourceLine(
        source="quay",
        last_run_id="r",
        last_at=POLLED,
        last_feed_ok_at=POLLED,
        feeds_ok=1,
        feeds_failing=feeds_failing,
        articles=0,
        articles_24h=0,
        articles_7d=0,
        articles_7d_before=0,
    )
    names = Totals.model_fields
    totals = Totals.model_validate(dict.fromkeys(names, 0))
    return Status(snapshot_at=NOW, totals=totals, sources=(line,), findings=findings)


QUAY = Source(slug="quay", name="Quay", homepage="https://quay.example/", language="en", country="gb")


def test_a_recorded_fault_of_health_that_is_mended_is_not_open() -> None:
    was = (recorded("source_silent", "quay", Severity.WARNING), recorded("feed_shrank", "quay"))
    assert [each.code for each in open_findings([QUAY], [], status(*was, feeds_failing=0), NOW)] == ["feed_shrank"]


def test_a_fault_of_health_bears_the_time_of_the_last_outcome() -> None:
    (found,) = open_findings([QUAY], [], status(feeds_failing=1), NOW)
    assert (found.code, found.at) == ("feeds_failing", POLLED)


def test_warnings_come_first_and_files_are_read_anew() -> None:
    was = (recorded("feed_shrank", "alpha"), recorded("source_file_wrong", "mended", Severity.WARNING))
    fault = SourceFault(slug="wrong", message="wrong.toml:1: no")
    found = open_findings([QUAY], [fault], status(*was, feeds_failing=1), NOW)
    assert [(each.source, each.code) for each in found] == [
        ("wrong", "source_file_wrong"),
        ("alpha", "feed_shrank"),
        ("quay", "feeds_failing"),
    ]
