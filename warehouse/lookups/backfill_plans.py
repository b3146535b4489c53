"""Plans of backfills. A plan is written whole; a chunk of it is done when ops.loads has its batch."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import pyarrow as pa

from schemas.history.rows import CaptureRow
from schemas.items.capture import Capture
from schemas.runs.backfill_plan import Backfill, BackfillStatus, Chunk, PlanState
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.load.rows import capture_of
from warehouse.lookups.known_urls import Forms, arriving_forms


def store_plan(warehouse: Warehouse, backfill: Backfill, chunks: Sequence[Chunk]) -> None:
    """Write a backfill and its chunks, together or not at all."""

    def work(session: Session) -> None:
        for statement, table in (
            ("insert_backfills", arrow_rows(Backfill, [backfill])),
            ("insert_plans", arrow_rows(Chunk, chunks)),
        ):
            if table.num_rows:
                session.bring(table)
                session.rows(statement)

    warehouse.write(backfill.run_id or "backfill", work, "planning a backfill")


def backfills(warehouse: Warehouse) -> list[BackfillStatus]:
    """All backfills, latest first."""
    return warehouse.look(lambda session: session.models("select_backfills", BackfillStatus), "looking up backfills")


def cancel(warehouse: Warehouse, status: BackfillStatus, at: datetime) -> None:
    """Cancel the backfill; the rows that it loaded stay."""
    decision = Backfill(plan_id=status.plan_id, wanted=status.wanted, state=PlanState.CANCELLED, at=at, run_id="")
    store_plan(warehouse, decision, [])


def close_plan(warehouse: Warehouse, status: BackfillStatus, at: datetime) -> None:
    """Record the backfill as done: every chunk is loaded and its last run has ended."""
    decision = Backfill(plan_id=status.plan_id, wanted=status.wanted, state=PlanState.DONE, at=at, run_id="")
    store_plan(warehouse, decision, [])


def open_chunks(warehouse: Warehouse, plan_id: UUID, at_most: int) -> list[Chunk]:
    """At most `at_most` chunks that are not loaded yet, taken from the sources in turn."""
    return warehouse.look(
        lambda session: session.models("select_open_chunks", Chunk, plan_id=plan_id, at_most=at_most),
        "looking up chunks",
    )


def known_captures(warehouse: Warehouse, ids: Collection[UUID]) -> set[UUID]:
    """The ids, among the given, of captures that the warehouse has."""

    def work(session: Session) -> set[UUID]:
        session.bring(pa.table({"capture_id": pa.array(sorted(ids), pa.uuid())}))
        return {row[0] for row in session.rows("select_known_captures")}

    return warehouse.look(work, "looking up captures") if ids else set()


def captures_named(
    warehouse: Warehouse, ids: Collection[UUID], moments: Collection[tuple[str, datetime]]
) -> list[Capture]:
    """The captures of pages that have one of these ids, or were fetched from one of these URLs at that time (UTC)."""

    def work(session: Session) -> list[CaptureRow]:
        urls, times = [url for url, _ in moments], [at for _, at in moments]
        columns = {
            "capture_id": pa.array([*sorted(ids), *(None for _ in moments)], pa.uuid()),
            "url": pa.array([*(None for _ in ids), *urls], pa.string()),
            "fetched_at": pa.array([*(None for _ in ids), *times], pa.timestamp("us", "UTC")),
        }
        session.bring(pa.table(columns))
        return session.models("select_named_captures", CaptureRow)

    return [capture_of(row) for row in warehouse.look(work, "looking up captures")] if ids or moments else []


def capture_times(warehouse: Warehouse, wanted: Forms) -> set[tuple[str, str, datetime]]:
    """Every time at which a wanted URL was captured: (source, URL as wanted, UTC)."""

    def work(session: Session) -> set[tuple[str, str, datetime]]:
        session.bring(arriving_forms(wanted))
        return {(source, url, at) for source, url, at in session.rows("select_capture_times")}

    return warehouse.look(work, "looking up captures") if wanted else set()


def pages_of_files(warehouse: Warehouse, files: Collection[str]) -> tuple[int, datetime | None]:
    """The number of pages taken from these files (URLs), and the time of the last (UTC; None: no page)."""

    def work(session: Session) -> tuple[int, datetime | None]:
        session.bring(pa.table({"warc_file": pa.array(sorted(files), pa.string())}))
        pages, taken_at = session.rows("count_pages_of_files")[0]
        return int(pages), taken_at

    return warehouse.look(work, "looking up files") if files else (0, None)


def mean_body_bytes(warehouse: Warehouse) -> int | None:
    """Mean size of a captured page in bytes; None: no page is captured."""
    rows = warehouse.look(lambda session: session.rows("select_body_mean"), "measuring captures")
    return None if rows[0][0] is None else int(rows[0][0])
