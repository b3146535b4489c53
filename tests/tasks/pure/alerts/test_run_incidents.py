"""Incidents of runs: failed, crashed, missing."""

from datetime import UTC, datetime, timedelta

from schemas.runs.alert import AlertKind
from schemas.runs.flow_ends import FlowEnds
from schemas.runs.lease import Life
from schemas.runs.run import RunState
from tasks.pure.alerts.run_incidents import run_incidents

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG_AGO = NOW - 99 * HOUR
TWO_HOURS = {"ingest": 2 * HOUR}


def bad(runs: int, state: RunState = RunState.FAILED) -> FlowEnds:
    return FlowEnds(
        flow="ingest",
        ended_well_at=NOW - HOUR,
        bad_run_id="r1",
        bad_state=state,
        bad_at=NOW,
        bad_runs=runs,
        error="no",
    )


def test_a_flow_that_fails_again_and_again_is_one_incident() -> None:
    first, later = (run_incidents([bad(n)], [], {}, LONG_AGO, NOW)[0] for n in (1, 3))
    assert first.incident_id == later.incident_id
    assert later.message == "the ingest r1 failed, and 2 more since: no"
    assert run_incidents([bad(1, RunState.CRASHED)], [], {}, LONG_AGO, NOW)[0].kind is AlertKind.CRASHED


def test_a_dead_run_without_a_row_is_the_incident_that_its_row_will_be() -> None:
    dead = Life(
        run_id="r1",
        flow="ingest",
        runner="direct",
        state="crashed",
        host="h",
        started_at=NOW,
        seen_at=NOW,
        error="gone",
    )
    before = run_incidents([], [dead], {}, LONG_AGO, NOW)
    after = run_incidents([bad(1, RunState.CRASHED)], [dead], {}, LONG_AGO, NOW)
    assert [one.incident_id for one in before] == [one.incident_id for one in after]


def test_a_flow_without_a_good_run_for_too_long_is_missing_until_one_comes() -> None:
    late = FlowEnds(flow="ingest", ended_well_at=NOW - 3 * HOUR)
    found = run_incidents([late], [], TWO_HOURS, LONG_AGO, NOW)
    assert [(one.kind, one.opened_at) for one in found] == [(AlertKind.MISSING, NOW - HOUR)]
    assert found[0].incident_id == run_incidents([late], [], TWO_HOURS, LONG_AGO, NOW + HOUR)[0].incident_id
    assert run_incidents([FlowEnds(flow="ingest", ended_well_at=NOW)], [], TWO_HOURS, LONG_AGO, NOW) == []


def test_before_the_first_run_it_is_counted_from_when_the_routes_were_written() -> None:
    assert run_incidents([], [], TWO_HOURS, NOW - HOUR, NOW) == []
    assert "none ever did" in run_incidents([], [], TWO_HOURS, NOW - 3 * HOUR, NOW)[0].message


def test_after_the_clock_was_set_back_nothing_is_missing() -> None:
    ahead = FlowEnds(flow="ingest", ended_well_at=NOW + 48 * HOUR)
    assert run_incidents([ahead], [], TWO_HOURS, LONG_AGO, NOW) == []
