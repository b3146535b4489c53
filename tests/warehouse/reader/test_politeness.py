"""The ledger of requests, read for people."""

from datetime import timedelta
from pathlib import Path

import pytest

from schemas.runs.batch import BatchLedger
from tests.support.warehouse.batch_samples import FEED, NOON, batch, request
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse
from warehouse.reader.politeness import domain_paces, requests_to
from warehouse.reader.publish import publish_reader


@pytest.fixture
def reader(warehouse: Warehouse, tmp_path: Path) -> Path:
    """A ledger in which one domain was asked by two runs, the second too early."""
    starts = [0.0, 2.5, 3.0]
    sent = [
        request(f"{FEED}/{at}", NOON + timedelta(seconds=at), run_id=f"run-{number}", wire_bytes=100)
        for number, at in enumerate(starts)
    ]
    other = request("https://www.quay.example/a", NOON, host="www.quay.example", domain="quay.example")
    load_batch(warehouse, batch([], ledger=BatchLedger(requests=(*sent, other))), NOON)
    publish_reader(warehouse, tmp_path / "reader.duckdb")
    return tmp_path / "reader.duckdb"


def test_a_domain_shows_its_smallest_gap_and_its_breaches_first(reader: Path) -> None:
    paces = domain_paces(reader)
    assert [(each.domain, each.requests, each.gap_s, each.pace_s, each.wire_bytes) for each in paces] == [
        ("harbour.example", 3, 0.5, 2.0, 300),
        ("quay.example", 1, None, 2.0, 0),
    ]
    assert [each.breaches for each in paces] == [1, 0]


def test_the_requests_to_a_host_have_their_gaps_and_the_breach_is_named(reader: Path) -> None:
    sent = requests_to(reader, "harbour.example")
    assert [(each.gap_s, each.breach) for each in sent] == [(None, None), (2.5, None), (0.5, "too_close")]


def test_a_domain_stands_for_all_of_its_hosts(reader: Path) -> None:
    assert len(requests_to(reader, "quay.example")) == len(requests_to(reader, "www.quay.example")) == 1


def test_a_host_that_was_never_asked_has_no_requests(reader: Path) -> None:
    assert requests_to(reader, "nowhere.example") == ()
