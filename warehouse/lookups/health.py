"""Looks up what the health of sources is judged by: open incidents, what is usual, and what runs loaded since."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import pyarrow as pa

from schemas.items.incident import Incident
from schemas.sources.health import HealthState
from schemas.sources.usual import SourceTally, Usual
from warehouse.database.connection import Session, Warehouse

POLLS_OF = timedelta(days=90)
"""A source of an article a week, by chance, is known to be silent after nine or ten weeks (decision 0072)."""
LEARN_FROM = timedelta(days=180)
"""What a home loaded before it kept tallies is tallied once, so far back."""
OVERLAP = timedelta(days=2)
"""A run of another machine that ended later than this one may have begun, and loaded, before it."""


class Known(NamedTuple):
    """What is known of sources, by slug. `fresh`: tallies that are not stored yet; `tallies` hold them, too. `polls`:
    from the last that listed something unseen on, or all of `POLLS_OF` where none did, oldest first."""

    open_ones: tuple[Incident, ...]
    health: Mapping[str, HealthState]
    usuals: Mapping[str, Usual]
    tallies: Mapping[str, Sequence[SourceTally]]
    fresh: tuple[SourceTally, ...]
    polls: Mapping[str, Sequence[datetime]]


def open_incidents(warehouse: Warehouse) -> tuple[Incident, ...]:
    """All that are open."""
    return warehouse.look(
        lambda session: tuple(session.models("select_open_incidents", Incident)), "looking up what is open"
    )


def known_health(
    warehouse: Warehouse, run_id: str, languages: Mapping[str, str], now: datetime, has_news: bool = True
) -> Known:
    """Of the sources in `languages` (BCP 47, by slug) as of `now` (UTC); the incidents are those of all. Without
    `has_news` (the run loaded no article, and refused none for what it says) nothing is tallied: what a run that died
    loaded is, after the next run with news. Polls are those of sources of which something is learnt."""

    def work(session: Session) -> Known:
        # DuckLake asks its catalog once a column for a table without rows: 4 ms each, 80 ms for ops.usuals.
        filled = {name for (name,) in session.rows("select_filled_tables")}
        open_ones = tuple(session.models("select_open_incidents", Incident)) if "findings" in filled else ()
        states = session.models("select_last_health", HealthState) if "health_states" in filled else ()
        health = {state.source: state for state in states}
        if not languages:
            return Known(open_ones, health, {}, {}, (), {})
        session.bring(_table(source=languages))
        learnt = session.models("select_usuals", Usual) if "usuals" in filled else ()
        usuals = {usual.source: usual for usual in learnt}
        polls = dict(session.rows("select_quiet_polls", since=now - POLLS_OF, now=now)) if usuals else {}
        is_tallied = "tallies" in filled
        fresh = _fresh(session, run_id, languages, now, is_tallied) if has_news else ()
        stored = _stored(session, usuals, languages, now) if is_tallied and (usuals or has_news) else ()
        by_source: dict[str, list[SourceTally]] = {}
        for tally in (*stored, *fresh):
            by_source.setdefault(tally.source, []).append(tally)
        return Known(open_ones, health, usuals, by_source, fresh, polls)

    return warehouse.look(work, "looking up the health of sources")


def _fresh(
    session: Session, run_id: str, languages: Mapping[str, str], now: datetime, is_tallied: bool
) -> tuple[SourceTally, ...]:
    [(until,)] = session.rows("select_tallied_until") if is_tallied else [(None,)]
    since = until - OVERLAP if until else now - LEARN_FROM
    spoken = [language.partition("-")[0] for language in languages.values()]
    session.bring(_table(source=languages, language=spoken))
    return tuple(session.models("select_untallied", SourceTally, run_id=run_id, since=since))


def _stored(
    session: Session, usuals: Mapping[str, Usual], slugs: Iterable[str], now: datetime
) -> tuple[SourceTally, ...]:
    since = dict.fromkeys(slugs, now - LEARN_FROM)
    since |= {slug: min(usual.at, usual.counted_at) for slug, usual in usuals.items() if usual.counted_at}
    session.bring(_table(source=since, since=since.values()))
    return tuple(session.models("select_tallies", SourceTally, until=now + OVERLAP))


def _table(**columns: Iterable[object]) -> pa.Table:
    return pa.table({name: list(values) for name, values in columns.items()})
