"""Messages of alerts: each is made once, and sent by one process at a time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from schemas.items.finding import Severity
from schemas.runs.alert import Alert, AlertKind, AlertPhase, AlertState
from schemas.settings import Settings
from tests.support.warehouse.places import BOTH, FILES
from tests.support.warehouse.services import create_database
from tests.support.words import files_with
from warehouse.hot.alerts import CLAIM_S
from warehouse.hot.state import HotState, open_hot

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=CLAIM_S + 1)
NUMBERS = count(1)


@pytest.fixture(params=BOTH)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a fresh state: a file, or a database of a server."""
    if request.param == FILES:
        return Settings(home=tmp_path / "new")
    words = create_database(request.getfixturevalue("server"), f"alerts{next(NUMBERS)}")
    return Settings(home=tmp_path / "new", warehouse=f"ducklake:postgres:{words}?data={tmp_path}/data/")


@pytest.fixture
def hot(settings: Settings) -> Iterator[HotState]:
    """A fresh state."""
    with closing(open_hot(settings)) as state:
        yield state


def alert(incident_id: str = "1", **changes: object) -> Alert:
    plain = {
        "incident_id": incident_id,
        "kind": AlertKind.FINDING,
        "severity": Severity.WARNING,
        "code": "feed_went_empty",
        "message": "no entry",
        "opened_at": NOW,
        "route": "desk",
        "phase": AlertPhase.OPENED,
        "state": AlertState.WAITING,
        "attempts": 0,
        "made_at": NOW,
        "due_at": NOW,
    }
    return Alert.model_validate(plain | changes)


def test_a_message_comes_back_as_it_was_made(hot: HotState) -> None:
    made = alert(
        source="talblick", closed_at=NOW, why="it lists entries", error="no", due_at=NOW + timedelta(hours=1)
    )
    assert hot.alerts.make([made]) == 1
    assert hot.alerts.all() == [made]


def test_of_many_processes_that_make_and_take_the_same_messages_each_is_had_by_one(settings: Settings) -> None:
    wanted = [alert(str(number)) for number in range(20)]

    def work(_: int) -> tuple[int, list[str]]:
        with closing(open_hot(settings)) as own:
            made = own.alerts.make(wanted)
            return made, [one.incident_id for one in own.alerts.claim("desk", NOW)]

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(work, range(4)))
    assert sum(made for made, _ in done) == 20
    taken = [name for _, names in done for name in names]
    assert sorted(taken) == sorted(one.incident_id for one in wanted)


def test_what_a_process_took_and_did_not_settle_is_had_by_another_after_its_time(hot: HotState) -> None:
    hot.alerts.make([alert()])
    assert len(hot.alerts.claim("desk", NOW)) == 1
    assert hot.alerts.claim("desk", NOW + timedelta(seconds=CLAIM_S - 1)) == []
    assert len(hot.alerts.claim("desk", LATER)) == 1


def test_what_was_sent_is_never_had_again_and_what_failed_when_it_is_due(hot: HotState) -> None:
    hot.alerts.make([alert("1"), alert("2")])
    one, two = hot.alerts.claim("desk", NOW)
    again = NOW + timedelta(minutes=3)
    hot.alerts.settle(
        [
            one.model_copy(update={"state": AlertState.SENT, "ended_at": NOW}),
            two.model_copy(update={"state": AlertState.WAITING, "attempts": 1, "error": "down", "due_at": again}),
        ]
    )
    assert hot.alerts.claim("desk", NOW) == []
    assert [(each.incident_id, each.attempts, each.error) for each in hot.alerts.claim("desk", again)] == [
        ("2", 1, "down")
    ]
    assert [each.incident_id for each in hot.alerts.unrecorded()] == ["1"]


def test_the_end_of_an_incident_joins_a_message_that_waits_and_none_that_is_sent(hot: HotState) -> None:
    hot.alerts.make([alert("1"), alert("2", due_at=LATER)])
    hot.alerts.claim("desk", NOW)
    hot.alerts.end([alert("1", closed_at=NOW), alert("2", closed_at=NOW, why="it is back")])
    assert [(each.incident_id, each.why) for each in hot.alerts.all()] == [("1", None), ("2", "it is back")]


def test_what_the_warehouse_has_is_kept_for_a_time_and_deleted_then(hot: HotState) -> None:
    hot.alerts.make([alert()])
    (one,) = hot.alerts.claim("desk", NOW)
    hot.alerts.settle([one.model_copy(update={"state": AlertState.SENT, "ended_at": NOW})])
    hot.alerts.mark_recorded([one], NOW)
    assert (len(hot.alerts.all()), hot.alerts.unrecorded()) == (1, [])
    hot.alerts.mark_recorded([], NOW + timedelta(days=1))
    assert hot.alerts.all() == []


def test_a_message_about_what_was_forgotten_is_emptied_and_stays_in_no_file(
    hot: HotState, settings: Settings
) -> None:
    told = "http://harbour.example/quokka was put aside"
    hot.alerts.make([alert("1", message=told), alert("2"), alert("3", source="tides")])
    hot.alerts.settle([alert("1", message=told, state=AlertState.WAITING, error="quokka: no answer")])

    assert hot.alerts.forget({"http://harbour.example/quokka"}, {"tides"}) == 2
    assert hot.alerts.forget({"http://harbour.example/quokka"}, {"tides"}) == 0

    assert [each.message for each in hot.alerts.all()] == ["(forgotten)", "no entry", "(forgotten)"]
    assert files_with(settings.home, ["quokka"]) == {}
