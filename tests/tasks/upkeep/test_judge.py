"""Incidents of a real home: they stay open while the fault lasts, in whatever guise, and close with a row."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from schemas.settings import Settings
from tests.hostile.cases.feed_cases import HTML, RSS, rss, served
from tests.hostile.world.good_publisher import article_html
from tests.support.newsrooms import ask, ingest
from tests.support.sites.raw_site import RawSite, answer

QUAY, PIER = "quay.test", "pier.test"
SOURCE = 'name = "{0}"\nhomepage = "http://{0}.test/"\nfeeds = {1}\nlanguage = "en"\ncountry = "gb"\npace_s = 0\n'
ENTRIES = rss(*(f"<item><title>Story {path}</title><link>/{path}</link></item>" for path in "ab"))
OPEN = "SELECT source, code FROM ops.incidents WHERE closed_at IS NULL ORDER BY ALL"
STATES = "SELECT source, health FROM reports.source_health ORDER BY source"


class Told(NamedTuple):
    """By name of the moment: the open incidents and the states; and all incidents in the end."""

    open_ones: dict[str, list[tuple[str, str]]]
    states: dict[str, dict[str, str]]
    rows: list[dict[str, Any]]


def write(settings: Settings, slug: str, *feeds: str) -> None:
    (settings.sources / f"{slug}.toml").write_text(
        SOURCE.format(slug, [f"http://{slug}.test{feed}" for feed in feeds])
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    home: Path = tmp_path_factory.mktemp("incidents")
    pages = {f"{host}/{path}": served(article_html(n), HTML) for host in (QUAY, PIER) for n, path in enumerate("ab")}
    moments, begun = Told({}, {}, []), datetime.now(UTC)
    with RawSite({**pages, f"{QUAY}/feed": served(ENTRIES, RSS), f"{PIER}/feed": served(ENTRIES, RSS)}) as site:
        settings = site.settings(QUAY, PIER, home=home / "h", sources=home / "sources", disk_floor_mb=0)
        settings.sources.mkdir()
        write(settings, "quay", "/feed")
        write(settings, "pier", "/feed", "/no-feed")

        def run(name: str) -> None:
            ingest(settings, begun + timedelta(seconds=len(moments.states)))
            moments.open_ones[name] = [(row["source"], row["code"]) for row in ask(settings, OPEN)]
            moments.states[name] = {row["source"]: row["health"] for row in ask(settings, STATES)}

        run("begun")
        site.pages[f"{QUAY}/feed"] = served(rss(), RSS)
        run("empty")
        site.pages[f"{QUAY}/feed"] = answer(b"", status="500 Oops")
        run("error")
        site.pages[f"{QUAY}/feed"] = served(article_html(1), HTML)
        run("page")
        site.pages[f"{QUAY}/feed"] = served(ENTRIES, RSS)
        write(settings, "pier", "/feed")
        run("mended")
        (settings.sources / "quay.toml").unlink()
        run("removed")
        moments.rows.extend(ask(settings, "FROM ops.incidents ORDER BY opened_at, code"))
    return moments


def test_an_empty_feed_stays_told_while_an_error_or_a_page_follows(told: Told) -> None:
    for moment in ("empty", "error", "page"):
        assert ("quay", "feed_went_empty") in told.open_ones[moment], moment
    assert ("quay", "feed_is_no_feed") in told.open_ones["page"]
    assert [source for source, _ in told.open_ones["mended"]] == []


def test_an_incident_closes_with_what_shows_that_it_is_over(told: Told) -> None:
    (row,) = (row for row in told.rows if row["code"] == "feed_went_empty")
    assert (row["about"], row["who"], row["why"]) == ("http://quay.test/feed", "ingest", "it lists 2 entries")
    assert row["closed_at"] > row["seen_at"] >= row["opened_at"]


def test_a_feed_that_the_file_names_no_longer_fails_no_longer(told: Told) -> None:
    assert ("pier", "feeds_failing") in told.open_ones["begun"]
    assert ("pier", "feeds_failing") not in told.open_ones["mended"]
    assert told.states["begun"]["pier"] == "degraded"
    assert told.states["mended"]["pier"] == "new"


def test_the_state_of_a_source_follows_its_incidents_and_its_file(told: Told) -> None:
    assert [told.states[moment]["quay"] for moment in told.states] == [
        "new",
        "silent",
        "silent",
        "failing",
        "new",
        "resting",
    ]
