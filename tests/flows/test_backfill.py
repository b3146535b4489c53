"""Every ground of a backfill over loopback: the newsroom of today is the past of another home."""

import gzip
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from flows.backfill import run_job
from flows.cli.group import app
from schemas.errors import UsageError
from schemas.items.outcome import Reason, Stage
from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin
from schemas.runs.run import RunState
from schemas.settings import Settings
from tasks.archive.read import StoredCapture, read_back
from tasks.archive.store import Archive
from tasks.backfill.job import BackfillJob
from tasks.demo_site import Newsroom
from tasks.run.progress import NoProgress, Work
from tasks.upkeep.check_archive import export
from tasks.web.ranges import BLOCK_BYTES
from tests.support.backfills import backfill, content, counted
from tests.support.newsrooms import ask, environment_for, ingest, settings_for
from tests.support.sites.past_site import PastSite
from tests.tasks.archive.test_foreign import record

OPENED_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LONG_AGO = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
CRAWL = "crawl-data/CC-NEWS/{0:%Y}/{0:%m}/CC-NEWS-{0:%Y%m%d%H%M%S}-00001.warc.gz"


class Past(NamedTuple):
    """A newsroom that was ingested once, the WARC file of that, and a site that serves it as the past."""

    newsroom: Newsroom
    live: Settings
    warc: Path
    site: PastSite
    urls: list[str]


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    folder = tmp_path_factory.mktemp("past")
    with Newsroom(OPENED_AT) as newsroom:
        live = settings_for(folder / "live", newsroom)
        ingest(live, OPENED_AT + timedelta(minutes=2))
        warc = folder / "export.warc.gz"
        export(Archive.of(live), warc, OPENED_AT - timedelta(days=1), None, None)
        urls = [row["url"] for row in ask(live, "SELECT url FROM main.articles ORDER BY url")]
        bodies = bodies_of(live)
        crawl = {CRAWL.format(datetime.now(UTC)): warc.read_bytes(), CRAWL.format(LONG_AGO): b"never asked for"}
        with PastSite({url: bodies[url] for url in urls}, LONG_AGO, crawl) as site:
            yield Past(newsroom, live, warc, site, urls)


def bodies_of(live: Settings) -> dict[str, bytes]:
    archive = live.archive_path
    found = [
        each for path in archive.rglob("*.warc.gz") for each in read_back(path, path.relative_to(archive).as_posix())
    ]
    return {each.capture.url: each.body for each in found if isinstance(each, StoredCapture)}


def home(past: Past, folder: Path, **changes: object) -> Settings:
    """A home of its own that finds the newsroom and the past."""
    allowed = (past.newsroom.allow, past.site.address)
    plain = {"allow_addresses": allowed, "wayback": past.site.base, "ccnews": past.site.base, "backfill_pace_s": 0}
    return settings_for(folder, past.newsroom, **(plain | changes))


