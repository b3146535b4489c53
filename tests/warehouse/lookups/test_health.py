"""What the health of sources is judged by, as the warehouse knows it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from schemas.items.finding import Finding, Severity
from schemas.items.incident import Closing
from schemas.items.outcome import Reason
from schemas.runs.batch import BatchLedger
from schemas.sources.health import Health, HealthState
from schemas.sources.usual import SourceTally, Usual
from tests.support.warehouse.batch_samples import NOON, batch, batch_of, feed_state, hours, outcome, run, urls
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_run
from warehouse.lookups.health import POLLS_OF, Known, known_health

ENGLISH = {"harbour": "en"}


def load(warehouse: Warehouse, name: str, at: datetime = NOON, **ledger: Any) -> None:
    load_batch(warehouse, batch([], name, run_id=name, ledger=BatchLedger(**ledger)), at)


def found(code: str, at: datetime) -> Finding:
    return Finding(
        run_id=f"{at:%d-%H}", source="harbour", code=code, severity=Severity.WARNING, message="it fails", at=at
    )


def known(warehouse: Warehouse, run_id: str = "run-1", at: datetime = NOON, has_news: bool = True) -> Known:
    return known_health(warehouse, run_id, ENGLISH, at, has_news)


def test_nothing_is_known_in_an_empty_warehouse(warehouse: Warehouse) -> None:
    assert known(warehouse) == Known((), {}, {}, {}, (), {})


def test_an_incident_is_open_until_a_row_closes_it(warehouse: Warehouse) -> None:
    load(warehouse, "a", findings=(found("source_silent", NOON), found("feed_moved", NOON)))
    closing = Closing(
        source="harbour", code="feed_moved", at=NOON + hours(1), run_id="b", who="ingest", why="it answers"
    )
    load(warehouse, "b", closings=(closing,))

    assert [(one.code, one.opened_at) for one in known(warehouse).open_ones] == [("source_silent", NOON)]


def test_the_latest_of_the_health_and_of_what_is_usual_counts(warehouse: Warehouse) -> None:
    def state(health: Health, at: datetime) -> HealthState:
        return HealthState(source="harbour", state=health, since=at, evidence="", at=at, run_id="a")

    first, last = NOON - hours(24), NOON
    load(
        warehouse,
        "a",
        health_states=(state(Health.NEW, first), state(Health.HEALTHY, last)),
        usuals=tuple(Usual(source="harbour", at=at, run_id="a", days=at.day) for at in (last, first)),
    )

    seen = known(warehouse)
    assert seen.health["harbour"].state is Health.HEALTHY
    assert seen.usuals["harbour"].days == NOON.day


def polls_after(warehouse: Warehouse, polls: Sequence[tuple[datetime, int]], now: datetime) -> Sequence[datetime]:
    usual = Usual(source="harbour", at=NOON - hours(240), run_id="a")
    states = [feed_state(at=at, run_id=f"{at:%j-%H}", entries_new=new) for at, new in polls]
    load(warehouse, "a", usuals=(usual,), feed_states=tuple(states))
    return known(warehouse, at=now).polls["harbour"]


def test_polls_are_those_since_something_unseen_was_listed(warehouse: Warehouse) -> None:
    polls = [(NOON - hours(3), 2), (NOON - hours(2), 1), (NOON - hours(1), 0), (NOON, 0)]

    assert polls_after(warehouse, polls, NOON) == [NOON - hours(2), NOON - hours(1), NOON]


def test_a_poll_dated_in_the_future_neither_makes_silence_nor_hides_it(warehouse: Warehouse) -> None:
    quiet = [(NOON - hours(2), 1), (NOON - hours(1), 0)]
    ahead = [(NOON + hours(24), 3), (NOON + hours(48), 0)]

    assert polls_after(warehouse, quiet + ahead, NOON) == [NOON - hours(2), NOON - hours(1)]


def test_a_source_that_listed_nothing_unseen_for_longer_than_runs_look_back_keeps_its_polls(
    warehouse: Warehouse,
) -> None:
    days = POLLS_OF.days
    polls = [(NOON - hours(24 * day), 0) for day in range(days + 10)]

    found = polls_after(warehouse, [*polls, (NOON - hours(24 * (days + 10)), 3)], NOON)

    assert (len(found), found[0], found[-1]) == (days + 1, NOON - hours(24 * days), NOON)


def test_polls_are_not_looked_up_before_anything_is_usual(warehouse: Warehouse) -> None:
    load(warehouse, "a", feed_states=(feed_state(entries_new=1),))

    assert known(warehouse).polls == {}


def test_a_run_with_news_is_tallied_in_counts_of_its_new_articles_and_refused_pages(warehouse: Warehouse) -> None:
    refused = outcome("https://harbour.example/wall", Reason.CONSENT_PAGE, attempts=1)
    load_batch(warehouse, batch_of(urls(3)).model_copy(update={"dropped": (refused,)}), NOON)

    (tally,) = known(warehouse, at=NOON + hours(1)).fresh

    assert (tally.run_id, tally.source, tally.articles, tally.refused) == ("run-1", "harbour", 3, 1)
    assert (tally.undated, tally.unsigned, tally.other_language, tally.words) == (0, 0, 0, (4, 4, 4))
    assert tally.hours == (int((NOON - hours(1)).timestamp()) // 3600,) * 3


def test_articles_in_another_language_than_the_file_says_are_counted(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(2)), NOON)

    (tally,) = known_health(warehouse, "run-1", {"harbour": "de-AT"}, NOON + hours(1)).fresh

    assert tally.other_language == 2


def test_what_a_run_without_news_left_untallied_is_tallied_with_the_next_news(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(2), "died", "died"), NOON)
    load_run(warehouse, run("died"))

    idle = known(warehouse, "idle", NOON + hours(1), has_news=False)
    later = known(warehouse, "later", NOON + hours(100), has_news=True)

    assert idle.fresh == ()
    assert [(tally.run_id, tally.articles) for tally in later.fresh] == [("died", 2)]


def test_a_tally_that_is_stored_is_not_made_again(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch_of(urls(2)), NOON)
    stored = SourceTally(run_id="run-1", source="harbour", at=NOON, articles=2)
    load(warehouse, "tallied", tallies=(stored,))

    seen = known(warehouse, at=NOON + hours(1))

    assert seen.fresh == ()
    assert seen.tallies == {"harbour": [stored]}
