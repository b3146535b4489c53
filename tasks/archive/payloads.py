"""Where the bodies lie to which revisit records refer: an index of the pages that a backfill has read."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from schemas.items.capture import Capture, WarcPointer
from tasks.archive.formats.protocol import (
    ForeignPage,
    ForeignRecord,
    Name,
    RevisitRecord,
    SkippedRecord,
    names_of,
    one_form,
)
from tasks.archive.records import payload_digest
from tasks.pure.http.headers import content_type

NAMES_AT_MOST = 200_000
"""About 60,000 pages and 80 MB: a crawl writes a revisit near what it repeats, or days later into another file, whose
pages are looked up in the warehouse."""


class Payload(NamedTuple):
    """The body of a page, in a record of a file. `at`: when the page was fetched (UTC). `digest`: as the archive
    states it; None: not known. `is_page`: false for what is no page, which then has neither place nor type."""

    at: datetime | None
    digest: str | None
    is_page: bool
    pointer: WarcPointer | None = None
    media_type: str | None = None
    charset: str | None = None
    body_bytes: int = 0


class Payloads:
    """The payloads of the records that were read, by every name that a revisit may use. It keeps the latest
    `NAMES_AT_MOST` names. Not for several threads at once."""

    def __init__(self, names_at_most: int = NAMES_AT_MOST) -> None:
        self._names_at_most = names_at_most
        self._by_name: OrderedDict[Name, Payload] = OrderedDict()
        self._read_to: dict[str, int] = {}
        self.whole: set[str] = set()
        """Files that were read to their end."""

    def unread(self, file: str, until: int) -> tuple[int, int] | None:
        """The range of the file before `until` that is not in the index; None: all is."""
        begin = self._read_to.get(file, 0)
        return (begin, until) if begin < until else None

    def has_read(self, file: str, begin: int, end: int) -> None:
        """Notes that all records that begin in [begin, end) were given to `remember`."""
        if begin <= self._read_to.get(file, 0) < end:
            self._read_to[file] = end

    def remember(self, file: str, record: ForeignRecord) -> None:
        """Keep where the record's payload lies. Damage and revisits have none."""
        if isinstance(record, ForeignPage):
            names = names_of(record.capture_id, record.url, record.at, record.payload_digest)
            self._keep((*names, (record.url,)), _of_page(file, record))
        elif isinstance(record, SkippedRecord):
            self._keep(record.names, Payload(None, None, is_page=False))

    def know(self, capture: Capture) -> None:
        """Keep where the body of a capture lies that the warehouse lists."""
        names = names_of(capture.capture_id, capture.url, capture.fetched_at, None)
        kind = capture.media_type, capture.charset
        self._keep(names, Payload(capture.fetched_at, None, True, capture.warc, *kind, capture.body_bytes))

    def repeat(self, revisit: RevisitRecord, payload: Payload) -> None:
        """A later revisit may refer to this one, or to its URL."""
        names = names_of(revisit.capture_id, revisit.url, revisit.at, None)
        self._keep((*names, (revisit.url,)), payload._replace(at=revisit.at))

    def find(self, revisit: RevisitRecord) -> Payload | None:
        """The payload to which the revisit refers; None: it is not in the index. By id, by URL and time, or by
        digest; a revisit that names no target refers to the last answer of its URL. Where both state a digest and the
        digests differ, it is another payload."""
        return next((one for one in self._found(revisit) if _may_be(one, revisit)), None)

    def _found(self, revisit: RevisitRecord) -> Iterator[Payload]:
        digest = None if revisit.is_not_modified else revisit.payload_digest
        for name in names_of(revisit.target_id, revisit.target_url or revisit.url, revisit.target_at, digest):
            if one := self._by_name.get(name):
                yield one
        last = self._by_name.get((revisit.target_url or revisit.url,))
        is_named = revisit.target_id or revisit.target_at or digest
        if last and not is_named and (last.at is None or last.at <= revisit.at):
            yield last

    def _keep(self, names: tuple[Name, ...], payload: Payload) -> None:
        for name in names if payload.is_page else (name for name in names if name not in self._by_name):
            self._by_name[name] = payload
            self._by_name.move_to_end(name)
        while len(self._by_name) > self._names_at_most:
            self._by_name.popitem(last=False)


def _of_page(file: str, page: ForeignPage) -> Payload:
    media_type, charset = content_type(page.headers)
    pointer = WarcPointer(file=file, offset=page.offset, length=page.length, digest=payload_digest(page.body))
    return Payload(page.at, page.payload_digest, True, pointer, media_type, charset, len(page.body))


def _may_be(payload: Payload, revisit: RevisitRecord) -> bool:
    """Whether no digest speaks against it. Only digests of one algorithm can be compared."""
    if revisit.is_not_modified or payload.digest is None or revisit.payload_digest is None:
        return True
    one, other = one_form(payload.digest), one_form(revisit.payload_digest)
    return one == other or one.partition(":")[0] != other.partition(":")[0]
