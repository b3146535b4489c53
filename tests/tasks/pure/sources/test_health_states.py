"""The one state of a source: its file comes first, then its open incidents, then what is known of it."""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

import pytest

from schemas.items.finding import Severity
from schemas.items.incident import Incident
from schemas.sources.health import Health, HealthState
from schemas.sources.source import Source
from schemas.sources.usual import Usual
from tasks.pure.sources.health_states import changes, state_of

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ONE, TWO = "https://quay.example/one", "https://quay.example/two"
KNOWN = Usual(source="quay", at=NOW, run_id="r", days=56, gaps=(1.0,) * 100)


def source(**more: object) -> Source:
    plain = {"slug": "quay", "name": "Quay", "homepage": "https://quay.example/", "language": "en", "country": "gb"}
    return Source.model_validate(plain | {"feeds": (ONE, TWO)} | more)


def incident(code: str, about: str | None = None, severity: Severity = Severity.WARNING) -> Incident:
    return Incident(
        incident_id=uuid5(NAMESPACE_URL, f"{code} {about}"),
        source="quay",
        code=code,
        severity=severity,
        message=f"{code} of {about}",
        about=about,
        findings=1,
        opened_at=NOW,
        opened_by="r",
        seen_at=NOW,
        seen_by="r",
    )


@pytest.mark.parametrize(
    ("its", "usual", "health"),
    [
        ([], None, Health.NEW),
        ([], KNOWN.model_copy(update={"days": 3}), Health.NEW),
        ([], KNOWN, Health.HEALTHY),
        ([incident("undated")], KNOWN, Health.DEGRADED),
        ([incident("feeds_failing", severity=Severity.NOTICE)], KNOWN, Health.DEGRADED),
        ([incident("feed_moved", ONE, Severity.NOTICE)], KNOWN, Health.HEALTHY),
        ([incident("source_dried_up")], KNOWN, Health.SILENT),
        ([incident("feed_went_empty", ONE)], KNOWN, Health.DEGRADED),
        ([incident("feed_went_empty", ONE), incident("feed_went_empty", TWO)], KNOWN, Health.SILENT),
        ([incident("source_silent"), incident("source_dried_up")], None, Health.FAILING),
    ],
)
def test_the_state_follows_the_gravest_of_the_open_incidents(
    its: list[Incident], usual: Usual | None, health: Health
) -> None:
    assert state_of(source(), its, usual)[0] is health


def test_what_the_file_says_comes_before_any_incident() -> None:
    its = [incident("source_silent")]
    assert state_of(source(muted=True), its, KNOWN)[0] is Health.MUTED
    assert state_of(source(enabled=False), its, KNOWN)[0] is Health.RESTING


def before(state: Health) -> dict[str, HealthState]:
    return {"quay": HealthState(source="quay", state=state, since=NOW, evidence="", at=NOW, run_id="r")}


def changed(
    known: dict[str, HealthState], *its: Source, is_whole: bool = True, wrong: tuple[str, ...] = ()
) -> list[Health]:
    rows = changes({each.slug: each for each in its}, [], {}, ["quay"], known, is_whole, frozenset(wrong), "r", NOW)
    return [row.state for row in rows]


def test_only_a_change_is_a_row() -> None:
    assert changed({}, source()) == [Health.NEW]
    assert changed(before(Health.NEW), source()) == []
    assert changed(before(Health.SILENT), source()) == [Health.NEW]


def test_a_source_whose_file_is_gone_rests_and_one_whose_file_is_wrong_does_not() -> None:
    assert changed(before(Health.HEALTHY)) == [Health.RESTING]
    assert changed(before(Health.HEALTHY), wrong=("quay",)) == []
    assert changed(before(Health.HEALTHY), is_whole=False) == []
