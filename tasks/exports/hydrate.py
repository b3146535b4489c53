"""Gives the rows of an export without texts their texts again, from what this home has loaded."""

import csv
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.errors import NewsdeskError, RefusedError, UsageError
from schemas.exports import ExportFormat, Hydrated
from tasks.pure.reports.exports.cells import as_json, csv_cell
from warehouse.reader.export import texts_of

ROWS_AT_ONCE = 5_000
FOUND = "text_found"
ADDED = ("dek", "body", FOUND)
_ASKED = ("body_hash", "canonical_url", "url")
_FORMS = {".parquet": ExportFormat.PARQUET, ".csv": ExportFormat.CSV, ".jsonl": ExportFormat.JSONL}


def hydrate(reader_path: Path, path: Path, out: Path) -> Hydrated:
    """Write a copy of the file, or of the folder of an export, with the columns dek, body and `text_found`: `same`
    where this home has the text with the row's `body_hash`; `other` where it has another text of that URL alone;
    `missing` where it has none. Raises `UsageError` where the input has no rows of articles, `RefusedError` where
    `out` cannot be written or is there already."""
    told = Hydrated(out=str(out))
    try:
        for source in _files(path):
            target = out / source.relative_to(path) if path.is_dir() else out
            if target.exists():
                raise RefusedError(f"{str(target)!r} is there already: name another --out")
            _hydrate_one(reader_path, source, target, told)
    except OSError as error:
        raise RefusedError(f"cannot write {str(out)!r}: {error.strerror or error}") from error
    return told


def lacking_urls(path: Path) -> Iterator[tuple[str, str]]:
    """URL and time of fetch (ISO 8601, UTC; empty: not known) of the rows without their own text in a
    hydrated file or folder."""
    for source in _files(path):
        for rows in _chunks(source):
            for row in rows.to_pylist() if isinstance(rows, pa.Table) else rows:
                if row.get(FOUND) != "same" and (url := row.get("canonical_url") or row.get("url")):
                    at = row.get("fetched_at") or ""
                    yield str(url), at if isinstance(at, str) else at.isoformat()


def _hydrate_one(reader_path: Path, source: Path, target: Path, told: Hydrated) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        match _form(source):
            case ExportFormat.PARQUET:
                _write_parquet(reader_path, source, unfinished, told)
            case ExportFormat.CSV:
                _write_csv(reader_path, source, unfinished, told)
            case _:
                _write_jsonl(reader_path, source, unfinished, told)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_parquet(reader_path: Path, source: Path, target: Path, told: Hydrated) -> None:
    writer: pq.ParquetWriter | None = None
    for rows in _tables(source):
        texts = _texts(reader_path, rows.select([n for n in rows.column_names if n in _ASKED]).to_pylist(), told)
        filled = rows.select([name for name in rows.column_names if name not in ADDED])
        for name in ADDED:
            filled = filled.append_column(name, texts[name])
        writer = writer or pq.ParquetWriter(target, filled.schema, compression="zstd")
        writer.write_table(filled)
    if writer is None:
        raise UsageError(f"{str(source)!r} has no rows")
    writer.close()


def _write_csv(reader_path: Path, source: Path, target: Path, told: Hydrated) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer: csv.DictWriter[str] | None = None
        for rows in _lines_of_csv(source):
            filled = _filled(reader_path, rows, told)
            if writer is None:
                writer = csv.DictWriter(file, list(filled[0]), lineterminator="\r\n")
                writer.writeheader()
            writer.writerows({name: csv_cell(value) for name, value in row.items()} for row in filled)
    if writer is None:
        raise UsageError(f"{str(source)!r} has no rows")


def _write_jsonl(reader_path: Path, source: Path, target: Path, told: Hydrated) -> None:
    with target.open("wb") as file:
        for rows in _lines_of_json(source):
            file.writelines(as_json(row) + b"\n" for row in _filled(reader_path, rows, told))


def _filled(reader_path: Path, rows: Sequence[Mapping[str, Any]], told: Hydrated) -> list[dict[str, Any]]:
    """The rows with their texts; all other values as they were."""
    texts = _texts(reader_path, rows, told).select(list(ADDED)).to_pylist()
    return [
        {**{name: value for name, value in row.items() if name not in ADDED}, **text}
        for row, text in zip(rows, texts, strict=True)
    ]


def _texts(reader_path: Path, rows: Sequence[Mapping[str, Any]], told: Hydrated) -> pa.Table:
    if not rows or "body_hash" not in rows[0] or not {"canonical_url", "url"} & rows[0].keys():
        raise UsageError(
            "the rows need the columns body_hash and canonical_url: export them with `newsdesk export --without-text`"
        )
    columns: dict[str, Any] = {
        "number": pa.array(range(len(rows)), pa.int64()),
        "body_hash": pa.array([_text(row.get("body_hash")) for row in rows], pa.string()),
        "canonical_url": pa.array([_text(row.get("canonical_url") or row.get("url")) for row in rows], pa.string()),
    }
    texts = texts_of(reader_path, pa.table(columns))
    found = Counter(texts[FOUND].to_pylist())
    told.rows += len(rows)
    told.same += found["same"]
    told.other += found["other"]
    told.missing += found["missing"]
    return texts


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _files(path: Path) -> Sequence[Path]:
    if path.is_file():
        return [path]
    found = sorted(each for each in path.rglob("*") if each.suffix in _FORMS and ".newsdesk" not in each.parts)
    if not found:
        raise UsageError(f"no file of rows (parquet, csv or jsonl) at {str(path)!r}")
    return found


def _form(path: Path) -> ExportFormat:
    if path.suffix not in _FORMS:
        raise UsageError(f"{str(path)!r} is none of {', '.join(_FORMS)}: a sheet or a feed cannot be hydrated")
    return _FORMS[path.suffix]


def _chunks(path: Path) -> Iterator[Any]:
    readers = {ExportFormat.PARQUET: _tables, ExportFormat.CSV: _lines_of_csv, ExportFormat.JSONL: _lines_of_json}
    yield from readers[_form(path)](path)


def _tables(path: Path) -> Iterator[pa.Table]:
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(ROWS_AT_ONCE):
                yield pa.Table.from_batches([batch])
    except pa.ArrowException as error:
        raise NewsdeskError(f"cannot read {str(path)!r}: {error}") from error


def _lines_of_csv(path: Path) -> Iterator[list[dict[str, Any]]]:
    """Values as they stand there; a text longer than Python's limit of a cell is read, too."""
    csv.field_size_limit(2**31 - 1)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, strict=True)
            while rows := list(islice(lines, ROWS_AT_ONCE)):
                yield rows
    except (csv.Error, UnicodeDecodeError) as error:
        raise NewsdeskError(f"cannot read {str(path)!r}: {error}") from error


def _lines_of_json(path: Path) -> Iterator[list[dict[str, Any]]]:
    try:
        with path.open("rb") as file:
            lines = (orjson.loads(line) for line in file if line.strip())
            while rows := list(islice(lines, ROWS_AT_ONCE)):
                yield rows
    except orjson.JSONDecodeError as error:
        raise NewsdeskError(f"cannot read {str(path)!r}: {error}") from error
