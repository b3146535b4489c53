"""Papers on a raw site: what the feed of each lists changes from edition to edition, and every page has a
text of its own. All of them are polled by one run."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from schemas.runs.report import RunReport
from schemas.settings import Settings
from tests.support.newsrooms import ask, ingest
from tests.support.sites.raw_site import Behaviour, RawSite, Visit, answer

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n\r\n"
NO_ROBOTS = answer(b"none", status="404 Not Found")


class Item(NamedTuple):
    """An entry of a feed; `path` may be a whole URL, `hour` is when it says it was published."""

    path: str
    guid: str | None = None
    title: str | None = None
    hour: int | None = None

    def xml(self, host: str) -> str:
        """The entry as RSS has it."""
        link = self.path if "://" in self.path else f"http://{host}{self.path}"
        guid = f'<guid isPermaLink="false">{self.guid}</guid>' if self.guid else ""
        date = f"<pubDate>Fri, 20 Nov 2026 {self.hour:02}:00:00 GMT</pubDate>" if self.hour else ""
        return f"<item><title>{self.title or 'About ' + self.path}</title><link>{link}</link>{guid}{date}</item>"


Edition = Sequence[Item] | bytes
"""What a feed lists, or an answer that is no feed."""


def items(*paths: str) -> list[Item]:
    """Entries whose GUID is their path."""
    return [Item(path, f"guid:{path}") for path in paths]


def feed(edition: Edition, host: str, etag: str | None = None) -> bytes:
    """The answer that lists the edition's items; without an `etag`, its own is made of its body."""
    if isinstance(edition, bytes):
        return edition
    inside = "".join(item.xml(host) for item in edition)
    body = f'<rss version="2.0"><channel><title>Paper</title>{inside}</channel></rss>'
    return answer(
        body.encode(), "Content-Type: application/rss+xml", f'ETag: "{etag or format(crc32(body.encode()), "x")}"'
    )


def page(visit: Visit) -> None:
    """An article whose text names its path, so that no two are the same; `/shared/…` claims one canonical
    URL for all pages below it."""
    path, link = visit.path, ""
    if path.startswith("/shared/"):
        link = f'<link rel="canonical" href="http://{visit.host}/shared">'
    lines = "".join(
        f"<p>Sentence {number} of the report on {path} says that the {path.strip('/')} harbour was open, that "
        f"{number} boats left it before noon, and that the tide was lower than the day before.</p>"
        for number in range(6)
    )
    text = f"<html><head><title>About {path}</title>{link}</head><body><article><h1>About {path}</h1>{lines}"
    visit.send(answer(f"{text}</article></body></html>".encode(), "Content-Type: text/html; charset=utf-8"))


class Papers:
    """Sources in one home; `edition` is the number, from 0, of what they list now (the last one stays)."""

    def __init__(self, site: RawSite, settings: Settings, editions: Mapping[str, Sequence[Edition]]) -> None:
        self.site = site
        self.settings = settings
        self.editions = editions
        self.edition = 0
        self.at = START

    def run(self, later: timedelta = timedelta(), **how: Any) -> RunReport:
        """The next run, so much later than the one before."""
        self.at += later
        self.site.asked.clear()
        return ingest(self.settings, self.at, **how)

    def serve(self, visit: Visit) -> None:
        """The feed of the host that was asked, of this edition."""
        its = self.editions[visit.host.partition(".")[0]]
        whole = feed(its[min(self.edition, len(its) - 1)], visit.host)
        known = re.search(rb'If-None-Match: ("[^"]+")', visit.request)
        visit.send(NOT_MODIFIED if known and known[1] in whole else whole)

    def ends(self, report: RunReport, name: str) -> dict[str, str]:
        """Path and reason of the articles that the run took up at the source of that name."""
        where = f"kind = 'article' AND source = '{name}' AND run_id = '{report.run.run_id}'"
        rows = ask(self.settings, f"SELECT url, reason FROM ops.outcomes WHERE {where}")
        return {row["url"].removeprefix(f"http://{name}.test"): row["reason"] for row in rows}

    def articles(self, name: str) -> list[str]:
        """Paths of the canonical URLs of the source's articles."""
        sql = f"SELECT canonical_url FROM main.articles WHERE source = '{name}' ORDER BY canonical_url"
        return [row["canonical_url"].removeprefix(f"http://{name}.test") for row in ask(self.settings, sql)]

    def states(self, name: str) -> list[dict[str, Any]]:
        """The observations of the source's feed, oldest first."""
        where = f"source = '{name}' AND url = 'http://{name}.test/feed'"
        return ask(self.settings, f"FROM ops.feed_states WHERE {where} ORDER BY at_utc")


@contextmanager
def open_papers(
    home: Path,
    editions: Mapping[str, Sequence[Edition]],
    pages: Mapping[str, Behaviour] | None = None,
    lines: Mapping[str, str] | None = None,
    **settings: object,
) -> Iterator[Papers]:
    """A source for each name, read at `/feed` of NAME.test, served while the context is open. `pages` answer
    instead of articles; `lines` replace the line of a source file that names the feed."""
    folder = home / "sources"
    folder.mkdir(parents=True)
    for name in editions:
        where = (lines or {}).get(name, f'feeds = ["http://{name}.test/feed"]')
        head = f'name = "{name}"\nhomepage = "http://{name}.test/"\nlanguage = "en"\ncountry = "gb"\npace_s = 0\n'
        (folder / f"{name}.toml").write_text(f"{head}{where}\n")
    with RawSite({"*": page, "/robots.txt": NO_ROBOTS, **(pages or {})}) as site:
        hosts = [f"{name}.test" for name in (*editions, "stranger")]
        plain = {"home": home, "sources": folder, "disk_floor_mb": 0}
        papers = Papers(site, site.settings(*hosts, **(plain | settings)), editions)
        site.pages.setdefault("/feed", papers.serve)
        yield papers
