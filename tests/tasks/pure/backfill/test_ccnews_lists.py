"""Lists of the files of CC-NEWS: those of the wanted days."""

import gzip
from datetime import UTC, datetime

from schemas.items.outcome import Refusal
from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin
from tasks.pure.backfill.ccnews_lists import read_crawl_list


def day(year: int, month: int = 1, of: int = 1) -> datetime:
    return datetime(year, month, of, tzinfo=UTC)


def test_a_crawl_list_gives_the_files_of_the_days() -> None:
    names = [f"crawl-data/CC-NEWS/2026/11/CC-NEWS-202611{of:02}120000-00001.warc.gz" for of in (18, 19, 20, 21)]
    wanted = BackfillOptions(ground=BackfillOrigin.CCNEWS, since=day(2026, 11, 19), until=day(2026, 11, 21))
    assert read_crawl_list(gzip.compress("\n".join(names).encode()), wanted) == names[1:3]


def test_a_crawl_list_that_is_a_page_is_refused() -> None:
    assert isinstance(read_crawl_list(b"<html>", BackfillOptions(ground=BackfillOrigin.CCNEWS)), Refusal)
