"""Values as cells of CSV files and sheets, and as JSON."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson

CELL_AT_MOST = 32_767
"""Characters of a cell of a sheet (Excel's specifications and limits)."""
CUT = " […]"
_FORMULA = re.compile(r"[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
"""A spreadsheet runs a cell that begins so as a formula (OWASP, CSV Injection); the last four are wide forms."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 has not (2.2)."""


def csv_cell(value: object) -> object:
    """The value for a CSV file: lists as JSON, instants in ISO 8601, NULL as an empty cell. A text that a spreadsheet
    would run as a formula gets an apostrophe before it."""
    value = flat(value)
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def flat(value: object) -> object:
    """The value as text, number, truth value or None: what a cell can hold."""
    if isinstance(value, list | dict | tuple):
        return as_json(value).decode()
    if isinstance(value, bytes):
        return value.hex()
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def sheet_text(text: str) -> tuple[str, bool]:
    """The text as a cell of a sheet holds it, and whether it was shortened for that."""
    text = xml_text(text)
    is_long = len(text) > CELL_AT_MOST
    return (text[: CELL_AT_MOST - len(CUT)] + CUT if is_long else text), is_long


def xml_text(text: str) -> str:
    """The text without characters that an XML file may not have; each shows as U+FFFD."""
    return _UNSEEN.sub("\ufffd", text)


def sheet_time(at: datetime) -> datetime:
    """The instant in UTC without its zone, which a sheet has no place for."""
    return at.replace(tzinfo=None)


def as_json(value: Any) -> bytes:
    """JSON on one line; decimals as numbers, other types as text."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return value.hex() if isinstance(value, bytes) else str(value)
