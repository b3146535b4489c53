"""One capture read back from the archive, by its pointer."""

import io
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from schemas.errors import BadRecordError, NewsdeskError
from schemas.items.capture import WarcPointer
from tasks.archive.records import payload_digest
from tasks.web.ranges import Ask


def is_foreign(pointer: WarcPointer) -> bool:
    """Whether the record lies in somebody else's archive: its file is then a URL, else a path in our own."""
    return "://" in pointer.file


def read_capture(archive: Path, pointer: WarcPointer, ask: Ask | None = None) -> bytes:
    """The decoded body of a capture; raises `BadRecordError` where the record is gone or damaged. `ask` requests
    records of other archives behind HTTP."""
    if is_foreign(pointer):
        # Imported here: its libraries cost a tenth of a second, and few runs need them.
        from tasks.archive.foreign import read_foreign

        return read_foreign(pointer, ask)
    path = archive / pointer.file
    try:
        with path.open("rb") as file:
            file.seek(pointer.offset)
            record = file.read(pointer.length)
    except FileNotFoundError as error:
        raise _unreadable(pointer, error) from error
    except OSError as error:
        raise NewsdeskError(f"cannot read {str(path)!r}: {error.strerror}") from error
    return body_of(record, pointer)


def body_of(record: bytes, pointer: WarcPointer) -> bytes:
    """The decoded body that the bytes of a record hold; raises `BadRecordError` where they are not what was kept."""
    try:
        body: bytes = next(iter(ArchiveIterator(io.BytesIO(record)))).content_stream().read()
    except (StopIteration, ArchiveLoadFailed) as error:
        raise _unreadable(pointer, error) from error
    if payload_digest(body) != pointer.digest:
        raise BadRecordError(f"the record at {pointer.offset} of {pointer.file!r} is damaged: its digest differs")
    return body


def _unreadable(pointer: WarcPointer, error: Exception) -> BadRecordError:
    kind = type(error).__name__
    return BadRecordError(f"cannot read the record at {pointer.offset} of {pointer.file!r}: {kind}")
