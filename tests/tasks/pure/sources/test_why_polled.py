"""Why a feed is polled now, or not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.runs.ledger import FeedState, PollLimit
from schemas.sources.source import Source
from tasks.pure.sources.why_polled import why_polled

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FEED = "https://quay.example/feed"
LATER = NOW + timedelta(hours=2)


def source(**changes: object) -> Source:
    plain = {
        "slug": "quay",
        "name": "Quay",
        "homepage": "https://quay.example/",
        "feeds": [FEED],
        "language": "en",
        "country": "gb",
    }
    return Source.model_validate(plain | changes)


def state(**changes: object) -> FeedState:
    plain = {"run_id": "r", "source": "quay", "url": FEED, "kind": UrlKind.FEED, "at": NOW, "reason": Reason.OK}
    return FeedState.model_validate(plain | changes)


def told(
    its: FeedState | None, *sources: Source, wrong: tuple[str, ...] = (), down: Refusal | None = None
) -> str | None:
    return why_polled(FEED, its, sources, wrong, down, NOW, ZoneInfo("Europe/Berlin"))


DOWN = Refusal(reason=Reason.TIMEOUT_CONNECT, detail="left alone for 300 s")


@pytest.mark.parametrize(
    ("its", "configured", "down", "words"),
    [
        (None, source(), None, "never polled: the next run asks it"),
        (state(), source(), None, "due: the next run asks it"),
        (state(next_poll_at=NOW), source(), None, "due: the next run asks it"),
        (
            state(next_poll_at=LATER, poll_limit=PollLimit.HINT),
            source(),
            None,
            "not due until 2026-11-20 15:00:00: its publisher asks for fewer polls",
        ),
        (
            state(next_poll_at=LATER, failures=2, reason=Reason.HTTP_ERROR),
            source(),
            None,
            "not due until 2026-11-20 15:00:00: it failed 2 times in a row, the last time with http_error",
        ),
        (state(reason=Reason.ROBOTS_DENIED), source(), None, "robots.txt forbade it the last time"),
        (state(), source(enabled=False), None, "the file of source 'quay' says enabled = false"),
        (state(), source(muted=True), None, "its source is muted: it is polled, and nothing of it is told"),
        (state(), source(feeds=["https://quay.example/other"]), None, "no source file names it, so it rests"),
        (state(), source(), DOWN, "its host gets no request after timeout_connect (left alone for 300 s)"),
    ],
)
def test_a_feed_is_told_why_it_is_polled_or_not(
    its: FeedState | None, configured: Source, down: Refusal | None, words: str
) -> None:
    assert words in (told(its, configured, down=down) or "")


def test_a_feed_of_a_wrong_file_is_told_so() -> None:
    assert "the file of source 'quay' is wrong" in (told(state(), wrong=("quay",)) or "")


def test_a_url_that_no_run_polled_and_no_file_names_is_no_feed() -> None:
    assert told(None, source(feeds=["https://quay.example/other"])) is None


def test_a_sitemap_that_the_index_of_a_source_names_is_of_that_source() -> None:
    child = state(kind=UrlKind.SITEMAP, named_by="https://quay.example/index.xml")
    assert told(child, source(feeds=["https://quay.example/other"])) == "due: the next run asks it"
