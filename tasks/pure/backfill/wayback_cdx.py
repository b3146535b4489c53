"""Asks the CDX server of the Wayback Machine for its captures of a domain."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

import orjson

from schemas.items.outcome import Reason, Refusal
from tasks.pure.urls.normalise import absolute

ROWS_A_PAGE = 5_000
_STAMP = re.compile(r"(\d{14})")
_FIELDS = "timestamp,original"


class Memento(NamedTuple):
    """One capture of the Wayback Machine; `stamp` is its time in 14 digits (UTC)."""

    stamp: str
    url: str

    @property
    def at(self) -> datetime:
        """When it was captured."""
        return datetime.strptime(self.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


class CdxPage(NamedTuple):
    """One answer of the CDX server: its captures, and the key that asks for the next answer (None: the last)."""

    mementos: tuple[Memento, ...]
    resume_key: str | None


def cdx_url(base: str, domain: str, since: datetime, until: datetime, resume_key: str | None = None) -> str:
    """URL of the query for the domain's HTML pages captured in [since, until), one capture a URL."""
    words = {
        "url": domain,
        "matchType": "domain",
        "from": f"{since:%Y%m%d%H%M%S}",
        "to": f"{until - timedelta(seconds=1):%Y%m%d%H%M%S}",
        "output": "json",
        "fl": _FIELDS,
        "filter": ["statuscode:200", "mimetype:text/html"],
        "collapse": "urlkey",
        "limit": str(ROWS_A_PAGE),
        "showResumeKey": "true",
        **({"resumeKey": resume_key} if resume_key else {}),
    }
    return f"{base}/cdx/search/cdx?{urlencode(words, doseq=True)}"


def memento_url(base: str, stamp: str, url: str) -> str:
    """URL of the original bytes of a capture."""
    return f"{base}/web/{stamp}id_/{url}"


def stamp_of(memento: str) -> str | None:
    """The time in the URL of a memento; None: it has none."""
    found = _STAMP.search(memento)
    return found[1] if found else None


def read_cdx(body: bytes) -> CdxPage | Refusal:
    """The captures of an answer; refuses WRONG_TYPE where it is not a JSON table (an error page, a notice)."""
    if not body.strip():
        return CdxPage((), None)
    try:
        rows = orjson.loads(body)
    except orjson.JSONDecodeError:
        return Refusal(reason=Reason.WRONG_TYPE, detail=f"the CDX answer is no JSON: {body[:60]!r}")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return Refusal(reason=Reason.WRONG_TYPE, detail="the CDX answer is no table")
    table = [row for row in rows[1:] if len(row) == 2]
    key = rows[-1][0] if len(rows) > 2 and rows[-2] == [] and len(rows[-1]) == 1 else None
    return CdxPage(tuple(_mementos(table)), key)


def months(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The time span month by month, oldest first: the server answers short queries."""
    start = since
    while start < until:
        first = start.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        end = min((first + timedelta(days=32)).replace(day=1), until)
        yield start, end
        start = end


def _mementos(table: list[list[str]]) -> Iterator[Memento]:
    for stamp, written in table:
        url = absolute(written.replace(":80/", "/", 1), None)
        if isinstance(url, str) and _STAMP.fullmatch(stamp):
            yield Memento(stamp, url)
