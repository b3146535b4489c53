"""Metrics: Prometheus reads them, and reads out what was put in."""

from datetime import UTC, datetime
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from schemas.items.finding import Finding, Severity
from schemas.runs.lease import Life
from schemas.runs.run import RunState
from schemas.runs.status import RunLine, SourceLine, Status, Totals
from tasks.pure.reports.prometheus import render_metrics

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TOTALS = Totals(
    sources=1,
    articles=7,
    versions=9,
    captures=8,
    outcomes=20,
    quarantined=0,
    unaccounted_urls=0,
    politeness_breaches=0,
)


def run(flow: str, state: str, **counts: int) -> RunLine:
    plain: dict[str, Any] = dict.fromkeys(
        ("sources", "sources_failed", "urls", "loaded", "changed", "unchanged", "not_modified", "rejected"), 0
    )
    plain |= {"run_id": "r", "flow": flow, "runner": "direct", "state": state, "started_at": NOON, "seconds": 1.5}
    return RunLine.model_validate(plain | counts)


def life(flow: str, state: str) -> Life:
    fields = {"run_id": "r", "flow": flow, "runner": "direct", "host": "h", "started_at": NOON, "seen_at": NOON}
    return Life.model_validate(fields | {"state": state})


def source(slug: str) -> SourceLine:
    counts = {"feeds_ok": 1, "feeds_failing": 2, "articles": 7, "articles_24h": 3, "articles_7d": 7}
    fields = {"source": slug, "last_run_id": "r", "last_at": NOON, "articles_7d_before": 0}
    return SourceLine.model_validate(fields | counts)


def read(status: Status) -> dict[tuple[str, tuple[str, ...]], float]:
    """Value by name and label values."""
    families = list(text_string_to_metric_families(render_metrics(status)))
    assert all(family.type == "gauge" and family.documentation for family in families)
    return {
        (sample.name.removeprefix("newsdesk_"), tuple(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_an_empty_status_is_valid_too() -> None:
    assert read(Status(snapshot_at=NOON, totals=TOTALS))["articles", ()] == 7


def test_times_are_epoch_seconds() -> None:
    assert read(Status(snapshot_at=NOON, totals=TOTALS))["snapshot_time_seconds", ()] == NOON.timestamp()


def test_the_last_run_of_each_flow_counts() -> None:
    runs = (run("ingest", "failed", loaded=4), run("ingest", "completed", loaded=5), run("health", "completed"))
    values = read(Status(snapshot_at=NOON, totals=TOTALS, runs=runs))
    assert values["last_run_loaded", ("ingest",)] == 4
    assert values["last_run_seconds", ("health",)] == 1.5


def test_the_state_of_a_last_run_is_1_and_every_other_state_0() -> None:
    values = read(Status(snapshot_at=NOON, totals=TOTALS, runs=(run("ingest", "failed"), run("health", "completed"))))
    assert {labels: value for (name, labels), value in values.items() if name == "last_run_state"} == {
        (flow, state.value): float(state.value == ended)
        for flow, ended in (("ingest", "failed"), ("health", "completed"))
        for state in RunState
    }


def test_the_series_are_the_same_whatever_the_states_are() -> None:
    calm = Status(snapshot_at=NOON, totals=TOTALS, runs=(run("ingest", "completed"),))
    busy = calm.model_copy(update={"runs": (run("ingest", "crashed"),), "under_way": (life("ingest", "crashed"),)})
    assert read(calm).keys() == read(busy).keys()


def test_runs_under_way_are_counted_by_state() -> None:
    lives = (life("ingest", "running"), life("ingest", "crashed"), life("ingest", "crashed"))
    values = read(Status(snapshot_at=NOON, totals=TOTALS, under_way=lives))
    assert values["runs_under_way", ("ingest", "crashed")] == 2
    assert values["runs_under_way", ("ingest", "running")] == 1


def test_each_metric_has_one_help_text_of_its_own() -> None:
    status = Status(
        snapshot_at=NOON, totals=TOTALS, runs=(run("ingest", "completed"),), sources=(source("a"), source("b"))
    )
    helps = [line.split(" ", 3)[2:] for line in render_metrics(status).splitlines() if line.startswith("# HELP")]
    assert len({name for name, _ in helps}) == len({text for _, text in helps}) == len(helps)


def test_a_label_survives_what_it_holds() -> None:
    odd = 'a "quoted" \\ name\nwith a line end'
    values = read(Status(snapshot_at=NOON, totals=TOTALS, sources=(source(odd),)))
    assert values["source_feeds_failing", (odd,)] == 2


def test_findings_are_counted_by_code() -> None:
    finding = Finding(run_id="r", code="source_silent", severity=Severity.WARNING, message="m", at=NOON)
    values = read(Status(snapshot_at=NOON, totals=TOTALS, findings=(finding, finding)))
    assert values["open_findings", ("warning", "source_silent")] == 2
