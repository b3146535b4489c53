"""The simulated polls of made-up outlets, in short: bench/freshness/simulate.py runs a fortnight of 200."""

from bench.freshness.outlets import outlets
from bench.freshness.simulate import (
    FORMER_RUN_EVERY_S,
    GOAL_REQUESTS,
    GOAL_SHARE,
    RUN_EVERY_S,
    Story,
    figures_of,
    former,
    newsdesk,
    polled_by,
    requests_of_oracle,
)
from tests.support.repository import ROOT

DAYS = 7
SOME = outlets(16, DAYS, seed=5)


def reaches_the_goals(stories: list[Story]) -> dict[str, bool]:
    """Which goals the stories reach: of articles in time, of articles missed, of requests."""
    its = figures_of(stories)
    return {
        "in time": its.share >= GOAL_SHARE,
        "none missed": its.missed == 0,
        "requests": its.requests <= GOAL_REQUESTS * sum(map(requests_of_oracle, stories)),
    }


def test_articles_of_every_rhythm_are_loaded_in_time_none_is_missed_and_requests_are_few() -> None:
    ours = [polled_by(newsdesk, RUN_EVERY_S, outlet, DAYS) for outlet in SOME]
    assert reaches_the_goals(ours) == {"in time": True, "none missed": True, "requests": True}


def test_the_share_of_new_entries_as_a_rule_was_late_and_missed_articles() -> None:
    before = [polled_by(former, FORMER_RUN_EVERY_S, outlet, DAYS) for outlet in SOME]
    assert reaches_the_goals(before) == {"in time": False, "none missed": False, "requests": True}


def test_the_simulation_runs_as_often_as_the_deployment() -> None:
    assert f"interval: {RUN_EVERY_S:.0f}," in (ROOT / "prefect.yaml").read_text()


def test_the_outlets_are_the_same_at_every_call_and_of_every_rhythm() -> None:
    again = outlets(16, DAYS, seed=5)
    assert [outlet.published for outlet in again] == [outlet.published for outlet in SOME]
    rates = [outlet.a_day for outlet in outlets(200, 1, seed=17)]
    assert (round(min(rates) * 7), round(max(rates))) == (1, 300)
    assert len({outlet.habit for outlet in outlets(200, 1, seed=17)}) == 8
