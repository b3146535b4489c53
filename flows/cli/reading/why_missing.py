"""`newsdesk why-missing`: what was asked of a source on a day, what it listed, and what was refused."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from flows.cli.output import AsJson, print_json, titled, zone_here
from flows.cli.reading.naming import local_time
from flows.cli.session import instant, reader_path, settings_here
from flows.cli.tables import IsRecord, IsWide, TableLayout, show
from schemas.runs.url_history import PollLine, WhyMissing

OF_POLL = ("at", "reason", "entries", "entries_new", "entries_due", "url", "detail")
OF_REFUSED = ("at", "reason", "url", "detail")


def why_missing(
    source: Annotated[str, typer.Argument(help="Slug of a source.")],
    day: Annotated[
        str, typer.Argument(metavar="[DATE]", help="A day, in NEWSDESK_TIME_ZONE: 2026-11-20, yesterday or 7d")
    ] = "today",
    as_json: AsJson = False,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """Say why an article may be missing: what was asked of its source that day, what it listed, what was refused."""
    from warehouse.reader.missing import why_missing as found_why

    layout = TableLayout.of(is_wide, is_record)
    since = instant(day, settings_here())
    found = found_why(reader_path(), source, since, since + timedelta(days=1))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        show(*_told(found, layout), layout=layout)


def _told(found: WhyMissing, layout: TableLayout) -> Iterator[RenderableType]:
    yield Text(f"{found.source} from {local_time(found.since)} to {local_time(found.until)} ({zone_here().key})")
    if not found.polls:
        yield Text(f"nothing was asked in this time; {last_poll_line(found.last_poll)}")
    yield from titled("asked", found.polls, OF_POLL, layout)
    yield from titled("articles ended as", found.ends, ("reason", "urls"), layout)
    yield from titled("gave no article", found.refused, OF_REFUSED, layout)
    if found.polls and not found.ends:
        yield Text("no listed URL was taken up: those that were listed were known, and not due again")
    yield Text("one URL, step by step: newsdesk explain URL; a page that no feed lists: newsdesk add URL")


def last_poll_line(last: PollLine | None) -> str:
    """The last poll in half a sentence."""
    if last is None:
        return "it was never polled"
    due = f", next due {local_time(last.next_poll_at)}" if last.next_poll_at else ""
    late = " (no run has begun since)" if last.next_poll_at and last.next_poll_at < datetime.now(UTC) else ""
    return f"it was last asked {local_time(last.at)} ({last.reason.value}, {last.entries} entries listed){due}{late}"
