"""Segments of the archive, read record by record."""

from collections.abc import Iterator
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator


def read_segment(path: Path) -> Iterator[tuple[str, str, bytes]]:
    """(record type, target URI, payload) of every record, in file order."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            headers = record.rec_headers
            yield (
                headers.get_header("WARC-Type"),
                headers.get_header("WARC-Target-URI"),
                record.content_stream().read(),
            )
