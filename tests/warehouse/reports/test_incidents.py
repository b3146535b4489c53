"""Incidents: findings of one kind about one thing, up to the row that closed them."""

from datetime import datetime
from typing import Any

from schemas.items.finding import Finding, Severity
from schemas.items.incident import Closing
from schemas.runs.batch import BatchLedger
from tests.support.warehouse.batch_samples import FEED, NOON, batch, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask
from warehouse.database.connection import Warehouse


def found(at: datetime, **changes: Any) -> Finding:
    """A feed that went empty."""
    fields = {
        "run_id": f"run-{at:%H}",
        "source": "harbour",
        "code": "feed_went_empty",
        "severity": Severity.WARNING,
        "message": "lists nothing",
        "observed": 0.0,
        "about": FEED,
        "at": at,
    }
    return Finding(**fields | changes)


def over(at: datetime, **changes: Any) -> Closing:
    """Its end."""
    fields = {"source": "harbour", "code": "feed_went_empty", "about": FEED}
    more = {"at": at, "run_id": f"run-{at:%H}", "who": "ingest", "why": "it lists 3 entries"}
    return Closing(**fields | more | changes)


def load(warehouse: Warehouse, name: str, **rows: Any) -> None:
    load_batch(warehouse, batch([], name, ledger=BatchLedger(**rows)), NOON)


def test_an_incident_lasts_from_its_first_finding_to_its_closing(warehouse: Warehouse) -> None:
    load(warehouse, "a", findings=(found(NOON), found(NOON + hours(1), message="still nothing", observed=None)))
    asked = "SELECT opened_at, opened_by, seen_at, message, observed, findings, closed_at, why FROM ops.incidents"
    open_one = (NOON, "run-12", NOON + hours(1), "still nothing", None, 2)
    assert ask(warehouse, asked) == [(*open_one, None, None)]

    load(warehouse, "b", closings=(over(NOON + hours(2)),))
    assert ask(warehouse, asked) == [(*open_one, NOON + hours(2), "it lists 3 entries")]


def test_what_comes_back_is_another_incident(warehouse: Warehouse) -> None:
    load(warehouse, "a", findings=(found(NOON),))
    load(warehouse, "b", closings=(over(NOON + hours(1)),))
    load(warehouse, "c", findings=(found(NOON + hours(2)),))
    asked = "SELECT opened_at, closed_at, incident_id FROM ops.incidents ORDER BY opened_at"
    first, again = ask(warehouse, asked)
    assert (first[:2], again[:2]) == ((NOON, NOON + hours(1)), (NOON + hours(2), None))
    assert first[2] != again[2]


def test_a_closing_ends_only_what_is_about_the_same_thing(warehouse: Warehouse) -> None:
    others = (found(NOON, about=None), found(NOON, code="feed_shrank"), found(NOON, source=None))
    load(warehouse, "a", findings=(found(NOON), *others))
    load(warehouse, "b", closings=(over(NOON),))
    asked = "SELECT source, code, about FROM ops.incidents WHERE closed_at IS NULL ORDER BY ALL"
    assert ask(warehouse, asked) == [
        ("harbour", "feed_shrank", FEED),
        ("harbour", "feed_went_empty", None),
        (None, "feed_went_empty", FEED),
    ]


def test_loaded_twice_an_end_is_one_row(warehouse: Warehouse) -> None:
    for name in ("a", "b"):
        load(warehouse, name, closings=(over(NOON),))
    assert ask(warehouse, "SELECT count(*) FROM ops.closings") == [(1,)]
    assert ask(warehouse, "SELECT count(*) FROM reports.incidents") == [(0,)]
