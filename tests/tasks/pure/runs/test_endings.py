"""When what a finding tells is over: by what a later run shows, and by nothing else."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from schemas.items.finding import Finding, Severity
from schemas.items.incident import Incident
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from schemas.sources.source import Source
from tasks.pure.runs.endings import RunEvidence, closings
from tasks.pure.sources.judge import Seen

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = "https://quay.example/feed"
QUAY = Source(slug="quay", name="Quay", homepage="https://quay.example/", language="en", country="gb", feeds=(FEED,))


def incident(
    code: str, about: str | None = None, source: str | None = "quay", seen_at: datetime = NOW - HOUR
) -> Incident:
    return Incident(
        incident_id=uuid5(NAMESPACE_URL, code),
        source=source,
        code=code,
        severity=Severity.WARNING,
        message="it was so",
        about=about,
        findings=1,
        opened_at=seen_at,
        opened_by="before",
        seen_at=seen_at,
        seen_by="before",
    )


def polled(reason: Reason = Reason.OK, at: datetime = NOW) -> dict[str, Seen]:
    state = FeedState(
        run_id="r", source="quay", url=FEED, kind=UrlKind.FEED, at=at, reason=reason, entries_last=20, answered_at=at
    )
    return {"quay": Seen(QUAY, {FEED: state}, (), None, ())}


def whys(one: Incident, **shown: Any) -> list[str]:
    plain: dict[str, Any] = {"flow": "ingest", "run_id": "r", "at": NOW, "sources": {"quay": QUAY}, "is_whole": True}
    return [row.why for row in closings([one], RunEvidence(**plain | shown))]


@pytest.mark.parametrize(
    ("one", "shown", "why"),
    [
        (incident("feed_went_empty", FEED), {"seen": polled()}, ["it lists 20 entries"]),
        (incident("feed_went_empty", FEED), {"seen": polled(Reason.HTTP_ERROR)}, []),
        (incident("feed_went_empty", FEED), {"seen": polled(at=NOW - 2 * HOUR)}, []),
        (incident("feed_went_empty", FEED), {}, []),
        (incident("source_silent"), {"seen": polled()}, ["a feed answers"]),
        (incident("source_silent"), {}, []),
        (incident("source_silent"), {"sources": {}}, ["no source file names it, so nothing of it is judged"]),
        (incident("source_silent"), {"sources": {}, "is_whole": False}, []),
        (incident("source_silent"), {"sources": {}, "wrong": frozenset({"quay"})}, []),
        (incident("source_file_wrong"), {}, ["the file is right, or gone"]),
        (incident("undated"), {"articles": {"quay": 3}}, ["3 later articles do not show it"]),
        (incident("undated"), {"articles": {"quay": 2}}, []),
        (incident("undated", source=None), {"articles": {"quay": 1}}, ["a later run loaded 1 articles"]),
    ],
)
def test_an_incident_is_over_where_a_run_shows_it(one: Incident, shown: dict[str, Any], why: list[str]) -> None:
    assert whys(one, **shown) == why


def test_a_muted_source_closes_what_is_open_of_it() -> None:
    muted = {"quay": QUAY.model_copy(update={"muted": True})}
    assert whys(incident("source_silent"), sources=muted) == ["its source file says muted = true"]


def test_what_the_run_finds_again_stays_open() -> None:
    again = Finding(
        run_id="r", source="quay", code="source_silent", severity=Severity.WARNING, message="still", at=NOW
    )
    assert whys(incident("source_silent"), seen=polled(), found=[again]) == []


def test_an_incident_of_a_clock_that_was_ahead_closes_no_earlier_than_it_was_seen() -> None:
    ahead = incident("source_silent", seen_at=NOW + 24 * HOUR)
    plain = RunEvidence("ingest", "r", NOW, {"quay": QUAY}, True, seen=polled())
    assert [row.at for row in closings([ahead], plain)] == [ahead.seen_at]
