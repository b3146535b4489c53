"""The main job on the newsroom over HTTP: what a first run loads and what a second one finds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from schemas.items.capture import WarcPointer
from schemas.items.outcome import Reason
from schemas.runs.report import RunReport
from schemas.runs.run import RunState
from schemas.settings import Settings
from tasks.archive.one_record import read_capture
from tasks.demo_site import Newsroom
from tests.support.newsrooms import ask, ingest, settings_for
from warehouse.reader.url_history import explain

OPENED_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class Told(NamedTuple):
    """Two runs of one home, and what the newsroom knows of itself."""

    settings: Settings
    first: RunReport
    second: RunReport
    specials: dict[str, str]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with Newsroom(OPENED_AT) as newsroom:
        settings = settings_for(tmp_path_factory.mktemp("ingest"), newsroom)
        first = ingest(settings, OPENED_AT + timedelta(minutes=2))
        newsroom.edition = 2
        second = ingest(settings, OPENED_AT + timedelta(minutes=40))
        yield Told(settings, first, second, dict(newsroom.specials()))


def outcome(told: Told, run: RunReport, special: str) -> dict[str, Any]:
    """The ledger's row of a special URL; an entry may have added parameters to it."""
    url = told.specials[special]
    rows = ask(
        told.settings,
        f"SELECT url, stage, reason, detail, version FROM ops.outcomes WHERE run_id = '{run.run.run_id}' "
        f"AND kind = 'article' AND split_part(url, '?', 1) = '{url}'",
    )
    assert len(rows) == 1, rows
    return rows[0]


def article(told: Told, special: str) -> dict[str, Any]:
    """The latest version at a special URL."""
    rows = ask(told.settings, f"FROM main.articles WHERE canonical_url = '{told.specials[special]}'")
    assert len(rows) == 1, rows
    return rows[0]


def test_both_runs_complete(told: Told) -> None:
    assert (told.first.run.state, told.second.run.state) == (RunState.COMPLETED, RunState.COMPLETED)


def test_the_first_run_loads_about_sixty_articles(told: Told) -> None:
    assert 50 <= told.first.count(Reason.LOADED) <= 65


@pytest.mark.parametrize(
    ("special", "stage", "reason"),
    [
        ("consent", "extract", "consent_page"),
        ("soft_404", "extract", "soft_404"),
        ("hard_404", "fetch", "http_error"),
        ("robots_denied", "fetch", "robots_denied"),
        ("paywall", "load", "loaded"),
        ("undated", "load", "loaded"),
        ("tracking", "load", "loaded"),
        ("brief", "load", "loaded"),
        ("wire", "load", "loaded"),
        ("wire_copy", "load", "loaded"),
        ("charset_lie", "load", "loaded"),
        ("only_in_sitemap", "load", "loaded"),
    ],
)
def test_a_special_page_ends_as_it_should(told: Told, special: str, stage: str, reason: str) -> None:
    row = outcome(told, told.first, special)
    assert (row["stage"], row["reason"]) == (stage, reason)


def test_a_paywall_stub_is_marked_as_one(told: Told) -> None:
    assert article(told, "paywall")["completeness"] == "paywalled"


def test_tracking_parameters_are_no_part_of_an_articles_identity(told: Told) -> None:
    assert "utm_" not in article(told, "tracking")["canonical_url"]
    assert "utm_" in article(told, "tracking")["url"]


def test_a_link_listed_twice_is_one_article_and_one_duplicate(told: Told) -> None:
    rows = ask(
        told.settings,
        f"SELECT reason FROM ops.outcomes WHERE run_id = '{told.first.run.run_id}' AND kind = 'article' "
        f"AND split_part(url, '?', 1) = '{told.specials['listed_twice']}' ORDER BY reason",
    )
    assert [row["reason"] for row in rows] == ["duplicate", "loaded"]


def test_an_entry_without_a_date_has_none_made_up(told: Told) -> None:
    assert article(told, "undated")["published_at"] is None


def test_a_page_whose_charset_header_lies_reads_as_it_was_written(told: Told) -> None:
    body = article(told, "charset_lie")["body"]
    assert "�" not in body
    assert sum("а" <= letter.lower() <= "я" or letter in "іїєґІЇЄҐ" for letter in body) > len(body) / 2


def test_a_wire_story_is_kept_for_both_outlets_with_one_text(told: Told) -> None:
    first, second = article(told, "wire"), article(told, "wire_copy")
    assert first["source"] != second["source"]
    assert first["body_hash"] == second["body_hash"]


def test_languages_are_told_from_the_text(told: Told) -> None:
    rows = ask(
        told.settings, "SELECT source, mode(language) AS language FROM main.articles GROUP BY source ORDER BY ALL"
    )
    assert [(row["source"], row["language"]) for row in rows] == [
        ("dnipro-visnyk", "uk"),
        ("harbour-gazette", "en"),
        ("talblick", "de"),
    ]


