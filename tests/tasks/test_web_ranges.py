"""WARC files behind HTTP: read in ranges, by the guard's leave only."""

import gzip
from collections.abc import Callable

import pytest

from schemas.errors import NewsdeskError
from schemas.settings import Settings
from tasks.warc_foreign import ForeignPage, read_pages, size_of
from tasks.web import web_of
from tasks.web_ranges import TRIES, open_ranges
from tests.flows.past_site import ranged
from tests.tasks.raw_site import RawSite, Visit, answer
from tests.tasks.test_warc_foreign import page, record

SECOND = page(2)
FILE = gzip.compress(record(page(1), 1)) + gzip.compress(record(SECOND, 2))


def serve(visit: Visit) -> None:
    visit.send(ranged(visit, FILE))


def said(site: RawSite, behaviour: Callable[[Visit], None] | bytes) -> tuple[str, list[float]]:
    """Why a file cannot be read, and the pauses between the tries."""
    site.pages["/odd"] = behaviour
    pauses: list[float] = []
    with pytest.raises(NewsdeskError) as error:
        open_ranges(web_of(site.settings()), f"http://{site.address}/odd", pauses.append).read(10)
    return str(error.value), pauses


def test_a_file_behind_http_is_read_in_ranges() -> None:
    with RawSite({"/crawl.warc.gz": serve}) as site:
        url, web = f"http://{site.address}/crawl.warc.gz", web_of(site.settings())
        assert size_of(url, web) == len(FILE)
        (second,) = read_pages(url, 1, len(FILE), web)
        assert isinstance(second, ForeignPage)
        assert second.body == SECOND


def test_a_file_at_an_inner_address_is_refused_unless_it_is_let_through() -> None:
    with RawSite({"/crawl.warc.gz": serve}) as site:
        with pytest.raises(NewsdeskError, match="blocked_address"):
            size_of(f"http://{site.address}/crawl.warc.gz", web_of(Settings()))
        assert site.connections == 0


def test_a_redirect_to_an_inner_address_is_refused() -> None:
    with RawSite({"/crawl.warc.gz": serve}) as inner, RawSite({}) as site:
        moved = answer(b"", f"Location: http://{inner.address}/crawl.warc.gz", status="302 Found")
        assert "blocked_address" in said(site, moved)[0]
        assert inner.connections == 0


def test_nothing_behind_http_is_read_where_no_web_is_given() -> None:
    with pytest.raises(NewsdeskError, match="nothing here may ask"):
        size_of("http://127.0.0.1:9/a.warc.gz")


def test_a_server_without_ranges_is_told_and_its_file_not_taken() -> None:
    with RawSite({}) as site:
        assert "gives no ranges" in said(site, answer(b"x" * 100))[0]


def test_another_range_than_was_asked_for_is_told() -> None:
    with RawSite({}) as site:
        other = answer(b"ab", "Content-Range: bytes 7-8/100", status="206 Partial Content")
        assert "asked for bytes 0 to 1" in said(site, other)[0]


def test_a_busy_server_is_asked_again_after_longer_and_longer_pauses() -> None:
    with RawSite({}) as site:
        busy = answer(b"slow down", status="503 Service Unavailable")
        words, pauses = said(site, busy)
        assert "http_error" in words
        assert pauses == [2.0, 4.0, 8.0]
        assert site.connections == TRIES
