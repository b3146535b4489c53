"""Times that a person reads are in the zone of NEWSDESK_TIME_ZONE, named once; what a program reads is UTC."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tasks.demo_site import Newsroom
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, ingest, settings_for

BEGUN = datetime(2026, 11, 20, 20, 2, tzinfo=UTC)
ZONE = "Asia/Tokyo"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A home in which one run began at `BEGUN`, and a person in Tokyo."""
    home = tmp_path_factory.mktemp("times")
    with Newsroom(BEGUN - timedelta(hours=1)) as newsroom:
        settings = settings_for(home, newsroom, time_zone=ZONE)
        ingest(settings, BEGUN)
    return Desk(environment_for(settings) | {"NEWSDESK_TIME_ZONE": ZONE, "TZ": "America/Lima"})


def there(instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(ZoneInfo(ZONE))


def an_article(desk: Desk) -> dict[str, str]:
    (row,) = json.loads(desk.run("sql", "FROM main.articles ORDER BY url LIMIT 1", "--format", "json").stdout)
    return row  # type: ignore[no-any-return]  # JSON


def test_the_status_shows_local_times_and_names_the_zone_once(desk: Desk) -> None:
    told = desk.run("status").stdout
    now = json.loads(desk.run("status", "--json").stdout)
    (line,) = (line for line in now["sources"] if line["source"] == "talblick")
    assert f"as of {there(now['snapshot_at']):%Y-%m-%d %H:%M:%S}, times in Asia/Tokyo: " in told
    assert (told.count("Asia/Tokyo"), "UTC" in told) == (1, False)
    assert re.search(rf"^talblick .* {there(line['last_at']):%m-%d %H:%M} ", told, re.MULTILINE)


@pytest.mark.parametrize("words", [("explain",), ("show",)])
def test_an_article_shows_local_times_and_names_the_zone_once(desk: Desk, words: tuple[str, ...]) -> None:
    article = an_article(desk)
    done = desk.run(*words, article["url"])
    assert f"{there(article['fetched_at']):%Y-%m-%d %H:%M}" in done.stdout, done.stderr
    assert (done.stdout.count("times in Asia/Tokyo"), "UTC" in done.stdout) == (1, False)


def test_the_pages_show_local_times_and_name_the_zone(desk: Desk) -> None:
    reports = Path(desk.environment["NEWSDESK_HOME"], "reports")
    for page in ("latest.html", "latest-quality.html", "index.html"):
        text = (reports / page).read_text()
        assert ">2026-11-21 05:02</time>" in text, page
        assert "Times are in Asia/Tokyo." in text


def test_what_a_program_reads_is_utc(desk: Desk) -> None:
    status = json.loads(desk.run("status", "--json").stdout)
    assert {run["started_at"][-1] for run in status["runs"]} == {"Z"}
    assert status["runs"][0]["started_at"].startswith("2026-11-20T20:02")


def test_a_machine_whose_zone_has_no_name_shows_utc(desk: Desk) -> None:
    done = desk.run("status", NEWSDESK_TIME_ZONE="", TZ="CET-1CEST")
    assert (done.returncode, "times in UTC" in done.stdout) == (0, True)
