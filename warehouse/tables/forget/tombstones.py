"""Requests to forget, their tombstones and results: written once, read by every step that meets URLs."""

from collections.abc import Collection, Iterable
from uuid import UUID

from pydantic import BaseModel

from schemas.runs.forget import ForgetRequest, ForgetResult, Tombstone, TombstoneFile
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.tables.forget.select import kinds

DOING = "writing tombstones"


def write_requests(warehouse: Warehouse, files: Iterable[TombstoneFile]) -> None:
    """Write the requests with their tombstones in one transaction; existing rows are not changed."""
    found = list(files)

    def work(session: Session) -> None:
        _insert(session, "insert_forget_requests", ForgetRequest, [file.request for file in found])
        _insert(session, "insert_tombstones", Tombstone, [each for file in found for each in file.tombstones])

    if found:
        warehouse.write("forget", work, DOING)


def write_tombstones(warehouse: Warehouse, stones: Iterable[Tombstone]) -> None:
    """Write further tombstones of requests; existing rows are not changed."""
    rows = list(stones)
    if rows:
        warehouse.write("forget", lambda session: _insert(session, "insert_tombstones", Tombstone, rows), DOING)


def write_results(warehouse: Warehouse, results: Iterable[ForgetResult]) -> None:
    """Write that requests were carried out; existing rows are not changed."""
    rows = list(results)
    warehouse.write("forget", lambda session: _insert(session, "insert_forget_results", ForgetResult, rows), DOING)


def requests(warehouse: Warehouse) -> list[ForgetRequest]:
    """All requests, oldest first."""
    return warehouse.look(lambda session: session.models("select_forget_requests", ForgetRequest), "reading requests")


def unfinished(warehouse: Warehouse) -> list[ForgetRequest]:
    """The requests that were not carried out to their end, oldest first."""
    return warehouse.look(
        lambda session: session.models("select_unfinished_forgets", ForgetRequest), "reading requests"
    )


def tombstones_of(warehouse: Warehouse, forget_id: UUID) -> list[Tombstone]:
    """The tombstones of one request."""
    return warehouse.look(
        lambda session: session.models("select_tombstones", Tombstone, forget_id=forget_id), "reading tombstones"
    )


def standing(warehouse: Warehouse, hashes: Collection[str]) -> list[Tombstone]:
    """The tombstones of these URL hashes that hold: no later lift names them."""

    def work(session: Session) -> list[Tombstone]:
        session.bring(kinds(hash=hashes))
        return session.models("select_standing_tombstones", Tombstone)

    return warehouse.look(work, "reading tombstones")


def _insert(session: Session, statement: str, row: type[BaseModel], rows: Iterable[BaseModel]) -> None:
    arriving = arrow_rows(row, rows)
    if arriving.num_rows:
        session.bring(arriving)
        session.rows(statement)
