"""Counts the rows of an export as they pass."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pyarrow as pa

from schemas.exports import ExportTally

VALUES_AT_MOST = 2_000
"""Different values that are counted one by one; further ones are not listed."""


def added(tally: ExportTally, rows: pa.Table) -> ExportTally:
    """The tally with these rows counted, too. Columns of other types than those of articles are not counted."""
    names = set(rows.column_names)
    columns = {name: rows[name].to_pylist() for name in ("source", "language", "published_at") if name in names}
    lists = rows["policies"].to_pylist() if "policies" in names else []
    policies = [each for several in lists if isinstance(several, list) for each in several]
    times = [at for at in columns.get("published_at", ()) if isinstance(at, datetime) and at.tzinfo]
    return tally.model_copy(
        update={
            "rows": tally.rows + len(rows),
            "sources": _counted(tally.sources, columns.get("source", ())),
            "languages": _counted(tally.languages, columns.get("language", ())),
            "policies": _counted(tally.policies, policies),
            "first_at": min([*times, *_known(tally.first_at)], default=None),
            "last_at": max([*times, *_known(tally.last_at)], default=None),
        }
    )


def _known(at: datetime | None) -> list[datetime]:
    return [at] if at else []


def _counted(before: dict[str, int], values: Iterable[Any]) -> dict[str, int]:
    counts = dict(before)
    for value, times in Counter(each for each in values if isinstance(each, str)).items():
        if value in counts or len(counts) < VALUES_AT_MOST:
            counts[value] = counts.get(value, 0) + times
    return counts
