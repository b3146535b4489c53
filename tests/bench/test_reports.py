"""The short form of `python -m bench.stories.reports`: every report answers, and the ledger adds up."""

from pathlib import Path

import pytest

from bench.stories.reports import ONE_DAY, made, measured, show
from warehouse.reader.queries import answer_rows, list_reports


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("home"), 12_000)


def test_each_report_and_each_day_is_measured_beside_the_scan(
    reader: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = answer_rows(reader, "SELECT max(day)::VARCHAR FROM reports.articles_per_day").rows[0][0]
    took = measured(reader, day, rounds=1)
    assert set(took) == {"scan", *ONE_DAY, *(name for name, _ in list_reports(reader).rows)}

    show(took, took)
    assert len(capsys.readouterr().out.splitlines()) == 1 + len(took)


def test_the_filled_warehouse_has_rows_for_the_reports_of_news(reader: Path) -> None:
    for view in (
        "stories_of_the_day",
        "story_timeline",
        "story_coverage",
        "missing_stories",
        "source_overlap",
        "headline_changes",
        "corrections_and_deletions",
        "attention",
        "rising_terms",
        "authors",
        "cited_domains",
        "completeness_per_day",
        "source_quality",
        "publication_delays",
        "syndication",
        "shared_texts",
    ):
        assert answer_rows(reader, f"SELECT count(*) > 0 FROM reports.{view}").rows == [(True,)], view


def test_the_ledger_of_the_filled_warehouse_adds_up(reader: Path) -> None:
    assert answer_rows(reader, "FROM reports.unaccounted_urls").rows == []
