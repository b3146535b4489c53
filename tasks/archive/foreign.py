"""Files of other people's archives, on this disk, in an object store or behind HTTP: opened, measured and read."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

import fsspec

from schemas.errors import BadRecordError, NewsdeskError
from schemas.items.capture import WarcPointer
from tasks.archive.formats.protocol import ForeignPage, ForeignRecord
from tasks.archive.formats.registry import format_of, may_be_container
from tasks.archive.object_store import store_options
from tasks.archive.records import payload_digest
from tasks.web.ranges import Ask, open_ranges, read_range

_HEAD_BYTES = 4
"""As many as the signatures of ZIP, Zstandard and others have."""
_HTTP = ("http://", "https://")
_BLOCK_BYTES = 4 * 1024 * 1024
_UNREADABLE = (OSError, ValueError, ImportError, RuntimeError)
"""What file systems and parsers raise."""


def url_of(name: str) -> str:
    """The URL of a file that the command names by path or by URL."""
    return name if "://" in name else Path(name).resolve().as_uri()


def size_of(url: str, ask: Ask | None = None) -> int:
    """Bytes of the file. `ask` requests files behind HTTP. Raises `NewsdeskError` where the file is missing or
    unreadable."""
    with _opened(url, ask) as file:
        return file.seek(0, io.SEEK_END)


def read_pages(url: str, begin: int, end: int, ask: Ask | None = None) -> Iterator[ForeignRecord]:
    """The records of the file that begin in [begin, end), in its order, read by the file's format; damage is reported
    and skipped. A range may begin anywhere: its first record is the first that begins at `begin` or later."""
    with _opened(url, ask) as file:
        archive_format = format_of(url, file.read(_HEAD_BYTES))
        with _named(url, archive_format.errors):
            yield from archive_format.records(file, begin, end)


def read_foreign(pointer: WarcPointer, ask: Ask | None = None) -> bytes:
    """The decoded body of a capture in a foreign file; raises `BadRecordError` where it is gone or changed."""
    content = _part(pointer.file, pointer.offset, pointer.length, ask)
    is_told_by_file = may_be_container(pointer.file)
    head = _part(pointer.file, 0, _HEAD_BYTES, ask) if is_told_by_file else content[:_HEAD_BYTES]
    archive_format = format_of(pointer.file, head)
    with _named(pointer.file, (*_UNREADABLE, *archive_format.errors), BadRecordError):
        found = [archive_format.record(content, pointer.offset)]
        if not archive_format.is_container and not _bodies(found, pointer):
            found = list(archive_format.records(io.BytesIO(content), 0, len(content)))
    bodies = _bodies(found, pointer)
    if not bodies:
        raise BadRecordError(f"the record at {pointer.offset} of {pointer.file!r} is not the one that was captured")
    return bodies[0]


def _bodies(found: Iterable[ForeignRecord], pointer: WarcPointer) -> list[bytes]:
    """The bodies that are the captured one: several records may stand in one compressed piece of a file."""
    pages = (each.body for each in found if isinstance(each, ForeignPage))
    return [body for body in pages if payload_digest(body) == pointer.digest]


def _part(url: str, offset: int, length: int, ask: Ask | None) -> bytes:
    if ask and url.startswith(_HTTP):
        return read_range(ask, url, offset, offset + length)[0]
    with _opened(url, ask) as file:
        file.seek(offset)
        return file.read(length)


@contextmanager
def _opened(url: str, ask: Ask | None) -> Iterator[BinaryIO]:
    """The file, open for reading at any offset."""
    with _named(url, _UNREADABLE), _file(url, ask) as file:
        yield file


@contextmanager
def _named(
    url: str, errors: tuple[type[Exception], ...], kind: type[NewsdeskError] = NewsdeskError
) -> Iterator[None]:
    """Each of these errors becomes one of ours that names the file."""
    try:
        yield
    except errors as error:
        raise kind(f"cannot read {url!r}: {type(error).__name__}: {error}"[:300]) from error


def _file(url: str, ask: Ask | None) -> Any:
    """A file behind HTTP is requested by our own guarded client, never by fsspec. Other schemes, and URLs with a URL
    inside (`simplecache::http://…`), are refused: fsspec would open them."""
    scheme = url.partition("://")[0]
    if url.startswith(_HTTP):
        if ask is None:
            raise NewsdeskError(f"{url!r} is behind HTTP, and nothing here may ask for it")
        return open_ranges(ask, url)
    if scheme not in ("file", "s3"):
        raise NewsdeskError(f"cannot read {url!r}: an archive file is a path, or begins with file, s3, http or https")
    if scheme == "s3":
        return fsspec.open(url, "rb", default_block_size=_BLOCK_BYTES, **store_options())
    return Path(unquote(urlsplit(url).path)).open("rb")
