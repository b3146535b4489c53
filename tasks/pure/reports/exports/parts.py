"""Names of the folders into which the rows of an export are parted."""

from collections.abc import Sequence
from urllib.parse import quote

NOTHING = "__HIVE_DEFAULT_PARTITION__"
"""Folder of the rows without a value (Hive, and all that read its layout)."""
_BYTES_AT_MOST = 200
"""Of one name: file systems take 255."""


def part_folder(by: Sequence[str], values: Sequence[str | None]) -> str:
    """`day=2026-11-30/source=talblick`: Hive's layout, which DuckDB, pandas, Arrow and Spark read. Characters that a
    file system or a URL may not have are percent-encoded."""
    return "/".join(f"{_name(name)}={_name(value or NOTHING)}" for name, value in zip(by, values, strict=True))


def _name(text: str) -> str:
    quoted = quote(text, safe=" ,()'!")
    while len(quoted) > _BYTES_AT_MOST:
        text = text[:-1]
        quoted = quote(text, safe=" ,()'!")
    return quoted if quoted.strip(". ") else quote(text, safe="").replace(".", "%2E")
