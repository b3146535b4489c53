"""The flow as a deployment: a real Prefect server and process worker on loopback."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.flows.prefect_site import PrefectSite, prefect_site
from warehouse.newsroom.site import Newsroom, sources_path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deployment")


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[PrefectSite]:
    """A server and a worker, with the deployments of prefect.yaml, beside a newsroom."""
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        environment = {
            "NEWSDESK_HOME": str(home / "var"),
            "NEWSDESK_SOURCES": str(sources_path()),
            "NEWSDESK_HOSTS": newsroom.hosts,
            "NEWSDESK_ALLOW_ADDRESSES": newsroom.allow,
            "NEWSDESK_PACE_FLOOR_S": "0",
        }
        with prefect_site(home, environment) as opened:
            opened.run("prefect", "work-pool", "create", "newsdesk", "--type", "process")
            opened.run("prefect", "--no-prompt", "deploy", "--all")
            with opened.background("prefect", "worker", "start", "--pool", "newsdesk"):
                yield opened


def flow_runs(site: PrefectSite, state: str) -> list[dict[str, object]]:
    runs: list[dict[str, object]] = json.loads(
        site.run("prefect", "flow-run", "ls", "--state", state, "--limit", "200", "-o", "json")
    )
    return runs


def test_a_deployment_run_completes_and_its_rows_are_in_the_warehouse(site: PrefectSite) -> None:
    site.run("prefect", "deployment", "run", "ingest/ingest")
    site.wait_until(lambda: bool(flow_runs(site, "COMPLETED")), 240, "a run completes")
    rows = json.loads(site.run("newsdesk", "sql", "SELECT runner, state FROM ops.runs", "--format", "json"))
    assert rows == [{"runner": "prefect", "state": "completed"}]
    counted = json.loads(site.run("newsdesk", "sql", "SELECT count(*) AS n FROM main.articles", "--format", "json"))
    assert counted[0]["n"] > 40


def test_the_schedule_of_prefect_yaml_creates_runs(site: PrefectSite) -> None:
    site.wait_until(lambda: bool(flow_runs(site, "SCHEDULED")), 90, "a scheduled run appears")


def test_a_run_leaves_its_table_and_its_summary_as_artifacts(site: PrefectSite) -> None:
    site.wait_until(lambda: bool(flow_runs(site, "COMPLETED")), 240, "a run completes")
    keys = {artifact["key"] for artifact in json.loads(site.run("prefect", "artifact", "ls", "-o", "json"))}
    assert keys == {"ingest-outcomes", "ingest-summary"}


def test_the_command_line_uses_the_server_that_answers(site: PrefectSite) -> None:
    site.run("newsdesk", "ingest", "talblick", "--json")
    rows = json.loads(site.run("newsdesk", "sql", "SELECT DISTINCT runner FROM ops.runs", "--format", "json"))
    assert rows == [{"runner": "prefect"}]
