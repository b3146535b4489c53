"""Makes the options of a backfill of what a command or a form gives."""

from collections.abc import Sequence
from datetime import datetime

from schemas.errors import UsageError
from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin

LISTED = frozenset({BackfillOrigin.URLS, BackfillOrigin.WARC})
"""Origins that are files; the others are asked of the sources."""
LISTS = frozenset({BackfillOrigin.URLS, BackfillOrigin.WAYBACK})
"""Origins that a list of URLs can be of: pages as they are, and as they were at the dates of the list."""


def backfill_options(
    ground: BackfillOrigin,
    since: datetime | None,
    until: datetime | None,
    sources: Sequence[str],
    files: Sequence[str],
    any_host: bool,
) -> BackfillOptions:
    """The options. A list of URLs without a source takes pages of any host. Raises `UsageError` where files are
    missing, where the origin has none, and where `since` is not before `until`."""
    if ground in LISTED and not files:
        raise UsageError(f"--from {ground.value} needs files: newsdesk backfill --from {ground.value} FILE")
    if files and ground not in LISTED | LISTS:
        raise UsageError(f"--from {ground.value} reads no files: leave out {', '.join(files)}")
    if since and until and since >= until:
        raise UsageError(f"--since {since.isoformat()} must be before --until {until.isoformat()}")
    return BackfillOptions(
        ground=ground,
        since=since,
        until=until,
        sources=tuple(sorted(set(sources))),
        inputs=tuple(files),
        takes_strangers=any_host or (bool(files) and ground in LISTS and not sources),
    )


def is_file(ground: BackfillOrigin, word: str) -> bool:
    """Whether a word of the command is a file: slugs of sources have neither a dot nor a slash."""
    return ground in LISTED or (ground is BackfillOrigin.WAYBACK and (word == "-" or "." in word or "/" in word))
