"""A run as an OpenTelemetry collector sees it, by OTLP over HTTP (make prefect)."""

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.demo_site import Newsroom
from tests.support.desks import NEWSDESK
from tests.support.newsrooms import environment_for, settings_for
from tests.support.telemetry import Collector, collector, sdk_folder

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("telemetry")]
OPENED_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
STEPS = ["discover", "extract", "fetch", "load", "validate"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a program that could send spans, and whose imports are told on standard error."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEWSDESK_", "PREFECT_", "OTEL_"))}
    with Newsroom(OPENED_AT) as newsroom:
        its = environment_for(settings_for(tmp_path_factory.mktemp("telemetry"), newsroom))
        its |= {"PYTHONPATH": str(sdk_folder()), "PYTHONPROFILEIMPORTTIME": "1", "NEWSDESK_RUNNER": "direct"}
        yield kept | its


def ingest(environment: dict[str, str]) -> str:
    """The run of one source; what it says on standard error."""
    words = [str(NEWSDESK), "ingest", "talblick"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stderr


def told(plain: dict[str, str], **variables: str) -> tuple[Collector, str]:
    with collector() as its:
        errors = ingest(plain | {name: value.format(its.endpoint) for name, value in variables.items()})
    return its, errors


def test_a_run_and_its_steps_arrive_as_one_trace(plain: dict[str, str]) -> None:
    its, _ = told(plain, OTEL_EXPORTER_OTLP_ENDPOINT="{}", OTEL_SERVICE_NAME="desk")
    spans = [span for span in its.spans() if span["scope"] == "newsdesk"]

    (run,) = [span for span in spans if "parentSpanId" not in span]
    steps = [span for span in spans if span is not run]
    assert (run["name"], sorted(span["name"] for span in steps)) == ("ingest", STEPS)
    assert {span["parentSpanId"] for span in steps} == {run["spanId"]}
    assert {span["traceId"] for span in spans} == {run["traceId"]}
    assert {span["attributes"]["label"] for span in steps} == {"talblick"}
    assert [span["attributes"]["sources"] for span in steps if span["name"] == "fetch"] == [["talblick"]]
    assert all(int(span["endTimeUnixNano"]) > int(span["startTimeUnixNano"]) for span in spans)
    assert len(list(Path(plain["NEWSDESK_HOME"]).glob(f"reports/{run['attributes']['run_id']}.html"))) == 1


def test_without_the_variables_nothing_is_sent_and_nothing_imported(plain: dict[str, str]) -> None:
    its, errors = told(plain)
    assert its.posted == []
    assert "import time:" in errors
    assert "opentelemetry" not in errors


def test_a_collector_that_is_gone_costs_the_run_nothing_but_its_spans(plain: dict[str, str]) -> None:
    with collector() as its:
        gone = its.endpoint
    ingest(plain | {"OTEL_EXPORTER_OTLP_ENDPOINT": gone, "OTEL_EXPORTER_OTLP_TIMEOUT": "2"})
