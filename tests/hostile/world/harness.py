"""The harness: what a hostile case is, and what its check may ask of the run that met it.

A case plays one publisher on a virtual host of its own. Write pages with `answer`, `redirect` and the
behaviours of `tests.support.sites.raw_site`, articles with `article_html` of `good_publisher`, and name the canary
by `canary.END`. A table of many variants is one case a variant, as each host is asked one URL at a time.
"""

import ssl
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from warcio.archiveiterator import ArchiveIterator

from schemas.settings import Settings
from tests.support.newsrooms import ask
from tests.support.sites.raw_site import Behaviour, OnConnect, RawSite

Reasons = str | frozenset[str]
Resolver = Callable[[str, int], list[str]]
"""Addresses of a host and port; raises `OSError` as `getaddrinfo` does."""
OWN_FEED = "/harness-feed"
"""Where the harness serves a case's feed when the case has none of its own."""
NOW = datetime.now(UTC).replace(microsecond=0)
"""The instant of the first run; the second of the same is 26 hours later, when feeds are polled again.
Archive and pace keep the real clock, so the runs do too."""


@dataclass(frozen=True)
class Case:
    """One hostile publisher; `outcomes` and `again` are by path on its host, whole URLs elsewhere.

    An article may be a path, or a URL in which `{port}` stands for the site's port. `resolves` answers
    the host instead of a fixed mapping; the case's own URLs then name the port. With `tls` the host speaks
    https; with `on_connect` it speaks what it likes, behind `is_https` or in plain.
    """

    id: str
    says: str
    pages: Mapping[str, Behaviour] = field(default_factory=dict)
    outcomes: Mapping[str, Reasons] = field(default_factory=dict)
    feed: str | None = "/feed"
    articles: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    rows: int = 0
    captures: int | None = None
    robots: Behaviour | None = None
    tls: ssl.SSLContext | None = None
    is_slow: bool = False
    memory_mb: float = 300.0
    """How much the parent may grow over the two runs, where the case is met alone."""
    seconds: float = 12.0
    check: "Callable[[CaseResult], None] | None" = None
    again: Mapping[str, Reasons] = field(default_factory=dict)
    """Outcomes of the second run of the same, 26 hours later (feeds are polled again by then)."""
    rows_again: int = 0
    """Article versions that the second run adds; 0 by invariant I8 unless the content truly changed."""
    on_connect: OnConnect | None = None
    is_https: bool = False
    address: str = "127.0.0.1"
    """Where the case's own server listens; any but the default gives it one."""
    resolves: Resolver | None = None
    time_zone: str = "UTC"
    language: str = "en"

    @property
    def slug(self) -> str:
        """The source's slug."""
        return self.id.lower()

    @property
    def host(self) -> str:
        """The virtual host, without a port."""
        return f"{self.slug}.test"

    @property
    def has_own_site(self) -> bool:
        """Whether the case cannot share the site of the others."""
        return bool(self.tls or self.on_connect or self.address != "127.0.0.1")


class Record(NamedTuple):
    """One response record of the archive; the names of WARC fields and headers are in lower case."""

    fields: Mapping[str, str]
    headers: tuple[tuple[str, str], ...]
    body: bytes


Rows = Mapping[tuple[str, str], list[dict[str, Any]]]


class Ledger:
    """The rows that every case is judged by, asked for once, by run and source."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def outcomes(self) -> Rows:
        """The outcomes."""
        return self._rows("SELECT run_id, source, url, reason, detail FROM ops.outcomes")

    @cached_property
    def versions(self) -> Rows:
        """One row an article version."""
        return self._rows("SELECT run_id, source, url FROM main.article_versions")

    @cached_property
    def captures(self) -> Rows:
        """One row a run and source: captures but those of robots.txt."""
        sql = "SELECT run_id, source, count(*) AS captures FROM main.captures WHERE kind <> 'robots'"
        return self._rows(f"{sql} GROUP BY run_id, source")

    @cached_property
    def requests(self) -> Rows:
        """One row a run and source: seconds on the wire."""
        return self._rows(
            "SELECT run_id, source, sum(elapsed_s) AS seconds FROM ops.requests GROUP BY run_id, source"
        )

    def _rows(self, sql: str) -> Rows:
        found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in ask(self._settings, sql):
            found[row["run_id"], row["source"]].append(row)
        return found


@dataclass(frozen=True)
class CaseResult:
    """What two runs made of a case. The warehouse holds other cases too: name `source` and `run_id`."""

    case: Case
    settings: Settings
    site: RawSite
    base: str
    """Scheme, host and port of the case's URLs."""
    run_id: str
    again_id: str
    ledger: Ledger = field(repr=False)

    @property
    def source(self) -> str:
        """The case's source."""
        return self.case.slug

    @property
    def home(self) -> Path:
        """The home of the runs."""
        return self.settings.home

    def ask(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query."""
        return ask(self.settings, sql)

    def outcomes(self, run_id: str = "") -> dict[str, str]:
        """Reason by path (whole URL on other hosts), of the first run unless another is named."""
        rows = self.ledger.outcomes[run_id or self.run_id, self.source]
        return {row["url"].removeprefix(self.base): row["reason"] for row in rows}

    def details(self) -> dict[str, str | None]:
        """Detail by path, of the first run."""
        rows = self.ledger.outcomes[self.run_id, self.source]
        return {row["url"].removeprefix(self.base): row["detail"] for row in rows}

    def versions(self) -> list[dict[str, Any]]:
        """The article versions of the first run, oldest URL first."""
        return self.ask(
            f"FROM main.article_versions WHERE source = '{self.source}' AND run_id = '{self.run_id}' ORDER BY url"
        )

    def requests(self, path: str) -> list[dict[str, Any]]:
        """The requests that the first run sent for a path of the case's host, in order."""
        return self.ask(
            f"FROM ops.requests WHERE source = '{self.source}' AND run_id = '{self.run_id}'"
            f" AND url = '{self.base}{path}' ORDER BY attempt, sent_at"
        )

    def captures(self) -> int:
        """How many WARC response records the first run made of the case, robots.txt aside."""
        return sum(row["captures"] for row in self.ledger.captures[self.run_id, self.source])

    def seconds(self) -> float:
        """Seconds on the wire of all requests of the first run together."""
        return float(sum(row["seconds"] for row in self.ledger.requests[self.run_id, self.source]))

    def records(self, path: str) -> list[Record]:
        """The response records of the first run for a path of the case's host."""
        rows = self.ask(
            f"SELECT warc_file, warc_offset FROM main.captures WHERE source = '{self.source}'"
            f" AND run_id = '{self.run_id}' AND url = '{self.base}{path}' ORDER BY warc_offset"
        )
        return [self._record(row["warc_file"], row["warc_offset"]) for row in rows]

    def _record(self, name: str, offset: int) -> Record:
        with (self.settings.archive_path / name).open("rb") as file:
            file.seek(offset)
            record = next(iter(ArchiveIterator(file)))
            body = record.content_stream().read()
        fields = {name.lower(): value for name, value in record.rec_headers.headers}
        return Record(fields, tuple((name.lower(), value) for name, value in record.http_headers.headers), body)
