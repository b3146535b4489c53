"""Publish the reader file: a snapshot of the warehouse in one file, which any DuckDB opens without an extension."""

import os
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from schemas.errors import NewsdeskError, RefusedError
from schemas.history.published import Published
from schemas.history.rows import ArticleRow
from warehouse.database.address import quoted
from warehouse.database.columns import arrow_rows, columns
from warehouse.database.connection import Session, Warehouse
from warehouse.database.sql_files import REPORTS, Report, reports
from warehouse.database.write_lock import FileLock, hold
from warehouse.reader.file import Draft
from warehouse.reader.totals import Kept, counted_since, kept_before, write_totals
from warehouse.tables.tables import AS_OF, PUBLISHED, TABLES, VIEWS, Table


class Macro(NamedTuple):
    """A table macro of one parameter."""

    parameter: str
    query: str


class Snapshot(NamedTuple):
    """A snapshot of the lake: its Parquet files by table, the queries of its views by name and of its macro. `kept`:
    the reader file whose totals are taken over; None: all is counted."""

    published: Published
    files: dict[str, list[str]]
    queries: dict[str, str]
    as_of: Macro
    kept: Kept | None


def publish_reader(
    warehouse: Warehouse, path: Path, folder: Path = REPORTS, written_before: datetime | None = None
) -> None:
    """Write a new reader file and replace the old one atomically; open readers keep the old one.

    The reports in `folder` become its views. `written_before` (UTC): a file that was written at that instant or later
    stays, so that of several runs that load at once one writes it. Raises `RefusedError` if it cannot be written and
    `NewsdeskError`, with the report's file name, if a report cannot be a view; the old reader file then stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with hold(FileLock(path.with_name(f".{path.name}.gate")), str(path)):
            for left_behind in path.parent.glob(f".{path.name}.draft-*"):
                left_behind.unlink()  # A killed process left it: every writer holds the lock.
            if written_before is None or not path.exists() or written_at(path) < written_before:
                _replace(warehouse, path, reports(folder))
    except OSError as error:
        raise RefusedError(f"cannot write the reader file {str(path)!r}: {error}") from error


def written_at(path: Path) -> datetime:
    """When the file was written (UTC)."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _replace(warehouse: Warehouse, path: Path, views: list[Report]) -> None:
    draft = path.with_name(f".{path.name}.draft-{token_hex(4)}")
    try:
        snapshot = _snapshot(warehouse, path)
        with Draft(draft, warehouse.address.is_remote) as session:
            _write(session, snapshot, views)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(f"{draft.name}.wal").unlink(missing_ok=True)


def _snapshot(warehouse: Warehouse, path: Path) -> Snapshot:
    before = kept_before(path)

    def work(session: Session) -> Snapshot:
        number, at = session.rows("select_snapshot")[0]
        files = {table.full_name: _files(session, table, number) for table in TABLES}
        queries = {v.full_name: session.rows("select_view", schema=v.schema, name=v.name)[0][0] for v in VIEWS}
        as_of = Macro(*session.rows("select_macro", schema=AS_OF.schema, name=AS_OF.name)[0])
        published = Published(snapshot=number, snapshot_at=at, data_path=warehouse.address.data)
        since = counted_since(session, before, published.data_path) if before else None
        kept = Kept(path, since) if since is not None else None
        return Snapshot(published, files, queries, as_of, kept)

    return warehouse.look(work, "publishing")


def _files(session: Session, table: Table, snapshot: int) -> list[str]:
    rows = session.rows("list_files", schema=table.schema, table=table.name, snapshot=snapshot)
    if any(delete_file for _, delete_file in rows):
        raise NewsdeskError(f"rows were deleted from {table.full_name}: its files cannot be read without the lake")
    return [file for file, _ in rows]


