"""Turns captures into rows of main.captures, and rows into captures."""

from schemas.history.rows import CaptureRow
from schemas.items.capture import Capture, WarcPointer
from schemas.items.link import EntryFacts, Link


def capture_row(capture: Capture) -> CaptureRow:
    """The row of main.captures."""
    same = CaptureRow.model_fields.keys() & Capture.model_fields.keys()
    return CaptureRow(
        **{name: getattr(capture, name) for name in same},
        source=capture.link.source,
        url=capture.url,
        kind=capture.kind,
        found_in=capture.link.found_in,
        found_at=capture.link.found_at,
        entry=capture.link.entry.model_dump_json(exclude_defaults=True),
        entry_newest_at=capture.link.newest_date(),
        guid=capture.link.entry.guid,
        known_as=capture.link.known_as,
        canonical_form=capture.link.canonical_form,
        warc_file=capture.warc.file,
        warc_offset=capture.warc.offset,
        warc_length=capture.warc.length,
        warc_digest=capture.warc.digest,
    )


def capture_of(row: CaptureRow) -> Capture:
    """The capture from which the row was made."""
    same = (CaptureRow.model_fields.keys() & Capture.model_fields.keys()) - {"link", "warc"}
    link = Link(
        url=row.url,
        source=row.source,
        kind=row.kind,
        found_in=row.found_in,
        found_at=row.found_at,
        entry=EntryFacts.model_validate_json(row.entry),
        known_as=row.known_as,
    )
    warc = WarcPointer(file=row.warc_file, offset=row.warc_offset, length=row.warc_length, digest=row.warc_digest)
    return Capture(**{name: getattr(row, name) for name in same}, link=link, warc=warc)
