"""Freshness: how late the articles of each source were loaded, from the reader file."""

from collections.abc import Sequence
from pathlib import Path

from schemas.runs.ledger import Freshness
from warehouse.reader.file import Reader


def freshness_of(reader_path: Path, slugs: Sequence[str]) -> tuple[Freshness, ...]:
    """One line for each of the sources (none: all) that a run polled, by slug."""
    with Reader(reader_path) as session:
        return tuple(session.models("select_freshness", Freshness, sources=list(slugs)))
