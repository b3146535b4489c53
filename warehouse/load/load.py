"""Load one batch in one transaction, so that it is there whole or not at all, however often it is tried."""

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

import pyarrow as pa
from pydantic import BaseModel

from schemas.history.event import Event
from schemas.history.identity import Identity
from schemas.history.rows import CaptureRow, LinkOut, Load
from schemas.items.article import Article, ArticleVersion
from schemas.items.finding import Finding
from schemas.items.link import UrlKind
from schemas.items.outcome import Outcome, Reason, Stage
from schemas.items.site_page import PageSight, Wrapper
from schemas.runs.batch import Batch, Loaded
from schemas.runs.ledger import FeedState, Quarantined, Request
from schemas.runs.run import Run, StageCount
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.load.decide_versions import Verdict, captures_of, judge, outcome
from warehouse.load.events import deletions, redirections, withdrawals
from warehouse.load.identities import Resolved, resolve
from warehouse.load.rereadings import as_read_now
from warehouse.load.rows import Texts, again_events, capture_row, links_out, version_row
from warehouse.load.timelines import pasts, stated


def load_batch(warehouse: Warehouse, batch: Batch[Article], at: datetime, is_read_anew: bool = False) -> Loaded:
    """Write the batch, its ledger and its row in ops.loads; `at` (UTC) is the time of the load.

    With `is_read_anew` the captures were loaded before and were extracted again: where one made a version
    and now says something else, a version of cause `replayed` takes that one's place in the timeline.

    A batch that is in ops.loads changes nothing and comes back with its outcomes as they were stored.
    A URL has one outcome in a run, or one for each of its captures; the first written stays. Raises `RefusedError` or
    `TemporaryError` with nothing written, `NewsdeskError` where an article's capture is not in the ledger.
    """
    started = time.perf_counter()
    work = partial(_load, batch=batch, at=at, is_read_anew=is_read_anew, started=started)
    return warehouse.write(batch.run_id, work, f"loading batch {batch.batch_id}")


def load_run(warehouse: Warehouse, run: Run) -> None:
    """Write the run's row; one that is there stays as it is."""
    work = partial(_insert, statement="insert_runs", row=Run, rows=[run])
    warehouse.write(run.run_id, work, f"recording run {run.run_id!r}")


def load_requests(warehouse: Warehouse, run_id: str, requests: Iterable[Request]) -> None:
    """Write requests that no batch accounts for; those that are there stay as they are."""
    work = partial(_insert, statement="insert_requests", row=Request, rows=requests)
    warehouse.write(run_id, work, f"recording requests of {run_id!r}")


def _load(session: Session, batch: Batch[Article], at: datetime, is_read_anew: bool, started: float) -> Loaded:
    is_replay = bool(session.models("select_load", Load, batch_id=batch.batch_id))
    load = None if is_replay else _write(session, batch, at, is_read_anew, started)
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


def _write(session: Session, batch: Batch[Article], at: datetime, is_read_anew: bool, started: float) -> Load:
    captures = captures_of(batch)
    its = resolve(session, batch.kept, captures, batch.run_id, at) if batch.kept else Resolved([], {}, {}, [], [])
    readings = {reading.capture_id: reading for reading in batch.ledger.readings}
    known = as_read_now(pasts(session, its.articles, its.found, is_read_anew), readings)
    verdicts = judge(its.articles, known, is_read_anew)
    outcomes = [outcome(verdict, captures, its.told, batch.run_id, at) for verdict in verdicts]
    fresh = [verdict for verdict in verdicts if verdict.reason is Reason.LOADED]
    texts = _texts(session, fresh, readings)
    versions = [version_row(v, texts, its.pages.get(v.article.capture_id), batch.run_id, at) for v in fresh]
    links = [link for verdict in fresh for link in links_out(verdict, batch.run_id)]
    versions_inserted = _insert(session, "insert_article_versions", ArticleVersion, versions)
    _insert(session, "insert_links_out", LinkOut, links)
    _insert(session, "insert_identities", Identity, its.rows)
    outcomes_inserted = _insert(session, "insert_outcomes", Outcome, [*outcomes, *batch.dropped])
    captures_inserted = _insert(session, "insert_captures", CaptureRow, map(capture_row, batch.ledger.captures))
    _insert(session, "insert_events", Event, _events(session, batch, verdicts, at))
    _insert(session, "insert_requests", Request, batch.ledger.requests)
    _insert(session, "insert_feed_states", FeedState, batch.ledger.feed_states)
    _insert(session, "insert_quarantine", Quarantined, batch.ledger.quarantined)
    _insert(session, "insert_findings", Finding, batch.ledger.findings)
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


def _events(session: Session, batch: Batch[Article], verdicts: Sequence[Verdict], at: datetime) -> list[Event]:
    """What happened to articles; the batch's outcomes and captures are stored."""
    return [
        *again_events(verdicts, batch.run_id, at),
        *deletions(session, batch, at),
        *redirections(session, batch, at),
        *withdrawals(session, batch, verdicts, at),
    ]


def _texts(session: Session, fresh: Sequence[Verdict], readings: Mapping[UUID, Article]) -> Texts:
    """What the versions that the fresh ones are compared with say: of this batch, read again, or stored."""
    own = {(one.article.article_id, one.version): one.article for one in fresh}
    before = [one.before for one in fresh if one.before]
    own |= {(one.loaded_as, one.version): readings[one.capture_id] for one in before if one.capture_id in readings}
    return own | stated(session, [one for one in before if (one.loaded_as, one.version) not in own])


def _keys(batch: Batch[Article]) -> pa.Table:
    """The keys of the outcomes that the batch accounts for."""
    kept = [{"run_id": batch.run_id, "source": a.source, "url": a.url, "kind": UrlKind.ARTICLE} for a in batch.kept]
    dropped = [{"run_id": o.run_id, "source": o.source, "url": o.url, "kind": o.kind} for o in batch.dropped]
    schema = pa.schema([(name, pa.string()) for name in ("run_id", "source", "url", "kind")])
    return pa.Table.from_pylist(kept + dropped, schema=schema)


def _insert(session: Session, statement: str, row: type[BaseModel], rows: Iterable[BaseModel]) -> int:
    """How many rows were inserted."""
    arriving = arrow_rows(row, rows)
    if not arriving.num_rows:
        return 0
    session.bring(arriving)
    return int(session.rows(statement)[0][0])
