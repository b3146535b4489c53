"""What flows that people start in Prefect say there, on a real server and worker: each has a state message, tables, a
summary and links of its own, and none is cancelled because another runs."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import urlopen

import pytest

from tests.support.pages.browser import need_browser, shown
from tests.support.sites.prefect_site import PrefectSite

pytestmark = pytest.mark.xdist_group("prefect")
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
Runs = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def runs(site: PrefectSite) -> Runs:
    """Runs that were asked for at once, at their ends, by flow; two of health, the second as `health again`."""
    first = site.start("ingest/ingest")
    site.wait_until(lambda: site.state(first)["type"] in ENDED, 240, "an ingest ends")
    started = {
        "replay": site.start("replay/replay", since="yesterday"),
        "backfill": site.start("backfill/backfill", from_="sitemaps", since="30d", dry_run=True),
    }
    # What it finds is open for the health runs behind it, and for a status that is asked later.
    site.wait_until(lambda: site.state(started["backfill"])["type"] in ENDED, 240, "a backfill ends")
    started |= {
        "health": site.start("health/health"),
        "health again": site.start("health/health"),
        "maintain": site.start("maintain/maintain"),
        "wrong": site.start("replay/replay", since="soon"),
    }
    for name, run in started.items():
        site.wait_until(lambda run=run: site.state(run)["type"] in ENDED, 240, f"{name} ends")  # type: ignore[misc]  # one run each
    return {name: site.run_of(run) for name, run in started.items()}


@pytest.mark.parametrize(
    ("flow", "name", "begins"),
    [
        ("replay", "replay since yesterday", "{} captures extracted again: "),
        ("backfill", "backfill from sitemaps since 30d, dry run", "Dry run, nothing was loaded: "),
        ("maintain", "maintain", "{} files merged into "),
    ],
)
def test_a_flow_says_in_prefect_what_it_did(runs: Runs, flow: str, name: str, begins: str) -> None:
    state, end = runs[flow]["state"], begins.removeprefix("{}")
    assert (runs[flow]["name"], state["type"]) == (name, "COMPLETED")
    assert state["message"].lstrip("0123456789," if end != begins else "").startswith(end)


@pytest.mark.parametrize(
    ("flow", "keys"),
    [
        ("replay", {"replay-differences", "replay-summary", "replay-report", "replay-comparison"}),
        ("backfill", {"backfill-progress", "backfill-summary", "backfill-report"}),
        ("health", {"health-findings", "health-summary", "health-report"}),
        ("maintain", {"maintain-counts", "maintain-summary"}),
    ],
)
def test_a_flow_leaves_artifacts_of_its_own(site: PrefectSite, runs: Runs, flow: str, keys: set[str]) -> None:
    assert site.artifacts(runs[flow]).keys() - {f"{flow}-outcomes"} == keys


def test_the_link_of_a_replay_leads_to_both_texts(site: PrefectSite, runs: Runs) -> None:
    link = site.artifacts(runs["replay"])["replay-comparison"]["data"]
    with urlopen(link.partition("](")[2].rstrip(")"), timeout=30) as answer:
        assert "Replay of" in answer.read().decode()


def test_a_health_run_says_what_newsdesk_health_lists(site: PrefectSite, runs: Runs) -> None:
    table = json.loads(site.artifacts(runs["health again"])["health-findings"]["data"])
    listed = json.loads(site.run("newsdesk", "status", "--json"))["findings"]
    assert [(row["source"], row["code"]) for row in table] == [(each["source"], each["code"]) for each in listed]
    told = "open in 3 sources" if listed else "All well in 3 sources"
    assert told in runs["health again"]["state"]["message"]


def test_words_that_are_no_day_fail_the_run_with_the_words_of_the_command(runs: Runs) -> None:
    state = runs["wrong"]["state"]
    assert (state["type"], state["message"].startswith("not a day or instant: 'soon'")) == ("FAILED", True)


def test_a_run_that_is_asked_for_waits_for_the_one_before(runs: Runs) -> None:
    both = sorted((runs[name]["start_time"], runs[name]["end_time"]) for name in ("health", "health again"))
    assert [runs[name]["state"]["type"] for name in ("health", "health again")] == ["COMPLETED"] * 2
    assert both[0][1] <= both[1][0]


def test_a_scheduled_run_that_comes_late_says_why_it_was_skipped(site: PrefectSite) -> None:
    now = datetime.now(UTC)
    (late, *_) = site.schedule_late("health/health", now - timedelta(minutes=150), now - timedelta(minutes=40))
    site.wait_until(lambda: site.state(late)["type"] in ENDED, 120, "the late run ends")
    state = site.state(late)
    assert (state["type"], state["name"]) == ("COMPLETED", "Skipped")
    due = datetime.fromisoformat(late["expected_start_time"])
    assert state["message"].startswith(f"Skipped, nothing was done: it was due at {due:%Y-%m-%d %H:%M} UTC, ")
    assert state["message"].endswith("; the next scheduled run does the same, a quick run does it at once")


def test_the_ui_shows_the_table_of_a_health_run(site: PrefectSite, runs: Runs) -> None:
    need_browser()
    table = site.artifacts(runs["health"])["health-findings"]
    page = shown(f"{site.api_url.removesuffix('/api')}/artifacts/artifact/{table['id']}", "prefect-health.png")
    assert "Open findings, warnings first" in page
