"""Sites that are down, forbid and limit requests: what `newsdesk health`, `status` and `metrics` say of them."""

import json
import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest

from flows.health import stages
from flows.running.run import run_flow
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for
from tests.support.sites.papers import Edition, items, open_papers
from tests.support.sites.raw_site import answer

EDITIONS: dict[str, list[Edition]] = {
    "down": [items("/a")],
    "forbidden": [answer(b"no", status="403 Forbidden")],
    "limited": [answer(b"slowly", "Retry-After: 120", status="429 Too Many Requests")],
    "well": [items("/a", "/b")],
}
REASONS = {"down": "timeout_connect", "forbidden": "http_error", "limited": "rate_limited"}


class Told(NamedTuple):
    """What the commands print after a run; `health` is the exit code and the findings."""

    health: tuple[int, list[dict[str, Any]]]
    status: dict[str, Any]
    lines: str
    states: list[dict[str, Any]]
    metrics: str


@pytest.fixture(scope="module", params=["first run", "after a run of the flow `health`"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with open_papers(tmp_path_factory.mktemp("failing"), EDITIONS) as papers, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        settings = papers.settings
        hosts = tuple(
            f"{name.partition('=')[0]}=127.0.0.1:{port}" if name.startswith("down.") else name
            for name in settings.hosts
        )
        papers.settings = settings.model_copy(
            update={"hosts": hosts, "allow_addresses": (*settings.allow_addresses, f"127.0.0.1:{port}")}
        )
        papers.at = datetime.now(UTC)
        papers.run()
        if request.param != "first run":
            run_flow("health", stages, [], papers.settings)
        desk = Desk(environment_for(papers.settings))
        health = desk.run("health", "--json")
        yield Told(
            (health.returncode, json.loads(health.stdout)),
            json.loads(desk.run("status", "--json").stdout),
            desk.run("health").stdout + desk.run("status").stdout,
            json.loads(desk.run("sql", "--format", "json", "FROM ops.feed_states ORDER BY source").stdout),
            desk.run("metrics").stdout,
        )


def test_health_and_status_tell_the_same_findings_with_the_same_times(told: Told) -> None:
    code, findings = told.health
    assert code == 3
    assert [{**each, "run_id": None} for each in told.status["findings"]] == [
        {**each, "run_id": None} for each in findings
    ]
    found = {each["source"]: (each["code"], each["severity"], each["message"]) for each in findings}
    assert found == {
        name: (
            "source_never_answered",
            "warning",
            f"none of its feeds could ever be read: {reason} http://{name}.test/feed",
        )
        for name, reason in REASONS.items()
    }


def test_the_line_of_a_source_bears_the_times_of_its_poll(told: Told) -> None:
    polled = {each["source"]: each["at_utc"] for each in told.states}
    lines = {each["source"]: each for each in told.status["sources"]}
    at = datetime.fromisoformat
    assert {name: at(line["last_poll_at"]) for name, line in lines.items()} == {
        name: at(polled[name]) for name in EDITIONS
    }
    assert [name for name, line in lines.items() if line["feeds_failing"]] == list(REASONS)
    assert [name for name, line in lines.items() if line["last_feed_ok_at"]] == ["well"]


def test_both_tables_and_the_metrics_count_three_warnings(told: Told) -> None:
    assert len(re.findall(r"open findings: 3\n", told.lines)) == 2
    assert 'newsdesk_open_findings{severity="warning",code="source_never_answered"} 3\n' in told.metrics
