"""The options of a backfill, of what a command or a form gives."""

from datetime import UTC, datetime

import pytest

from schemas.errors import UsageError
from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin
from tasks.pure.backfill.options import backfill_options, is_file

NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)
URLS, SITEMAPS = BackfillOrigin.URLS, BackfillOrigin.SITEMAPS


def test_the_same_sources_in_another_order_are_the_same_backfill() -> None:
    options = backfill_options(SITEMAPS, NOVEMBER, None, ["b", "a", "b"], (), False)
    assert options == BackfillOptions(ground=SITEMAPS, since=NOVEMBER, sources=("a", "b"))


@pytest.mark.parametrize(
    ("sources", "any_host", "takes"), [((), False, True), (("a",), False, False), (("a",), True, True)]
)
def test_a_list_without_sources_takes_pages_of_any_host(
    sources: tuple[str, ...], any_host: bool, takes: bool
) -> None:
    assert backfill_options(URLS, None, None, sources, ["/lists/old.txt"], any_host).takes_strangers is takes


@pytest.mark.parametrize(
    ("ground", "until", "files", "told"),
    [
        (URLS, None, (), "--from urls needs files"),
        (SITEMAPS, None, ("old.txt",), "--from sitemaps reads no files: leave out old.txt"),
        (SITEMAPS, NOVEMBER, (), "must be before --until 2026-11-01"),
    ],
)
def test_what_cannot_be_is_told(
    ground: BackfillOrigin, until: datetime | None, files: tuple[str, ...], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        backfill_options(ground, NOVEMBER, until, (), files, False)


@pytest.mark.parametrize(
    ("ground", "word", "expected"),
    [
        (BackfillOrigin.URLS, "list", True),
        (BackfillOrigin.WAYBACK, "talblick", False),
        (BackfillOrigin.WAYBACK, "old.csv", True),
        (BackfillOrigin.WAYBACK, "lists/old", True),
        (BackfillOrigin.WAYBACK, "-", True),
        (BackfillOrigin.FEEDS, "old.csv", False),
    ],
)
def test_a_word_is_a_file_or_a_source(ground: BackfillOrigin, word: str, expected: bool) -> None:
    assert is_file(ground, word) is expected


def test_a_list_of_old_pages_takes_any_host() -> None:
    options = backfill_options(BackfillOrigin.WAYBACK, None, None, (), ("/old.csv",), False)
    assert (options.inputs, options.takes_strangers) == (("/old.csv",), True)
    assert not backfill_options(BackfillOrigin.WAYBACK, None, None, ("talblick",), (), False).takes_strangers
