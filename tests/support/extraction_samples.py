"""Pages, captures and sources for the tests of extraction."""

from datetime import UTC, datetime
from uuid import UUID

from schemas.items.capture import Capture, WarcPointer
from schemas.items.link import EntryFacts, Link
from schemas.items.outcome import Refusal
from schemas.sources.source import Source
from tasks.pure.page.parse import Page, read_page

FETCHED_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
SOURCE = Source(slug="courier", name="Courier", homepage="https://courier.example/", language="en", country="gb")
SENTENCE = (
    "The town council voted on Tuesday evening to rebuild the old ferry terminal after eleven years of argument."
)
TEXT = "".join(f"<p>{number}. {SENTENCE}</p>" for number in ("One", "Two", "Three", "Four", "Five"))


def page_of(html: str, url: str = "https://courier.example/local/story") -> Page:
    """The page of some HTML that is known to be readable."""
    page = read_page(html, url)
    assert not isinstance(page, Refusal), page
    return page


def article_html(inside: str, head: str = "") -> str:
    """A news page with `inside` as its article, below the headline `Ferry terminal to be rebuilt`."""
    return (
        f"<html lang=en><head><title>Ferry terminal to be rebuilt | Courier</title>{head}</head><body>"
        f"<nav><a href=/>Home</a></nav><main><article><h1>Ferry terminal to be rebuilt</h1>{inside}</article></main>"
        "</body></html>"
    )


def capture_of(
    url: str = "https://courier.example/local/story",
    entry: EntryFacts = EntryFacts(),  # noqa: B008  frozen
    charset: str | None = None,
    found_in: str = "https://courier.example/rss",
) -> Capture:
    """The capture of a page that answered 200 at noon on 1 June 2026 UTC."""
    return Capture(
        capture_id=UUID(int=1),
        run_id="run",
        link=Link(url=url, source="courier", found_in=found_in, found_at=FETCHED_AT, entry=entry),
        final_url=url,
        status=200,
        charset=charset,
        fetched_at=FETCHED_AT,
        elapsed_s=0.1,
        body_bytes=1,
        warc=WarcPointer(file="segment", offset=0, length=1, digest="sha256:A"),
    )
