"""Bad input: each ends as a named outcome, and the good publisher beside it is complete."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest

from schemas.runs.report import RunReport
from schemas.runs.run import RunState
from schemas.settings import Settings
from tasks.demo_site import Newsroom, sources_path
from tests.support.newsrooms import ask, ingest, settings_for
from tests.support.sites.raw_site import Behaviour, RawSite

OPENED_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def answer(body: str, media_type: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    encoded = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(encoded)}\r\n\r\n"
    return head.encode() + encoded


def feed(*paths: str, host: str) -> bytes:
    items = "".join(f"<item><title>Entry {path}</title><link>http://{host}{path}</link></item>" for path in paths)
    return answer(f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>', "application/rss+xml")


PAGES: dict[str, Behaviour] = {
    "broken.test/feed": answer("oops", status="500 Internal Server Error"),
    "empty.test/feed": feed(host="empty.test"),
    "html.test/feed": answer("<!doctype html><html><body><p>We moved our feeds.</p></body></html>"),
    "pages.test/feed": feed("/no-text", "/picture", "/gone", "/nothing", host="pages.test"),
    "pages.test/no-text": answer("<html><head><title>A page</title></head><body><div></div></body></html>"),
    "pages.test/picture": answer("\x89PNG\r\n", "image/png"),
    "pages.test/gone": answer("gone", status="410 Gone"),
    "pages.test/nothing": answer(""),
    "*": answer("none", status="404 Not Found"),
}
FEEDS = {
    "broken": "http://broken.test/feed",
    "empty": "http://empty.test/feed",
    "html": "http://html.test/feed",
    "pages": "http://pages.test/feed",
    "unreachable": "http://unreachable.test/feed",
    "inside": "http://127.0.0.2:9/feed",
}


class Told(NamedTuple):
    """One run over good and bad sources."""

    settings: Settings
    report: RunReport


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    home = tmp_path_factory.mktemp("bad")
    folder = home / "sources"
    shutil.copytree(sources_path(), folder)
    for slug, url in FEEDS.items():
        lines = [f'name = "{slug}"', f'homepage = "{url}"', f'feeds = ["{url}"]', 'language = "en"', 'country = "gb"']
        (folder / f"{slug}.toml").write_text("\n".join([*lines, "pace_s = 0"]) + "\n")
    with Newsroom(OPENED_AT) as newsroom, RawSite(PAGES) as site:
        good = settings_for(home, newsroom)
        bad = site.settings("broken.test", "empty.test", "html.test", "pages.test")
        hosts = (*good.hosts, *bad.hosts, "unreachable.test=127.0.0.1:9")
        allowed = (*good.allow_addresses, *bad.allow_addresses, "127.0.0.1:9")
        settings = settings_for(home, newsroom, hosts=hosts, allow_addresses=allowed, sources=folder)
        yield Told(settings, ingest(settings, OPENED_AT + timedelta(minutes=2)))


def outcomes(told: Told, source: str, kind: str) -> dict[str, Any]:
    """Reason by the URL's path."""
    rows = ask(told.settings, f"SELECT url, reason FROM ops.outcomes WHERE source = '{source}' AND kind = '{kind}'")
    return {"/" + row["url"].split("/", 3)[3]: row["reason"] for row in rows}


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("broken", "http_error"),
        ("empty", "empty_feed"),
        ("html", "wrong_type"),
        ("pages", "ok"),
        ("unreachable", "timeout_connect"),
        ("inside", "blocked_address"),
    ],
)
def test_a_bad_feed_ends_as_a_named_outcome(told: Told, source: str, reason: str) -> None:
    assert outcomes(told, source, "feed") == {"/feed": reason}


def test_a_page_without_an_article_ends_with_its_reason(told: Told) -> None:
    assert outcomes(told, "pages", "article") == {
        "/no-text": "empty_text",
        "/picture": "wrong_type",
        "/gone": "http_error",
        "/nothing": "empty_body",
    }


@pytest.mark.parametrize("source", ["harbour-gazette", "talblick", "dnipro-visnyk"])
def test_the_good_publishers_are_complete(told: Told, source: str) -> None:
    loaded = [reason for reason in outcomes(told, source, "article").values() if reason == "loaded"]
    assert len(loaded) >= 18


def test_the_run_says_which_sources_failed(told: Told) -> None:
    assert told.report.run.state is RunState.SOURCES_FAILED
    assert set(told.report.run.sources_failed) == {"broken", "empty", "html", "unreachable", "inside"}


def test_nothing_is_unaccounted_for(told: Told) -> None:
    assert ask(told.settings, "FROM reports.unaccounted_urls") == []


def test_the_page_that_gave_nothing_stays_in_the_archive(told: Told) -> None:
    rows = ask(told.settings, "SELECT status FROM main.captures WHERE url = 'http://pages.test/no-text'")
    assert rows == [{"status": 200}]