def test_every_url_is_accounted_for(told: Told) -> None:
    assert ask(told.settings, "FROM reports.unaccounted_urls") == []


def test_no_domain_was_asked_too_early(told: Told) -> None:
    assert ask(told.settings, "FROM reports.politeness_breaches") == []


def test_every_stage_conserves_its_urls(told: Told) -> None:
    for run in (told.first.run, told.second.run):
        counts = [(count.taken, count.kept + count.dropped) for count in run.stages]
        assert counts
        assert all(taken == passed for taken, passed in counts)


def test_the_second_run_finds_a_feed_not_modified(told: Told) -> None:
    rows = ask(
        told.settings,
        f"SELECT source, status, reason FROM ops.outcomes WHERE run_id = '{told.second.run.run_id}' "
        "AND kind = 'feed' AND source = 'talblick'",
    )
    assert rows == [{"source": "talblick", "status": 304, "reason": "not_modified"}]


@pytest.mark.parametrize(
    ("special", "reason", "version"),
    [
        ("changed", "loaded", 2),
        ("bumped_with_etag", "not_modified", 1),
        ("bumped_without_validators", "unchanged", 1),
        ("added_in_edition_2", "loaded", 1),
    ],
)
def test_the_second_run_tells_changed_from_unchanged(told: Told, special: str, reason: str, version: int) -> None:
    row = outcome(told, told.second, special)
    assert (row["reason"], row["version"]) == (reason, version)


def test_nothing_is_doubled(told: Told) -> None:
    assert ask(told.settings, "SELECT article_id FROM main.articles GROUP BY article_id HAVING count(*) > 1") == []
    assert [
        row["version"] for row in ask(told.settings, "SELECT version FROM main.article_versions WHERE version > 1")
    ] == [2]


def test_every_capture_reads_back_from_the_archive(told: Told) -> None:
    rows = ask(
        told.settings, "SELECT warc_file, warc_offset, warc_length, warc_digest, body_bytes FROM main.captures"
    )
    assert len(rows) > 60
    for row in rows:
        pointer = WarcPointer(
            file=row["warc_file"], offset=row["warc_offset"], length=row["warc_length"], digest=row["warc_digest"]
        )
        assert len(read_capture(told.settings.archive_path, pointer)) == row["body_bytes"]


def test_no_segment_is_left_open(told: Told) -> None:
    assert list(told.settings.archive_path.rglob("*.open")) == []


def test_explain_tells_the_whole_way_of_a_url(told: Told) -> None:
    story = explain(told.settings.reader_path, told.specials["changed"])
    assert [version.version for version in story.versions] == [1, 2]
    assert [one.reason.value for one in story.outcomes] == ["loaded", "loaded"]
    assert len(story.captures) == len(story.requests) == len(story.sightings) == 2


def test_the_report_page_names_the_run(told: Told) -> None:
    page = (told.settings.reports_path / "latest.html").read_text()
    assert told.second.run.run_id in page


def test_the_quality_page_judges_what_the_first_run_read(told: Told) -> None:
    page = (told.settings.reports_path / f"{told.first.run.run_id}-quality.html").read_text()
    assert told.first.paths.quality == str(told.settings.reports_path / f"{told.first.run.run_id}-quality.html")
    assert f"{told.first.count(Reason.LOADED) + told.first.count(Reason.DUPLICATE)} records, none broke" in page
    assert "share with date" in page


def test_further_runs_of_the_same_edition_change_nothing(told: Told, tmp_path: Path) -> None:
    with Newsroom(OPENED_AT) as newsroom:
        settings = settings_for(tmp_path, newsroom)
        for minute in range(3):
            ingest(settings, OPENED_AT + timedelta(minutes=2 + minute))
        counts = ask(settings, "SELECT count(*) AS n, max(version) AS v FROM main.article_versions")
    assert counts == [{"n": told.first.count(Reason.LOADED), "v": 1}]


def test_a_run_in_which_nothing_is_due_writes_its_row_and_no_batch(told: Told) -> None:
    idle = ingest(told.settings, OPENED_AT + timedelta(minutes=40, seconds=30), poll_all=False)
    told_of = f"WHERE run_id = '{idle.run.run_id}'"
    assert (idle.run.state, idle.run.urls) == (RunState.COMPLETED, 0)
    assert ask(told.settings, f"SELECT state FROM ops.runs {told_of}") == [{"state": "completed"}]
    assert ask(told.settings, f"FROM ops.loads {told_of}") == []
    assert ask(told.settings, "FROM reports.unaccounted_urls") == []
