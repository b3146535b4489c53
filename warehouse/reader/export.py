"""Rows for an export, some at a time, from the reader file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from schemas.errors import UsageError, nearest
from schemas.exports import TEXTS, ExportColumn, ExportOptions, ExportState
from schemas.history.published import Published
from warehouse.database.address import quoted
from warehouse.database.session import Session
from warehouse.database.sql_files import statement
from warehouse.reader.file import Reader

if TYPE_CHECKING:
    import pyarrow as pa

KEY = "_key"
"""Column with the key of a row: an MD5, of an article's id, version and hash, else of the whole row."""
PART = "_part_"
"""Beginning of the columns that say in which folder a row belongs."""
ROWS_AT_ONCE = 2_000
"""Rows of one Arrow batch: 10 to 20 MB where they are articles."""
_PERIODS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
_LATE_LOADS = timedelta(days=1)
"""A row that was loaded this long before the snapshot of the last export is looked at again: the time in `loaded_at`
is taken before its load is committed."""


class ExportRows(NamedTuple):
    """The rows of an export that its folder has not yet. `batches` are Arrow record batches with the columns, the key
    and the parts; for a feed the newest publication comes first."""

    published: Published
    columns: tuple[ExportColumn, ...]
    batches: "Iterator[pa.RecordBatch]"


@contextmanager
def export_rows(
    reader_path: Path, options: ExportOptions, before: ExportState | None, keys: "pa.Table | None"
) -> Iterator[ExportRows]:
    """The rows that the options ask for and the last export into that folder did not write. `keys`: those of the rows
    that are there, in the column `_key`. Raises `UsageError` for an unknown table or column, and for a query that is
    no SELECT or fails."""
    with Reader(reader_path) as session:
        published = session.models("select_published", Published)[0]
        if options.query:
            session.check_select(options.query)
        base = options.query.rstrip().rstrip(";") or f"FROM {_known(session, options.table)}"
        columns = _columns(session, options, base)
        names = [column.name for column in columns]
        if keys is not None:
            session.bring(keys)
        query = _query(options, base, names, before, has_keys=keys is not None)
        yield ExportRows(published, columns, session.ask_batches(query, ROWS_AT_ONCE))


def _known(session: Session, table: str) -> str:
    known: list[str] = [row[0] for row in session.rows("select_exportable")]
    found = [name for name in known if table in (name, name.partition(".")[2])]
    if not found:
        raise UsageError(f"no table, view or report named {table!r}; {nearest(table, known)}")
    return found[0]


def _columns(session: Session, options: ExportOptions, base: str) -> tuple[ExportColumn, ...]:
    described = session.ask(f"SELECT column_name, column_type FROM (DESCRIBE {_whole(options, base)})")[1]
    comments = {} if options.query else _comments(session, base.removeprefix("FROM "))
    left_out = TEXTS if options.without_text else ()
    return tuple(
        ExportColumn(name=name, type=type_, comment=comments.get(name, ""))
        for name, type_ in described
        if name not in left_out
    )


def _comments(session: Session, table: str) -> dict[str, str]:
    schema, _, name = table.partition(".")
    return {column: comment or "" for column, comment in session.rows("select_comments", schema=schema, name=name)}


def _whole(options: ExportOptions, base: str) -> str:
    """A SELECT; the query of a person stands on lines of its own, so that a comment at its end ends there."""
    return f"SELECT * FROM (\n{base}\n)" if options.query else f"SELECT * {base}"


def _query(
    options: ExportOptions, base: str, names: Sequence[str], before: ExportState | None, has_keys: bool
) -> str:
    shown = ", ".join(_name(each) for each in names)
    parts = "".join(f", {_part(each, names)} AS {_name(PART + each)}" for each in options.by)
    chosen = [*_chosen(options, names), *_late(names, before)]
    where = f" WHERE {' AND '.join(chosen)}" if chosen else ""
    inner = f"SELECT {shown}, {_key(names)} AS {KEY}{parts} FROM ({_whole(options, base)}) AS _row{where}"
    order = " ORDER BY published_at DESC NULLS LAST" if options.form == "rss" and "published_at" in names else ""
    if not has_keys:
        return inner + order
    numbered = f"SELECT *, row_number() OVER (PARTITION BY {KEY}) AS _number FROM ({inner})"
    there = f"SELECT {KEY} AS key, count(*) AS times FROM arriving GROUP BY {KEY}"
    return (
        f"SELECT fresh.* EXCLUDE (_number) FROM ({numbered}) AS fresh LEFT JOIN ({there}) AS there "
        f"ON there.key = fresh.{KEY} WHERE _number > coalesce(there.times, 0){order}"
    )


def _key(names: Sequence[str]) -> str:
    if {"article_id", "version", "body_hash"} <= set(names):
        return "md5(concat_ws('/', article_id, version, body_hash))"
    return "md5(_row::VARCHAR)"


def _chosen(options: ExportOptions, names: Sequence[str]) -> list[str]:
    at = _time(names)
    if (options.since or options.until) and not at:
        raise UsageError(
            f"--since and --until need a column published_at, which {options.table} has not: use --query"
        )
    if options.sources and "source" not in names:
        raise UsageError(f"--source needs a column source, which {options.table} has not: use --query")
    chosen = [f"{at} >= {quoted(options.since.isoformat())}::TIMESTAMPTZ"] if options.since else []
    chosen += [f"{at} < {quoted(options.until.isoformat())}::TIMESTAMPTZ"] if options.until else []
    return chosen + ([f"source IN ({', '.join(map(quoted, options.sources))})"] if options.sources else [])


def _late(names: Sequence[str], before: ExportState | None) -> list[str]:
    """Leaves out what was loaded before the last export: its text need not be read."""
    if before is None or before.options.query or not {"loaded_at", "version"} <= set(names):
        return []
    return [f"loaded_at > {quoted((before.snapshot_at - _LATE_LOADS).isoformat())}::TIMESTAMPTZ"]


def _time(names: Sequence[str]) -> str:
    """When a row was published, or fetched where no date is given; empty: it has no such time."""
    both = [name for name in ("published_at", "fetched_at") if name in names]
    return f"coalesce({', '.join(both)})" if both else ""


def _part(name: str, names: Sequence[str]) -> str:
    if name in _PERIODS and name not in names:
        if not (at := _time(names)):
            raise UsageError(f"--by {name} needs a column published_at or fetched_at, which these rows have not")
        return f"strftime({at} AT TIME ZONE 'UTC', {quoted(_PERIODS[name])})"
    if name not in names:
        raise UsageError(f"--by {name}: no column named {name!r}; {nearest(name, [*names, *_PERIODS])}")
    return f"{_name(name)}::VARCHAR"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def texts_of(reader_path: Path, asked: "pa.Table") -> "pa.Table":
    """The texts of the rows of `asked` (number, body_hash, canonical_url; NULL: not known), in the order of their
    numbers: number, dek, body, and `text_found`, which is same, other or missing."""
    with Reader(reader_path) as session:
        session.bring(asked)
        return session.ask_arrow(statement("select_texts"))
