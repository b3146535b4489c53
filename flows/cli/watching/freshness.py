"""`newsdesk sources freshness`: how late the articles of each source are loaded, and what its listings hid."""

from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json, print_table, tell
from flows.cli.session import reader_path, settings_here
from flows.cli.tables import IsRecord, IsWide, TableLayout
from schemas.durations import words_of
from schemas.runs.ledger import Freshness
from tasks.sources.source_folder import read_sources

COLUMNS = ("source", "promise", "articles", "median", "95 %", "in time", "missed", "polls", "next poll", "set by")


def freshness(
    slugs: Annotated[list[str] | None, typer.Argument(help="Slugs of sources; none: all that a run polled.")] = None,
    as_json: AsJson = False,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """Show how late the articles of the last 7 days were loaded, against the promise of each source (fresh_within),
    how many entries came and left unseen (estimated), and when and why it is polled next."""
    from warehouse.reader.freshness import freshness_of

    layout = TableLayout.of(is_wide, is_record)
    rows = freshness_of(reader_path(), slugs or [])
    unpolled = sorted(set(slugs or []) - {row.source for row in rows})
    for source in read_sources(settings_here().sources, unpolled) if unpolled else ():
        tell(f"no run has polled {source.slug!r} yet: newsdesk ingest {source.slug} does")
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
    else:
        print_table(COLUMNS, [_cells(row) for row in rows], layout)


def _cells(row: Freshness) -> tuple[str | int | None, ...]:
    return (
        row.source,
        _words(row.fresh_within_s),
        row.articles,
        _words(row.delay_median_s),
        _words(row.delay_p95_s),
        None if row.share_in_time is None else f"{row.share_in_time:.0%}",
        row.entries_missed,
        row.polls,
        f"{row.next_poll_at:%m-%d %H:%M}" if row.next_poll_at else "next run",
        row.poll_limit.replace("_", " ") if row.poll_limit else None,
    )


def _words(seconds: float | None) -> str | None:
    return None if seconds is None else words_of(seconds)
