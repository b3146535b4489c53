"""Which messages are made."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from schemas.items.finding import Severity
from schemas.runs.alert import Alert, Alertable, AlertKind, AlertState
from tasks.pure.alerts.plan import planned_alerts
from tasks.pure.alerts.routes import AlertsFile

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ZONE = ZoneInfo("UTC")
FILE = AlertsFile.model_validate(
    {"routes": {"desk": {"url": "ntfy://h/t"}, "loud": {"url": "ntfy://h/u", "over": False}}}
)
ONE = Alertable(
    incident_id="1",
    kind=AlertKind.FINDING,
    severity=Severity.WARNING,
    source="talblick",
    code="feed_went_empty",
    message="no entry",
    opened_at=NOW - timedelta(hours=1),
)
OVER = ONE.model_copy(update={"closed_at": NOW, "why": "it lists entries"})
NONE_TOLD: frozenset[tuple[str, str]] = frozenset()


def told(state: AlertState, *routes: str) -> dict[tuple[str, str], Alert]:
    """What was made of the incident before."""
    new = planned_alerts(FILE, [ONE], {}, NONE_TOLD, ZONE, NOW).new
    return {(one.route, "1"): one.model_copy(update={"state": state}) for one in new if one.route in routes}


def made(alerts: list[Alert]) -> list[tuple[str, str]]:
    return [(one.route, one.phase.value) for one in alerts]


def test_an_open_incident_gives_each_route_one_message() -> None:
    assert made(planned_alerts(FILE, [ONE], {}, NONE_TOLD, ZONE, NOW).new) == [("desk", "opened"), ("loud", "opened")]
    again = planned_alerts(FILE, [ONE], told(AlertState.SENT, "desk"), NONE_TOLD, ZONE, NOW)
    assert made(again.new) == [("loud", "opened")]


def test_its_end_is_told_once_where_the_route_wants_it() -> None:
    before = told(AlertState.SENT, "desk", "loud")
    plan = planned_alerts(FILE, [OVER], before, NONE_TOLD, ZONE, NOW)
    assert made(plan.new) == [("desk", "over")]
    assert plan.new[0].why == "it lists entries"
    assert planned_alerts(FILE, [OVER], before, frozenset({("desk", "1")}), ZONE, NOW).new == []


def test_an_incident_of_a_run_that_is_no_longer_there_is_over() -> None:
    assert made(planned_alerts(FILE, [], told(AlertState.SENT, "desk"), NONE_TOLD, ZONE, NOW).new) == [
        ("desk", "over")
    ]


def test_what_a_search_found_is_told_once_and_never_over() -> None:
    found = ONE.model_copy(update={"kind": AlertKind.SEARCH})
    new = planned_alerts(FILE, [found], {}, NONE_TOLD, ZONE, NOW).new
    assert made(new) == [("desk", "opened"), ("loud", "opened")]
    for state in (AlertState.SENT, AlertState.WAITING):
        before = {(one.route, "1"): one.model_copy(update={"state": state}) for one in new}
        assert planned_alerts(FILE, [], before, NONE_TOLD, ZONE, NOW) == ([], [])


def test_what_waits_while_its_incident_ends_says_both_and_no_second_message_is_made() -> None:
    plan = planned_alerts(FILE, [OVER], told(AlertState.WAITING, "desk"), NONE_TOLD, ZONE, NOW)
    assert plan.new == []
    assert [one.closed_at for one in plan.passed] == [NOW]


def test_what_was_over_before_anything_was_told_gives_no_message() -> None:
    assert planned_alerts(FILE, [OVER], {}, NONE_TOLD, ZONE, NOW) == ([], [])


def test_what_is_being_sent_is_left_alone_until_its_fate_is_known() -> None:
    before = told(AlertState.SENDING, "desk", "loud")
    assert planned_alerts(FILE, [OVER], before, NONE_TOLD, ZONE, NOW) == ([], [])


def test_a_route_that_was_given_up_tells_no_end() -> None:
    before = told(AlertState.GIVEN_UP, "desk", "loud")
    assert planned_alerts(FILE, [OVER], before, NONE_TOLD, ZONE, NOW) == ([], [])
