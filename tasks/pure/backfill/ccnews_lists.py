"""Reads `warc.paths.gz`: the WARC files of one month of CC-NEWS."""

import re
from datetime import UTC, datetime, timedelta

from schemas.items.outcome import Reason, Refusal
from schemas.runs.backfill_plan import BackfillOptions
from tasks.pure.text.gunzip import MAGIC, gunzip

_LIST_BYTES = 16 * 1024 * 1024
_NAME = re.compile(r"[\w/.-]+-(\d{14})-\d+\.warc\.gz")
_CRAWLED_FOR = timedelta(hours=6)
"""A file holds pages crawled after the time in its name: about an hour of them, on quiet days several hours."""


def read_crawl_list(body: bytes, wanted: BackfillOptions) -> list[str] | Refusal:
    """The paths of the files that may hold captures of the wanted time, oldest first."""
    content = gunzip(body, _LIST_BYTES).content if body.startswith(MAGIC) else body
    lines = content.decode("utf-8", "replace").split()
    found = [(name[1], line) for line in lines if (name := _NAME.fullmatch(line))]
    if not found:
        return Refusal(reason=Reason.WRONG_TYPE, detail=f"no list of WARC files: {content[:60]!r}")
    return [line for stamp, line in sorted(found) if _overlaps(_instant(stamp), wanted)]


def _overlaps(start: datetime, wanted: BackfillOptions) -> bool:
    is_before_end = wanted.until is None or start < wanted.until
    return is_before_end and (wanted.since is None or start + _CRAWLED_FOR > wanted.since)


def _instant(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
