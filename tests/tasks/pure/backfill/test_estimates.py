"""What people are told of a plan."""

from datetime import UTC, datetime

import pytest

from schemas.runs.backfill_plan import Estimate
from tasks.pure.backfill.estimates import plan_line

NOON = datetime(2026, 11, 25, 12, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("chunks", "known", "since", "line"),
    [
        (0, 2, None, "nothing left to do; 2 articles are there already"),
        (1, 0, None, "planned 1 chunk; 0 articles are there already"),
        (
            2,
            1,
            NOON,
            "planned 2 chunks; 1 page is there already, taken from these files until 2026-11-25 12:03 UTC: "
            "only what is missing will be loaded",
        ),
    ],
)
def test_a_plan_says_what_is_there_already(chunks: int, known: int, since: datetime | None, line: str) -> None:
    plan = Estimate(chunks=chunks, requests=0, hours=0, bytes=0, known=known, known_until=since, faults=0)
    assert plan_line(plan) == line
