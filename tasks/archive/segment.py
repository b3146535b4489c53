"""Writes segments of the archive: WARC 1.1 files that are named `.open` until they are synced and complete."""

import errno
import fcntl
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from schemas.errors import DiskFullError, NewsdeskError
from schemas.items.capture import Capture, WarcPointer
from schemas.items.link import Link, UrlKind
from schemas.items.reservation import Reservation
from tasks.archive.records import ArchivedResponse, payload_digest, written
from tasks.pure.http.headers import content_type, header
from tasks.pure.http.reserved_rights import joined
from tasks.web.client import Exchange

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Segment:
    """One gzipped WARC file, one record a gzip member. Any thread may write; the file appears with the
    first record and gets its name, without `.open`, at `close`; `finished` is then told of it."""

    def __init__(self, archive: Path, name: str, run_id: str, finished: Callable[[str], None] | None = None) -> None:
        self._archive = archive
        self._finished = finished
        self._name = name
        self._run_id = run_id
        self._lock = threading.Lock()
        self._handle: int | None = None
        self._length = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def write(
        self, exchange: Exchange, link: Link, attempts: int = 1, reserved: tuple[Reservation, ...] = ()
    ) -> tuple[Capture, ...]:
        """Write every response of the exchange, redirects first; without a response nothing is written. `reserved`:
        what files of the host reserve.

        Raises `DiskFullError` where there is no space; the segment then ends with its last whole record.
        """
        hops = [
            ArchivedResponse(h.url, h.sent_at, h.elapsed_s, h.status, h.headers, h.request_headers)
            for h in exchange.hops
        ]
        with self._lock:
            kept = [
                self._keep(hop, link.model_copy(update={"url": hop.url, "kind": UrlKind.REDIRECT})) for hop in hops
            ]
            if exchange.status is not None:
                kept.append(self._keep(_answer(exchange, exchange.status), link, attempts, reserved))
        return tuple(kept)

    def close(self) -> None:
        """Sync the file and give it its name; a segment without records leaves no file."""
        if self._handle is None:
            return
        os.fsync(self._handle)
        os.close(self._handle)
        self._handle = None
        final = self._archive / self._name
        os.replace(_unfinished(final), final)
        _sync_folder(final.parent)
        if self._finished:
            self._finished(self._name)

    def _keep(
        self, response: ArchivedResponse, link: Link, attempts: int = 1, reserved: tuple[Reservation, ...] = ()
    ) -> Capture:
        """Write response, request and metadata (the link, as JSON), the latter two pointing at the first."""
        capture_id = uuid4()
        records, length = written(capture_id, response, link, attempts, reserved)
        offset = self._append(records)
        media_type, charset = content_type(response.headers)
        return Capture(
            capture_id=capture_id,
            run_id=self._run_id,
            link=link,
            final_url=response.url,
            status=response.status,
            media_type=media_type,
            charset=charset,
            etag=header(response.headers, "etag"),
            last_modified=header(response.headers, "last-modified"),
            policies=joined(response.headers, reserved),
            policy_evidence=tuple(each.evidence for each in reserved),
            fetched_at=response.at,
            elapsed_s=response.elapsed_s,
            attempts=attempts,
            body_bytes=len(response.body),
            warc=WarcPointer(file=self._name, offset=offset, length=length, digest=payload_digest(response.body)),
        )

    def _append(self, records: bytes) -> int:
        """Append the records, all or none; returns their offset in the file."""
        try:
            if self._handle is None:
                self._handle = _create(_unfinished(self._archive / self._name))
            rest = memoryview(records)
            while rest:
                rest = rest[os.write(self._handle, rest) :]
        except OSError as error:
            if self._handle is not None:
                os.ftruncate(self._handle, self._length)
                os.lseek(self._handle, self._length, os.SEEK_SET)
            raise _refused(error, self._archive) from error
        self._length += len(records)
        return self._length - len(records)


def _answer(exchange: Exchange, status: int) -> ArchivedResponse:
    return ArchivedResponse(
        url=exchange.final_url,
        at=exchange.sent_at,
        elapsed_s=exchange.elapsed_s,
        status=status,
        headers=exchange.headers,
        request_headers=exchange.request_headers,
        body=exchange.body,
        truncated=exchange.truncated,
        reason=exchange.reason,
        detail=exchange.detail,
    )


def _unfinished(path: Path) -> Path:
    return path.with_name(path.name + ".open")


def _create(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    fcntl.flock(handle, fcntl.LOCK_EX)  # Until it is closed: an unfinished segment without a lock has no writer.
    return handle


def _refused(error: OSError, archive: Path) -> NewsdeskError:
    if error.errno in FULL:
        return DiskFullError(f"no space left for the archive in {str(archive)!r}")
    return NewsdeskError(f"cannot write the archive in {str(archive)!r}: {error.strerror}")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
