"""Writes rows as one file of an export, in each of its forms."""

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.exports import ExportFormat
from tasks.pure.reports.exports.cells import as_json, csv_cell, flat, sheet_text, sheet_time

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SHEET_ROWS = 1_048_575
"""Rows of a sheet below its header (Excel's specifications and limits)."""
_WIDTHS = {"title": 60, "url": 40, "canonical_url": 40, "published_at": 18}


def write_rows(form: ExportFormat, path: Path, rows: pa.Table) -> int:
    """Write a new file; the number of cells that were shortened because a sheet cannot hold them. Instants are UTC.
    Raises `OSError` where it cannot be written."""
    return _WRITERS[form](path, rows)


def _parquet(path: Path, rows: pa.Table) -> int:
    pq.write_table(rows, path, compression="zstd")
    return 0


def _csv(path: Path, rows: pa.Table) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")  # RFC 4180, 2.1.
        writer.writerow(map(csv_cell, rows.column_names))
        for batch in rows.to_batches():
            writer.writerows(map(csv_cell, row) for row in zip(*batch.to_pydict().values(), strict=True))
    return 0


def _jsonl(path: Path, rows: pa.Table) -> int:
    with path.open("wb") as file:
        for batch in rows.to_batches():
            file.writelines(as_json(row) + b"\n" for row in batch.to_pylist())
    return 0


def _xlsx(path: Path, rows: pa.Table) -> int:
    from xlsxwriter import Workbook

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    cut = 0
    with Workbook(str(path), {**options, "default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet("rows")
        sheet.freeze_panes(1, 0)
        _head(sheet, rows.column_names, book.add_format({"bold": True}))
        number = 0
        for batch in rows.to_batches():
            for row in zip(*batch.to_pydict().values(), strict=True):
                number += 1
                cut += sum(_cell(sheet, number, column, value) for column, value in enumerate(row))
        sheet.autofilter(0, 0, number, max(0, len(rows.column_names) - 1))
    return cut


def _head(sheet: "Worksheet", names: Sequence[str], bold: "Format") -> None:
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDTHS.get(name, 14))
        sheet.write_string(0, column, name, bold)


def _cell(sheet: "Worksheet", row: int, column: int, value: object) -> bool:
    """Write the cell; whether it was shortened. A text is written as text, whatever it begins with."""
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, sheet_time(value))
        return False
    value = flat(value)
    if isinstance(value, str):
        text, is_cut = sheet_text(value)
        sheet.write_string(row, column, text)
        return is_cut
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value) if _is_finite(value) else sheet.write_string(row, column, str(value))
    return False


def _is_finite(value: float) -> bool:
    return value - value == 0


_WRITERS: dict[ExportFormat, Callable[[Path, Any], int]] = {
    ExportFormat.PARQUET: _parquet,
    ExportFormat.CSV: _csv,
    ExportFormat.JSONL: _jsonl,
    ExportFormat.XLSX: _xlsx,
}
