"""The short form of `python -m bench.health`: every kind of fault is found and ends, and health gives no alarm."""

import pytest

from bench.health import Case, Home, is_in_bounds, simulate
from bench.inputs.health_sources import FAULTS
from schemas.items.finding import Finding

Simulated = tuple[list[Finding], list[Case], Home]


@pytest.fixture(scope="module")
def simulated() -> Simulated:
    return simulate(9, 2, seed=1, learnt_days=28, rates=(15.0, 30.0, 60.0))


def test_healthy_sources_give_no_alarm(simulated: Simulated) -> None:
    assert [(each.source, each.code) for each in simulated[0]] == []


def test_each_kind_of_fault_is_found_in_time_and_its_finding_ends(simulated: Simulated) -> None:
    _, cases, home = simulated
    assert [case.fault for case in cases] == list(FAULTS)
    assert [case.fault for case in cases if not is_in_bounds(case, home)] == []
    assert [case.fault for case in cases if case.closed_at is None] == []
