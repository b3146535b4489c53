"""Answers to people's questions, read from the reader file and never from the catalog."""

import csv
import io
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple

import orjson

from schemas.errors import UsageError, nearest
from warehouse.reader.file import Reader


class QueryResult(NamedTuple):
    """The answer to a query; NULL is None, times are aware and UTC."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


def answer_rows(reader_path: Path, sql: str) -> QueryResult:
    """The answer to one SELECT. Raises `UsageError` for any other statement and for a query that fails."""
    with Reader(reader_path) as session:
        return QueryResult(*session.ask(sql))


def answer_bytes(reader_path: Path, sql: str, form: Literal["csv", "json", "parquet"] | str) -> bytes:
    """The answer as the bytes of a file: csv with a header and NULL as an empty field, json as one array of objects,
    or parquet. Columns with equal names get numbers, so that none is lost. Raises as `answer_rows`."""
    if form == "csv":
        return _csv(answer_rows(reader_path, sql))
    if form == "json":
        return _json(answer_rows(reader_path, sql))
    if form == "parquet":
        return _parquet(reader_path, sql)
    raise UsageError(f"unknown format {form!r}; {nearest(form, ('table', 'csv', 'json', 'parquet'))}")


def read_report(reader_path: Path, name: str, limit: int = 1000) -> QueryResult:
    """The first rows of a report. Raises `UsageError`, with the nearest name, if there is no such report."""
    with Reader(reader_path) as session:
        known = [row[0] for row in session.rows("select_reports")]
        if name not in known:
            raise UsageError(f"no report named {name!r}; {nearest(name, known)}")
        return QueryResult(*session.ask(f"SELECT * FROM reports.{name} LIMIT {limit:d}"))


def list_reports(reader_path: Path) -> QueryResult:
    """The names of the reports, each with the description of its rows."""
    with Reader(reader_path) as session:
        return QueryResult(["report", "one row is"], session.rows("select_reports"))


def _csv(answer: QueryResult) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_cell(value) for value in row] for row in answer.rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    """Lists and structs as JSON, instants in ISO 8601."""
    if isinstance(value, list | dict | tuple):
        return orjson.dumps(value, default=_plain).decode()
    return value.isoformat() if hasattr(value, "isoformat") else value


def _json(answer: QueryResult) -> bytes:
    names = _distinct(answer.columns)
    objects = [dict(zip(names, row, strict=True)) for row in answer.rows]
    return orjson.dumps(objects, default=_plain, option=orjson.OPT_NON_STR_KEYS) + b"\n"


def _parquet(reader_path: Path, sql: str) -> bytes:
    import pyarrow.parquet as pq  # Here: 0.1 s of CPU, and this form alone needs it.

    with Reader(reader_path) as session:
        table = session.ask_arrow(sql)
    file = io.BytesIO()
    pq.write_table(table.rename_columns(_distinct(table.column_names)), file, compression="zstd")
    return file.getvalue()


def _distinct(names: Iterable[str]) -> list[str]:
    taken: list[str] = []
    for name in names:
        free = (f"{name}_{number}" if number else name for number in range(len(taken) + 1))
        taken.append(next(one for one in free if one not in taken))
    return taken


def _plain(value: object) -> object:
    """Converts types that orjson rejects: decimals and integers over 64 bits become numbers, all others text."""
    if isinstance(value, Decimal | int):
        return float(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | bytearray):
        return value.hex()
    raise TypeError(f"no JSON for {type(value).__name__}")