def test_a_list_of_urls_becomes_the_same_articles_as_a_live_run(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home")
    (tmp_path / "urls.txt").write_text("\n".join(past.urls[::4]))
    report = backfill(settings, BackfillOrigin.URLS, str(tmp_path / "urls.txt"), takes_strangers=True)
    assert report.run.state is RunState.COMPLETED
    before = {row["article_id"]: row["body"] for row in content(past.live) if row["url"] in past.urls[::4]}
    assert {row["article_id"]: row["body"] for row in content(settings)} == before


def test_the_same_list_again_asks_for_nothing(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home")
    (tmp_path / "urls.txt").write_text("\n".join(past.urls[:5]))
    backfill(settings, BackfillOrigin.URLS, str(tmp_path / "urls.txt"))
    asked = len(past.newsroom.requests)
    again = BackfillJob(BackfillOptions(ground=BackfillOrigin.URLS, inputs=(str(tmp_path / "urls.txt"),)))
    run_job(again, settings)
    assert len(past.newsroom.requests) == asked
    assert again.estimate is not None
    assert (again.estimate.known, again.estimate.requests) == (5, 0)


def test_junk_lines_and_strangers_are_named_outcomes_and_the_rest_is_loaded(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home")
    (tmp_path / "urls.csv").write_text(
        f"url,date\n{past.urls[0]},2026-11-19\nmailto:a@b.example,\n,\nx y z,\nhttp://stranger.example/a,\n"
    )
    job = BackfillJob(BackfillOptions(ground=BackfillOrigin.URLS, inputs=(str(tmp_path / "urls.csv"),)))
    run_job(job, settings)
    assert job.faults == 2
    rows = ask(settings, "SELECT url, reason FROM ops.outcomes WHERE source = 'urls' ORDER BY url")
    assert [(row["url"].rpartition("#")[2], row["reason"]) for row in rows] == [
        ("3", "blocked_scheme"),
        ("4", "bad_link"),
        ("5", "bad_link"),
        ("http://stranger.example/a", "foreign_host"),
    ]
    assert counted(settings) == 1


def test_a_warc_file_becomes_the_same_articles_without_a_request(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home", hosts=())
    asked = len(past.newsroom.requests)
    report = backfill(settings, BackfillOrigin.WARC, str(past.warc))
    assert len(past.newsroom.requests) == asked
    assert report.count(Reason.LOADED) == len(past.urls)
    texts = {row["canonical_url"]: row["body"] for row in content(past.live)}
    assert {row["canonical_url"]: row["body"] for row in content(settings)} == texts
    assert {row["warc_file"] for row in ask(settings, "SELECT DISTINCT warc_file FROM main.captures")} == {
        past.warc.as_uri()
    }


def test_a_file_that_was_loaded_before_is_said_to_be_there_and_brings_nothing(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home")
    wanted = BackfillOptions(ground=BackfillOrigin.WARC, inputs=(past.warc.as_uri(),), sources=("talblick",))
    first = run_job(BackfillJob(wanted), settings)
    said: list[str] = []
    again = run_job(BackfillJob(wanted, tell=said.append), settings)
    assert (first.count(Reason.LOADED) > 0, again.run.urls) == (True, 0)
    pages = counted(settings, "main.captures")
    assert said[0].startswith(f"planned 1 chunk; {pages} pages are there already, taken from these files until ")


def test_a_warc_file_in_small_ranges_gives_the_same(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home", chunk_bytes=past.warc.stat().st_size // 5 + 1)
    backfill(settings, BackfillOrigin.WARC, str(past.warc), sources=("talblick",))
    assert counted(settings) == sum("talblick" in url for url in past.urls)
    assert counted(settings, "ops.plans") == 5
    assert ask(settings, "SELECT count(*) AS n FROM main.captures GROUP BY capture_id HAVING n > 1") == []


def test_an_uncompressed_warc_file_gives_the_same(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home", chunk_bytes=100_000)
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(past.warc.read_bytes()))
    backfill(settings, BackfillOrigin.WARC, str(plain), sources=("talblick",))
    german = [row for row in content(past.live) if row["source"] == "talblick"]
    assert [row["body_hash"] for row in content(settings)] == [row["body_hash"] for row in german]


def test_a_month_of_a_news_crawl_is_listed_and_read_over_http(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home")
    since = datetime.now(UTC) - timedelta(hours=1)
    backfill(settings, BackfillOrigin.CCNEWS, since=since, sources=("harbour-gazette",))
    english = [row for row in content(past.live) if row["source"] == "harbour-gazette"]
    assert [row["article_id"] for row in content(settings)] == [row["article_id"] for row in english]
    assert not any(LONG_AGO.strftime("%Y%m%d%H") in path for path in past.site.asked)
    ledger = ask(settings, "SELECT url FROM ops.requests WHERE kind = 'archive' ORDER BY sent_at")
    assert [row["url"] for row in ledger] == [past.site.base + path for path in past.site.asked if "CC-NEWS-" in path]
    assert ask(settings, "SELECT * FROM reports.politeness_breaches") == []
    asked = len(past.site.asked)
    told = CliRunner().invoke(app, ["explain", english[0]["canonical_url"]], env=environment_for(settings))
    assert (told.exit_code, len(past.site.asked)) == (0, asked)
    assert "no removals are known: 'http://" in told.stdout


def test_a_file_that_goes_away_is_told_the_rest_is_loaded_and_the_same_command_goes_on_with_it(
    past: Past, tmp_path: Path
) -> None:
    settings = home(past, tmp_path / "home")
    gone, aside = tmp_path / "gone.warc.gz", tmp_path / "aside"
    gone.write_bytes(past.warc.read_bytes())
    wanted = BackfillOptions(ground=BackfillOrigin.WARC, inputs=(str(gone), str(past.warc)), sources=("talblick",))

    def lose(_: str) -> None:
        gone.rename(aside)

    job = BackfillJob(wanted, tell=lose)
    run_job(job, settings)
    told = ask(settings, "SELECT DISTINCT code, message FROM ops.findings WHERE code = 'unread_range'")
    assert (job.left, counted(settings) > 0) == (1, True)
    assert f"cannot read '{gone.as_uri()}'" in told[0]["message"]
    aside.rename(gone)
    again = BackfillJob(wanted)
    run_job(again, settings)
    assert (again.left, again.faults) == (0, 0)


def test_a_file_whose_server_stops_in_its_midst_is_loaded_as_far_as_it_came_and_then_to_its_end(
    past: Past, tmp_path: Path
) -> None:
    settings = home(past, tmp_path / "home")
    long = gzip.compress(record(os.urandom(BLOCK_BYTES), 1, kind="resource"), 0)
    past.site.crawl["long.warc.gz"] = past.warc.read_bytes() + long + gzip.compress(record(b"no article", 2))
    wanted = BackfillOptions(
        ground=BackfillOrigin.WARC, inputs=(f"{past.site.base}/long.warc.gz",), takes_strangers=True
    )
    past.site.torn_at = BLOCK_BYTES
    torn, whole = BackfillJob(wanted), BackfillJob(wanted)
    run_job(torn, settings)
    before = counted(settings), counted(settings, "ops.outcomes")
    past.site.torn_at = None
    run_job(whole, settings)
    assert (torn.left, whole.left) == (1, 0)
    assert before == (len(past.urls), counted(settings, "ops.outcomes") - 1)


def test_what_the_wayback_machine_holds_becomes_old_versions(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home")
    until = LONG_AGO + timedelta(days=1)
    backfill(
        settings, BackfillOrigin.WAYBACK, since=LONG_AGO - timedelta(days=40), until=until, sources=("talblick",)
    )
    german = {row["article_id"]: row["title"] for row in content(past.live) if row["source"] == "talblick"}
    assert {row["article_id"]: row["title"] for row in content(settings)} == german
    rows = ask(settings, "SELECT DISTINCT fetched_at FROM main.articles")
    assert [row["fetched_at"] for row in rows] == [LONG_AGO]


def test_pages_of_a_list_are_loaded_as_they_were_at_its_dates(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home")
    german = {row["article_id"]: row for row in content(past.live) if row["source"] == "talblick"}
    wanted = sorted(row["canonical_url"] for row in german.values())[:3]
    listed = tmp_path / "old.csv"
    listed.write_text("date,url\n" + "".join(f"{LONG_AGO:%Y-%m-%dT%H:%M:%SZ},{url}\n" for url in wanted))
    backfill(settings, BackfillOrigin.WAYBACK, str(listed), takes_strangers=True)
    loaded = ask(settings, "SELECT canonical_url, source, fetched_at FROM main.articles ORDER BY canonical_url")
    assert [row["canonical_url"] for row in loaded] == wanted
    assert {row["source"] for row in loaded} == {"talblick"}
    assert {row["fetched_at"] for row in loaded} == {LONG_AGO}


def test_old_captures_of_known_articles_become_older_versions_a_month_each_and_once(
    past: Past, tmp_path: Path
) -> None:
    settings = home(past, tmp_path / "home")
    ingest(settings, OPENED_AT + timedelta(minutes=2))
    current = {row["article_id"]: row["body"] for row in content(settings) if row["source"] == "talblick"}
    past.site.earlier = LONG_AGO - timedelta(days=40)
    until = LONG_AGO + timedelta(days=1)
    wanted = BackfillOptions(
        ground=BackfillOrigin.WAYBACK, since=LONG_AGO - timedelta(days=80), until=until, sources=("talblick",)
    )
    first, again = BackfillJob(wanted), BackfillJob(wanted)
    run_job(first, settings)
    run_job(again, settings)
    past.site.earlier = None
    assert first.estimate is not None
    assert again.estimate is not None
    assert (first.estimate.requests, again.estimate.requests) == (2 * len(current), 0)
    assert {row["article_id"]: row["body"] for row in content(settings) if row["source"] == "talblick"} == current
    counts = (
        "SELECT count(*) AS n FROM main.article_versions WHERE source = 'talblick' AND fetched_at < $1::TIMESTAMPTZ"
    )
    rows = ask(settings, counts.replace("$1", f"'{OPENED_AT:%Y-%m-%d}'"))
    assert rows[0]["n"] >= len(current)


def test_a_cdx_answer_that_is_html_is_a_named_outcome(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home")
    past.site.is_down = True
    job = BackfillJob(
        BackfillOptions(ground=BackfillOrigin.WAYBACK, since=LONG_AGO, until=LONG_AGO + timedelta(days=1))
    )
    run_job(job, settings)
    past.site.is_down = False
    assert job.faults == 3
    rows = ask(settings, "SELECT DISTINCT reason, detail FROM ops.outcomes WHERE contains(url, '/cdx/')")
    assert [row["reason"] for row in rows] == ["wrong_type"]
    assert "no JSON" in rows[0]["detail"]


def test_a_sitemap_and_a_feed_are_walked(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home")
    backfill(settings, BackfillOrigin.SITEMAPS, sources=("dnipro-visnyk",))
    assert counted(settings) > 10
    backfill(settings, BackfillOrigin.FEEDS, sources=("talblick",))
    assert {row["source"] for row in content(settings)} == {"dnipro-visnyk", "talblick"}


class Impatient(NoProgress):
    """Asks the run to stop as soon as a page is fetched."""

    def __init__(self) -> None:
        self.stop = threading.Event()

    def advance(self, stage: Stage | Work, count: int = 1) -> None:
        """Stops at the first page."""
        if stage is Stage.FETCH:
            self.stop.set()


def stopped(settings: Settings, wanted: BackfillOptions) -> None:
    watcher = Impatient()
    assert run_job(BackfillJob(wanted), settings, watcher, stop=watcher.stop).run.state is RunState.INTERRUPTED


def test_a_backfill_that_was_stopped_is_gone_on_with_unless_it_was_cancelled(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home", fetch_threads=1)
    (tmp_path / "urls.txt").write_text("\n".join(past.urls[:6]))
    wanted = BackfillOptions(ground=BackfillOrigin.URLS, inputs=(str(tmp_path / "urls.txt"),), sources=())
    stopped(settings, wanted)
    told: list[str] = []
    before = counted(settings)
    run_job(BackfillJob(wanted, tell=told.append), settings)
    assert (before < 6, counted(settings)) == (True, 6)
    assert "going on with backfill" in told[0]
    (tmp_path / "urls.txt").write_text("\n".join(past.urls[6:12]))
    stopped(settings, wanted)
    environment = environment_for(settings)
    said = [CliRunner().invoke(app, ["backfill", word], env=environment) for word in ("cancel", "cancel", "resume")]
    assert [each.exit_code for each in said[:1]] == [0]
    assert [type(each.exception) for each in said[1:]] == [UsageError, UsageError]
    run_job(BackfillJob(wanted, tell=told.append), settings)
    assert "planned" in told[-1]
    assert counted(settings) == 12


def test_a_backfill_that_was_stopped_is_resumed_without_its_words_and_says_so(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home", fetch_threads=1)
    (tmp_path / "urls.txt").write_text("\n".join(past.urls[:3]))
    stopped(settings, BackfillOptions(ground=BackfillOrigin.URLS, inputs=(str(tmp_path / "urls.txt"),)))
    said = CliRunner().invoke(
        app, ["backfill", "resume"], env=environment_for(settings) | {"NEWSDESK_BACKFILL_PACE_S": "0"}
    )
    assert (said.exit_code, counted(settings)) == (0, 3)
    assert "going on with backfill" in said.output


def test_a_dry_run_estimates_and_plans_nothing(past: Past, tmp_path: Path) -> None:
    settings = home(past, tmp_path / "home", backfill_pace_s=5.0)
    (tmp_path / "urls.txt").write_text("\n".join(past.urls))
    job = BackfillJob(BackfillOptions(ground=BackfillOrigin.URLS, inputs=(str(tmp_path / "urls.txt"),)), is_dry=True)
    run_job(job, settings)
    assert job.estimate is not None
    assert job.estimate.requests == len(past.urls)
    assert 0.02 < job.estimate.hours < 0.06
    assert counted(settings, "ops.plans") == counted(settings) == 0
