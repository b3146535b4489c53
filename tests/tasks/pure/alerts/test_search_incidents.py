"""What a run brought for a watched search is one incident."""

from datetime import UTC, datetime

from schemas.runs.alert import AlertKind
from tasks.pure.alerts.search_incidents import by_run, search_incident

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


def test_the_articles_of_a_run_are_one_message() -> None:
    found = search_incident("heat", "run-1", AT, ["A", "B"])

    assert (found.kind, found.code, found.incident_id) == (AlertKind.SEARCH, "heat", "search heat run-1")
    assert found.message == "2 new articles for 'heat': A; B (newsdesk search --saved heat)"


def test_a_long_list_is_cut() -> None:
    message = search_incident("heat", "run-1", AT, list("ABCDEFG")).message

    assert "7 new articles for 'heat': A; B; C; D; E; and 2 more" in message


def test_hits_are_of_the_run_that_brought_them_in_their_order() -> None:
    assert by_run({"2": "B", "1": "A", "3": "C", "9": "old"}, {"1": "x", "2": "x", "3": "y"}) == {
        "x": ["B", "A"],
        "y": ["C"],
    }
