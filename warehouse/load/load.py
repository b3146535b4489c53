"""Loads a batch in one transaction, whole or not at all; loading the same batch again adds nothing (idempotent)."""

import time
from collections.abc import Iterable
from datetime import datetime
from functools import partial

import pyarrow as pa
from pydantic import BaseModel

from schemas.history.event import Event
from schemas.history.identity import Identity
from schemas.history.rows import CaptureRow, LinkOut, Load, SourceFileState
from schemas.items.article import Article, ArticleVersion
from schemas.items.finding import Finding
from schemas.items.incident import Closing
from schemas.items.link import UrlKind
from schemas.items.outcome import Outcome, Reason, Stage
from schemas.items.site_page import PageSight, Wrapper
from schemas.runs.batch import Batch, Loaded
from schemas.runs.ledger import FeedState, Quarantined, Request
from schemas.runs.run import Run, StageCount
from schemas.sources.health import HealthState
from schemas.sources.usual import SourceTally, Usual
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.load.copies import load_copies
from warehouse.load.decisions import Decided, decide
from warehouse.load.events import known_events
from warehouse.load.mentions import load_mentions
from warehouse.load.rows import capture_row
from warehouse.load.rules import HistoryRules
from warehouse.load.stories import load_stories
from warehouse.load.timelines import stored_versions


def load_batch(
    warehouse: Warehouse, batch: Batch[Article], rules: HistoryRules, at: datetime, is_read_anew: bool = False
) -> Loaded:
    """Write the batch, its ledger and its row in ops.loads; `at` (UTC) is the time of the load. The rules decide
    the article and version of each page within the transaction, from the rows that are stored then.

    With `is_read_anew` the captures were loaded before and were extracted again: if a capture made a version and
    its text now differs, a version of cause `replayed` replaces that version in the timeline.

    A batch that is in ops.loads already changes nothing; its stored outcomes are returned.
    A URL has one outcome in a run, or one for each of its captures; the first written stays. Raises `RefusedError` or
    `TemporaryError` with nothing written, `NewsdeskError` if an article's capture is not in the ledger.
    """
    started = time.perf_counter()
    work = partial(_load, batch=batch, rules=rules, at=at, is_read_anew=is_read_anew, started=started)
    return warehouse.write(batch.run_id, work, f"loading batch {batch.batch_id}")


def load_run(warehouse: Warehouse, run: Run, sources: Iterable[SourceFileState] = ()) -> None:
    """Write the run's row, and the states of its sources that differ from their last; an existing row is not
    changed."""

    def work(session: Session) -> None:
        _insert(session, "insert_runs", Run, [run])
        _insert(session, "insert_source_states", SourceFileState, sources)

    warehouse.write(run.run_id, work, f"recording run {run.run_id!r}")


def load_crashed_run(warehouse: Warehouse, run: Run) -> Run:
    """Write the row of a run that died, with the URLs and sources that its batches brought into the ledger before;
    an existing row is not changed. Returns the row with these counts."""

    def work(session: Session) -> Run:
        urls, sources = session.rows("select_ledger_of_run", run_id=run.run_id)[0]
        counted = run.model_copy(update={"urls": urls, "sources": sources})
        _insert(session, "insert_runs", Run, [counted])
        return counted

    return warehouse.write(run.run_id, work, f"recording crashed run {run.run_id!r}")


def load_requests(warehouse: Warehouse, run_id: str, requests: Iterable[Request]) -> None:
    """Write requests that belong to no batch; existing rows are not changed."""
    work = partial(_insert, statement="insert_requests", row=Request, rows=requests)
    warehouse.write(run_id, work, f"recording requests of {run_id!r}")


