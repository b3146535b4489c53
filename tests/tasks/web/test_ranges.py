"""WARC files behind HTTP: read in ranges, each a request of its own with all that is owed to a host."""

import gzip
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from schemas.errors import NewsdeskError
from schemas.items.capture import WarcPointer
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from tasks.archive.foreign import read_foreign, read_pages, size_of
from tasks.archive.formats.protocol import ForeignPage
from tasks.archive.records import payload_digest
from tasks.web.ranges import BLOCK_BYTES, HEAD_BYTES, open_ranges
from tests.support.sites.past_site import ranged
from tests.support.sites.raw_site import Behaviour, RawSite, Visit, answer
from tests.tasks.archive.test_foreign import page, record
from tests.tasks.politeness.test_politeness import polite_client_to

SECOND = page(2)
FIRST = gzip.compress(record(page(1), 1))
FILE = FIRST + gzip.compress(record(SECOND, 2))
LARGE = bytes(HEAD_BYTES) + b"behind the head" + bytes(BLOCK_BYTES)
URL = "http://one.test/crawl.warc.gz"
BUSY = answer(b"slow down", status="503 Service Unavailable")


def serving(file: bytes) -> Callable[[Visit], None]:
    """Gives ranges of the file, and no robots.txt."""
    return lambda visit: visit.send(ranged(visit, file) if "robots" not in visit.path else answer(b""))


def refused(folder: Path, behaviour: Callable[[Visit], None] | bytes, **settings: object) -> str:
    """Why the file cannot be read."""
    pages = {"/robots.txt": answer(b""), "*": behaviour}
    with polite_client_to(folder, pages, **settings) as (_, client, _clock), pytest.raises(NewsdeskError) as error:
        open_ranges(client.range_of, URL).read(10)
    return str(error.value)


def test_a_file_behind_http_is_read_in_ranges(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, {"*": serving(FILE)}) as (_, client, _clock):
        assert size_of(URL, client.range_of) == len(FILE)
        (second,) = read_pages(URL, 1, len(FILE), client.range_of)
        assert isinstance(second, ForeignPage)
        assert second.body == SECOND


def test_one_record_costs_the_bytes_of_that_record(tmp_path: Path) -> None:
    begin = len(FIRST)
    place = WarcPointer(file=URL, offset=begin, length=len(FILE) - begin, digest=payload_digest(SECOND))
    with polite_client_to(tmp_path, {"*": serving(FILE)}) as (_, client, _clock):
        assert read_foreign(place, client.range_of) == SECOND
        (_, row) = client.requests()
    assert row.wire_bytes == place.length


def test_a_place_far_behind_the_head_is_read_without_what_is_before_it(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, {"*": serving(LARGE)}) as (_, client, _clock):
        file = open_ranges(client.range_of, URL)
        file.seek(HEAD_BYTES)
        assert file.read(15) == b"behind the head"
        assert file.read() == bytes(BLOCK_BYTES)
        rows = client.requests()[1:]
    assert [row.wire_bytes for row in rows] == [HEAD_BYTES, BLOCK_BYTES, 15]


def test_each_range_is_a_row_of_the_ledger_and_keeps_the_pace_of_its_host(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, {"*": serving(LARGE)}, pace_floor_s=1.0) as (site, client, _clock):
        open_ranges(client.range_of, URL).read()
        rows = client.requests()
    assert [row.url.removeprefix("http://one.test") for row in rows] == site.asked
    assert [(row.kind, row.source, row.reason, row.status) for row in rows[1:]] == [
        (UrlKind.ARCHIVE, "one-test", Reason.OK, 206)
    ] * (len(site.asked) - 1)
    assert all((after.sent_at - before.sent_at).total_seconds() >= 1 for before, after in pairwise(rows))


def test_robots_txt_counts_for_archives_too(tmp_path: Path) -> None:
    pages: dict[str, Behaviour] = {"/robots.txt": answer(b"User-agent: *\nDisallow: /crawl"), "*": serving(FILE)}
    with polite_client_to(tmp_path, pages) as (site, client, _clock):
        with pytest.raises(NewsdeskError, match="robots_denied"):
            size_of(URL, client.range_of)
        assert site.asked == ["/robots.txt"]


def test_a_file_at_an_inner_address_is_refused_unless_it_is_let_through(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, {"*": serving(FILE)}, allow_addresses=()) as (site, client, _clock):
        with pytest.raises(NewsdeskError, match="blocked_address"):
            size_of(URL, client.range_of)
        assert site.connections == 0


def test_a_redirect_to_an_inner_address_is_refused(tmp_path: Path) -> None:
    with RawSite({"*": serving(FILE)}) as inner:
        moved = answer(b"", f"Location: http://{inner.address}/crawl.warc.gz", status="302 Found")
        assert "blocked_address" in refused(tmp_path, moved)
        assert inner.connections == 0


def test_nothing_behind_http_is_read_where_nobody_may_ask() -> None:
    with pytest.raises(NewsdeskError, match="nothing here may ask"):
        size_of("http://127.0.0.1:9/a.warc.gz")


def test_a_server_without_ranges_is_told_and_its_file_not_taken(tmp_path: Path) -> None:
    assert "gives no ranges" in refused(tmp_path, answer(b"x" * 100))


def test_another_range_than_was_asked_for_is_told(tmp_path: Path) -> None:
    other = answer(b"ab", "Content-Range: bytes 7-8/100", status="206 Partial Content")
    assert "asked for bytes 0 to 65536" in refused(tmp_path, other)


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    files = iter((LARGE, LARGE, LARGE + b"more"))

    def growing(visit: Visit) -> None:
        visit.send(ranged(visit, next(files)))

    with polite_client_to(tmp_path, {"/robots.txt": answer(b""), "*": growing}) as (_, client, _clock):
        file = open_ranges(client.range_of, URL)
        with pytest.raises(NewsdeskError, match="bytes and has"):
            file.read()


def test_a_busy_server_is_asked_again_after_longer_and_longer_pauses(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, {"/robots.txt": answer(b""), "*": BUSY}) as (site, client, clock):
        with pytest.raises(NewsdeskError, match="http_error"):
            size_of(URL, client.range_of)
        assert [wait for wait in clock.waits if wait >= 5] == [5.0, 20.0]
        assert len(site.asked) == 1 + 3 * 3


def test_a_server_that_asks_for_two_minutes_is_given_them(tmp_path: Path) -> None:
    answers = iter((answer(b"", "Retry-After: 120", status="429 Too Many Requests"),))

    def first_busy(visit: Visit) -> None:
        visit.send(next(answers, None) or ranged(visit, FILE))

    with polite_client_to(tmp_path, {"/robots.txt": answer(b""), "*": first_busy}) as (site, client, clock):
        assert size_of(URL, client.range_of) == len(FILE)
        assert max(clock.waits) == pytest.approx(120, abs=1)
        assert len(site.asked) == 3