def _write(session: Session, snapshot: Snapshot, views: list[Report]) -> None:
    with session.transaction():
        session.script("CREATE SCHEMA ops; CREATE SCHEMA reports; CREATE SCHEMA empty")
        for table in TABLES:
            rows = _parquet(snapshot.files[table.full_name])
            session.script(_copy(table, rows) if table.is_small else _view(table, rows))
        for view in VIEWS:
            query = snapshot.queries[view.full_name]
            session.script(f"CREATE VIEW {view.full_name} AS {query}; {_comments(view, 'VIEW')}")
        session.script(_as_of(snapshot.as_of))
        session.script(_copy(PUBLISHED, ""))
        session.bring(arrow_rows(Published, [snapshot.published]))
        session.rows("insert_published")
        for report in views:
            _create(session, report)
        _explain(session, views)
    write_totals(session, snapshot.kept)
    session.script("CHECKPOINT")


def _copy(table: Table, rows: str) -> str:
    """DDL of a table with a copy of the rows."""
    name = table.full_name
    insert = f"INSERT INTO {name} BY NAME SELECT {_names(table)} FROM ({_both(name, rows)}); " if rows else ""
    return f"{_typed(table, name)}; {insert}{_comments(table, 'TABLE')}"


def _view(table: Table, rows: str) -> str:
    """DDL of a view of the Parquet files."""
    empty = f"empty.{table.schema}_{table.name}"
    view = f"CREATE VIEW {table.full_name} AS SELECT {_names(table)} FROM ({_both(empty, rows)})"
    return f"{_typed(table, empty)}; {view}; {_comments(table, 'VIEW')}"


def _both(empty: str, rows: str) -> str:
    """The empty table supplies columns that no file has yet. Callers name the columns: DuckLake adds internal ones to
    merged files."""
    return f"FROM {empty} UNION ALL BY NAME FROM {rows}" if rows else f"FROM {empty}"


def _create(session: Session, report: Report) -> None:
    try:
        session.script(f"CREATE VIEW reports.{report.name} AS {report.sql}")
    except NewsdeskError as error:
        raise NewsdeskError(f"the report '{report.name}.sql' cannot be a view: {error}") from error
    session.script(f"COMMENT ON VIEW reports.{report.name} IS {quoted(report.comment)}")


def _explain(session: Session, views: list[Report]) -> None:
    """Comment the columns of the reports: by their own lists, else as the column of main.articles of that name, since
    one quantity has one name everywhere."""
    known = {column.name: column.comment for column in columns(ArticleRow)}
    own = {view.name: view.columns for view in views}
    comments = []
    for view, names in session.rows("select_report_columns"):
        if strays := own[view].keys() - set(names):
            raise NewsdeskError(
                f"the report '{view}.sql' tells of columns that it does not have: {', '.join(strays)}"
            )
        texts = {name: known[name] for name in names if name in known} | own[view]
        comments += [f"COMMENT ON COLUMN reports.{view}.{name} IS {quoted(text)}" for name, text in texts.items()]
    session.script("; ".join(comments))


def _as_of(macro: Macro) -> str:
    """DDL of main.articles_as_of."""
    create = f"CREATE MACRO {AS_OF.schema}.{AS_OF.name}({macro.parameter}) AS TABLE {macro.query}"
    return f"{create}; COMMENT ON MACRO TABLE {AS_OF.schema}.{AS_OF.name} IS {quoted(AS_OF.comment)}"


def _typed(table: Table, name: str) -> str:
    return f"CREATE TABLE {name} ({', '.join(f'{column.name} {column.type}' for column in columns(table.row))})"


def _names(table: Table) -> str:
    return ", ".join(column.name for column in columns(table.row))


def _parquet(files: list[str]) -> str:
    return f"read_parquet([{', '.join(map(quoted, files))}], union_by_name = true)" if files else ""


def _comments(table: Table, kind: str) -> str:
    lines = [f"COMMENT ON {kind} {table.full_name} IS {quoted(table.comment)}"]
    lines += [f"COMMENT ON COLUMN {table.full_name}.{c.name} IS {quoted(c.comment)}" for c in columns(table.row)]
    return "; ".join(lines)