def _load(
    session: Session, batch: Batch[Article], rules: HistoryRules, at: datetime, is_read_anew: bool, started: float
) -> Loaded:
    is_replay = bool(session.models("select_load", Load, batch_id=batch.batch_id))
    load = None
    if not is_replay:
        load = _write(session, batch, decide(session, batch, rules, at, is_read_anew), rules, at, started)
    stored: tuple[Outcome, ...] = ()
    if batch.kept or batch.dropped:
        session.bring(_keys(batch))
        stored = tuple(session.models("select_outcomes_of_batch", Outcome))
    loaded = sum(one.reason is Reason.LOADED for one in stored)
    count = StageCount(
        stage=Stage.LOAD,
        taken=len(batch.kept),
        kept=loaded,
        dropped=len(batch.kept) - loaded,
        seconds=time.perf_counter() - started,
    )
    return Loaded(
        batch_id=batch.batch_id,
        run_id=batch.run_id,
        is_replay=is_replay,
        versions_inserted=load.versions_inserted if load else 0,
        outcomes=stored,
        counts=(*batch.counts, count),
        findings=batch.ledger.findings,
        judgements=batch.ledger.judgements,
    )


def _write(
    session: Session, batch: Batch[Article], decided: Decided, rules: HistoryRules, at: datetime, started: float
) -> Load:
    compared = rules.versions_to_look_up(decided.versions, batch.ledger.readings)
    stored = stored_versions(session, compared)
    rows = rules.decided_rows(batch, decided.identified, decided.versions, stored, at)
    versions_inserted = _insert(session, "insert_article_versions", ArticleVersion, rows.versions)
    _insert(session, "insert_links_out", LinkOut, rows.links)
    _insert(session, "insert_identities", Identity, decided.identified.rows)
    outcomes_inserted = _insert(session, "insert_outcomes", Outcome, [*rows.outcomes, *batch.dropped])
    captures_inserted = _insert(session, "insert_captures", CaptureRow, map(capture_row, batch.ledger.captures))
    load_mentions(session, rows.versions, at)
    copied = load_copies(session, rows.versions, rules, batch.run_id, at)
    load_stories(session, rows.versions, copied.leading, rules, (batch.batch_id, batch.run_id, at))
    events = known_events(session, rules.events_to_look_up(batch, decided.versions))
    _insert(session, "insert_events", Event, rules.decide_events(batch, decided.versions, events, at))
    _insert(session, "insert_requests", Request, batch.ledger.requests)
    _insert(session, "insert_feed_states", FeedState, batch.ledger.feed_states)
    _insert(session, "insert_quarantine", Quarantined, batch.ledger.quarantined)
    _insert(session, "insert_findings", Finding, batch.ledger.findings)
    _insert(session, "insert_closings", Closing, batch.ledger.closings)
    _insert(session, "insert_health_states", HealthState, batch.ledger.health_states)
    _insert(session, "insert_tallies", SourceTally, batch.ledger.tallies)
    _insert(session, "insert_usuals", Usual, batch.ledger.usuals)
    _insert(session, "insert_site_blocks", PageSight, batch.ledger.sights)
    _insert(session, "insert_wrappers", Wrapper, batch.ledger.wrappers)
    load = Load(
        batch_id=batch.batch_id,
        run_id=batch.run_id,
        loaded_at=at,
        versions_inserted=versions_inserted,
        outcomes=outcomes_inserted,
        captures=captures_inserted,
        seconds=time.perf_counter() - started,
    )
    _insert(session, "insert_loads", Load, [load])
    return load


def _keys(batch: Batch[Article]) -> pa.Table:
    """The keys of the outcomes that the batch accounts for."""
    kept = [{"run_id": batch.run_id, "source": a.source, "url": a.url, "kind": UrlKind.ARTICLE} for a in batch.kept]
    dropped = [{"run_id": o.run_id, "source": o.source, "url": o.url, "kind": o.kind} for o in batch.dropped]
    schema = pa.schema([(name, pa.string()) for name in ("run_id", "source", "url", "kind")])
    return pa.Table.from_pylist(kept + dropped, schema=schema)


def _insert(session: Session, statement: str, row: type[BaseModel], rows: Iterable[BaseModel]) -> int:
    """The number of rows that were inserted."""
    arriving = arrow_rows(row, rows)
    if not arriving.num_rows:
        return 0
    session.bring(arriving)
    return int(session.rows(statement)[0][0])
