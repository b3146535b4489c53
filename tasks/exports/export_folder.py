"""Keeps the folder of an export: whole files only, each row once, and one file that says what is there."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from errno import ENOSPC
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.errors import DiskFullError, RefusedError, UsageError
from schemas.exports import ExportedFile, ExportFormat, ExportOptions, ExportResult, ExportState, ExportTally
from tasks.exports.tallies import added
from tasks.exports.write_files import write_rows
from tasks.machine.lock import hold
from tasks.pure.reports.exports.data_package import SCHEMA, data_card, data_package, table_schema
from tasks.pure.reports.exports.feed import rss
from tasks.pure.reports.exports.parts import part_folder
from warehouse.reader.export import KEY, PART, ExportRows, export_rows

OWN = ".newsdesk"
STATE = "export.json"
CHUNK_BYTES = 64 * 1024 * 1024
"""Rows, as Arrow, that become the files of one round: one file in each part."""
CHUNK_ROWS = 200_000
FEED_ITEMS = 200
"""Rows of a feed, the newest ones."""


class Made(NamedTuple):
    """Who makes an export: the version of Newsdesk, the instant (UTC), and what is said of the licence."""

    version: str
    at: datetime
    licence: str


def export(
    reader_path: Path, folder: Path, options: ExportOptions, made: Made, is_anew: bool = False
) -> ExportResult:
    """Write the rows that the folder has not yet. `is_anew`: what is there goes when the new export is whole.

    A kill or a full disk leaves the export as it was: files count from when `.newsdesk/export.json` names them.
    Raises `UsageError` where the folder holds something else, and `RefusedError` where it cannot be written."""
    _check_is_ours(folder)
    try:
        with hold(folder / OWN / "lock", "export"):
            before = _held(folder, options, is_anew)
            _remove_unlisted(folder, _read(folder))
            with _undone(folder), export_rows(reader_path, options, before, _keys(folder, before)) as rows:
                return _write(folder, options, made, before, rows)
    except OSError as error:
        kind = DiskFullError if error.errno == ENOSPC else RefusedError
        raise kind(f"cannot write the export {str(folder)!r}: {error.strerror or error}; it is as it was") from error


def _check_is_ours(folder: Path) -> None:
    is_theirs = folder.exists() and not folder.is_dir()
    if is_theirs or (not (folder / OWN).is_dir() and any(folder.glob("*"))):
        raise UsageError(f"{str(folder)!r} holds no export of Newsdesk: name a new or an empty folder")


def _held(folder: Path, options: ExportOptions, is_anew: bool) -> ExportState | None:
    """What is there and stays; None: nothing. Raises `UsageError` for an export with other options."""
    state = _read(folder)
    if state is None or is_anew:
        return None
    if state.options != options:
        pairs = zip(
            state.options.model_dump(mode="json").items(), options.model_dump(mode="json").items(), strict=True
        )
        other = "; ".join(f"{name} was {was!r}, and is {now!r}" for (name, was), (_, now) in pairs if was != now)
        raise UsageError(
            f"{str(folder)!r} holds an export with other options ({other}): name another folder, "
            "or --anew to replace it"
        )
    return None if options.form is ExportFormat.RSS else state


def _read(folder: Path) -> ExportState | None:
    path = folder / OWN / STATE
    return ExportState.model_validate_json(path.read_bytes()) if path.is_file() else None


def _keys(folder: Path, before: ExportState | None) -> pa.Table | None:
    return pq.read_table(folder / OWN / before.keys) if before and before.keys else None


def _remove_unlisted(folder: Path, state: ExportState | None) -> None:
    """Remove the files of a call that was killed, and those that a new export replaced."""
    listed = {each.path for each in state.files} if state else set()
    for path in (folder / "data").rglob("part-*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in listed:
            path.unlink()
    for path in (folder / OWN).glob("keys-*"):
        if state is None or path.name != state.keys:
            path.unlink()


@contextmanager
def _undone(folder: Path) -> Iterator[None]:
    """Whatever ends the block early, no unfinished file stays."""
    try:
        yield
    except BaseException:
        _remove_unlisted(folder, _read(folder))
        raise


def _write(
    folder: Path, options: ExportOptions, made: Made, before: ExportState | None, rows: ExportRows
) -> ExportResult:
    state = ExportState(
        options=options,
        snapshot=rows.published.snapshot,
        snapshot_at=rows.published.snapshot_at,
        columns=rows.columns,
        licence=made.licence or (before.licence if before else ""),
        made_by=made.version,
    )
    files = list(before.files) if before else []
    tally = before.tally.model_copy(deep=True) if before else state.tally
    keys = [table for table in [_keys(folder, before)] if table is not None]
    fresh: list[ExportedFile] = []
    if options.form is ExportFormat.RSS:
        fresh = [_feed(folder, options, made, rows)]
        tally.rows = fresh[0].rows
    else:
        held = _read(folder)
        taken = max((_number(each) for each in held.files), default=0) if held else 0
        for number, chunk in enumerate(_chunks(rows), start=taken + 1):
            tally = added(tally, chunk)
            keys.append(chunk.select([KEY]))
            for path, part in _parts(options, chunk, number):
                part = part.select([column.name for column in rows.columns])
                fresh.append(_file(folder, path, options.form, part, tally, made.at))
    state = state.model_copy(update={"files": (*files, *fresh), "tally": tally, "keys": _write_keys(folder, keys)})
    _commit(folder, state)
    return ExportResult(
        folder=str(folder),
        rows_added=sum(each.rows for each in fresh),
        rows=tally.rows,
        files_added=tuple(each.path for each in fresh),
        cut_cells=tally.cut_cells,
    )


def _chunks(rows: ExportRows) -> Iterator[pa.Table]:
    held: list[pa.RecordBatch] = []
    for batch in rows.batches:
        held.append(batch)
        if sum(each.nbytes for each in held) >= CHUNK_BYTES or sum(map(len, held)) >= CHUNK_ROWS:
            yield pa.Table.from_batches(held)
            held = []
    if sum(map(len, held)):
        yield pa.Table.from_batches(held)


def _parts(options: ExportOptions, chunk: pa.Table, number: int) -> Iterator[tuple[str, pa.Table]]:
    """The path below the folder, and the rows, of each part of the chunk."""
    name = f"part-{number:05}.{options.form.value}"
    if not options.by:
        yield f"data/{name}", chunk
        return
    columns = [PART + each for each in options.by]
    numbered: dict[tuple[str | None, ...], list[int]] = {}
    for at, values in enumerate(zip(*(chunk[each].to_pylist() for each in columns), strict=True)):
        numbered.setdefault(values, []).append(at)
    for values, places in sorted(numbered.items(), key=lambda pair: tuple(each or "" for each in pair[0])):
        yield f"data/{part_folder(options.by, values)}/{name}", chunk.take(places)


def _number(file: ExportedFile) -> int:
    return 0 if file.path == "feed.xml" else int(Path(file.path).stem.rpartition("-")[2])


def _file(
    folder: Path, path: str, form: ExportFormat, rows: pa.Table, tally: ExportTally, at: datetime
) -> ExportedFile:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.unfinished")
    cut = write_rows(form, unfinished, rows)
    tally.cut_cells += cut
    os.replace(unfinished, target)
    return _listed(folder, path, len(rows), at)


def _listed(folder: Path, path: str, rows: int, at: datetime) -> ExportedFile:
    with (folder / path).open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return ExportedFile(path=path, rows=rows, bytes=(folder / path).stat().st_size, sha256=digest, added_at=at)


def _feed(folder: Path, options: ExportOptions, made: Made, rows: ExportRows) -> ExportedFile:
    names = [column.name for column in rows.columns]
    if not {"url", "canonical_url"} & set(names):
        raise UsageError("a feed needs a column url or canonical_url, and title: these rows have none")
    items = []
    for batch in rows.batches:
        items += batch.to_pylist()
        if len(items) >= FEED_ITEMS:
            break
    title = "Newsdesk" if options.query else f"Newsdesk: {options.table}"
    _replace(folder / "feed.xml", rss(title, "Exported by Newsdesk", "about:blank", made.at, items[:FEED_ITEMS]))
    return _listed(folder, "feed.xml", min(len(items), FEED_ITEMS), made.at)


def _write_keys(folder: Path, keys: list[pa.Table]) -> str:
    """All keys in one new file; the name of it, or "" where there are none."""
    if not keys:
        return ""
    there = [int(path.stem.rpartition("-")[2]) for path in (folder / OWN).glob("keys-*")]
    name = f"keys-{max(there, default=0) + 1:05}.parquet"
    pq.write_table(pa.concat_tables(keys), folder / OWN / name, compression="zstd")
    return name


def _commit(folder: Path, state: ExportState) -> None:
    """From here on the new files count; what the old state named alone goes."""
    _replace(folder / SCHEMA, _json(table_schema(state.columns)))
    _replace(folder / OWN / STATE, state.model_dump_json().encode())
    _replace(folder / "README.md", data_card(state).encode())
    _replace(folder / "datapackage.json", _json(data_package(state)))
    _remove_unlisted(folder, state)


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"


def _replace(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
