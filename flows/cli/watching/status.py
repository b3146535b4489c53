"""`newsdesk status`: the state of the warehouse, the runs and every source, once or repeatedly."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.live import Live
from rich.text import Text

from flows.cli.output import AsJson, print_json, tell, titled, titled_zone, zone_here
from flows.cli.session import settings_here
from flows.cli.tables import IsRecord, IsWide, TableLayout, console, show
from schemas.errors import NewsdeskError, SettingsError, UsageError
from schemas.runs.lease import Life
from schemas.runs.status import SourceState, Status, Totals
from schemas.settings import Settings
from tasks.pure.runs.backup_age import backup_line
from tasks.pure.runs.liveness import no_rows_line, under_way_line

NO_ROWS = Totals(**dict.fromkeys(Totals.model_fields, 0))
OF_LIFE = ("run_id", "flow", "state", "progress", "host", "started_at", "seen_at", "error")
OF_RUN = ("run_id", "flow", "state", "loaded", "changed", "rejected", "urls", "seconds", "error")
OF_SOURCE = (
    "source",
    "health",
    "health_since",
    "last_at",
    "last_outcome",
    "articles_24h",
    "feeds_failing",
    "articles_7d",
    "feeds_ok",
)
OF_FINDING = ("severity", "source", "code", "message")


def status(
    as_json: AsJson = False,
    watch: Annotated[bool, typer.Option("--watch", help="Show it until Ctrl-C (exit code 130).")] = False,
    every_s: Annotated[float, typer.Option("--every", help="Seconds between two refreshes.", min=0.5)] = 5.0,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """Show the state of the warehouse, the runs under way, the last runs and every source."""
    layout = TableLayout.of(is_wide, is_record)
    if watch and as_json:
        raise UsageError("--watch and --json exclude each other: give `newsdesk status --json` again and again")
    if watch:
        _watch(every_s, layout)
    elif as_json:
        print_json(read_status().model_dump(mode="json"))
    else:
        show(*_seen(layout), layout=layout)


def read_status() -> Status:
    """The status of this home; without totals while the first run has published nothing yet. Raises `NewsdeskError`
    before the first run began."""
    from tasks.upkeep.backup.note import last_backup
    from warehouse.reader.status import status as status_of

    settings = settings_here()
    if not settings.reader_path.is_file() and _first_run(settings):
        now = Status(snapshot_at=None, totals=NO_ROWS)
    else:
        now = status_of(settings.reader_path)
    of_home = {"under_way": _under_way(settings), "last_backup": last_backup(settings)}
    return _beside_the_files(settings, now.model_copy(update=of_home))


def _beside_the_files(settings: Settings, now: Status) -> Status:
    """The status beside the source files as they are now: the open findings, and the state of each source. As it was
    recorded where the folder of sources cannot be read."""
    from tasks.pure.runs.open_findings import open_findings
    from tasks.pure.sources.configured import as_configured
    from tasks.sources.source_folder import read_folder

    try:
        folder = read_folder(settings.sources)
    except SettingsError as error:
        tell(str(error))
        return now
    found = open_findings(folder.sources, folder.faults, now, datetime.now(UTC))
    return as_configured(now.model_copy(update={"findings": found}), folder.sources, folder.left_out)


def _seen(layout: TableLayout) -> Iterator[RenderableType]:
    """The status, and a sentence while the first run is under way. Before the first run: an error that says so, below
    the runs that died."""
    settings = settings_here()
    try:
        if run := _first_run(settings):
            yield Text(
                under_way_line(run, zone_here()) if settings.reader_path.is_file() else no_rows_line(run, zone_here())
            )
        yield from _shown(read_status(), layout)
    except NewsdeskError:
        if lives := _under_way(settings):
            yield from titled("under way", lives, OF_LIFE, layout)
        raise


def _under_way(settings: Settings) -> tuple[Life, ...]:
    from tasks.upkeep.runs_under_way import runs_under_way

    return runs_under_way(settings)


def _first_run(settings: Settings) -> Life | None:
    from tasks.upkeep.runs_under_way import first_run

    return first_run(settings)


def _shown(now: Status, layout: TableLayout) -> list[RenderableType]:
    is_plain = all(line.state is SourceState.POLLED for line in now.sources)
    columns = OF_SOURCE if is_plain else ("source", "state", *OF_SOURCE[1:])
    totals = ", ".join(f"{name} {count:,}" for name, count in now.totals.model_dump().items())
    return [
        *([_as_of(now.snapshot_at, totals)] if now.snapshot_at else [titled_zone()]),
        *(titled("under way", now.under_way, OF_LIFE, layout) if now.under_way else ()),
        *titled("runs, latest first", now.runs, OF_RUN, layout),
        *titled("sources", now.sources, columns, layout),
        *titled("open findings", now.findings, OF_FINDING, layout),
        *([backup_line(now.last_backup, datetime.now(UTC), zone_here())] if now.last_backup else ()),
    ]


def _as_of(at: datetime, totals: str) -> str:
    return f"as of {at.astimezone(zone_here()):%Y-%m-%d %H:%M:%S}, {titled_zone()}: {totals}"


def _watch(every_s: float, layout: TableLayout) -> None:
    """On a terminal it fills the screen; elsewhere each status is printed below the last. Ctrl-C ends it."""
    screen = console(layout)
    if not screen.is_terminal:
        while True:
            show(*_looked(layout), layout=layout)
            time.sleep(every_s)
    with Live(console=screen, screen=True, auto_refresh=False) as live:
        while True:
            live.update(Group(*_looked(layout)), refresh=True)
            time.sleep(every_s)


def _looked(layout: TableLayout) -> Iterator[RenderableType]:
    """As `_seen`, but an error becomes a line: what cannot be read now may be there at the next refresh."""
    settings = settings_here()
    try:
        yield from _seen(layout)
    except NewsdeskError as error:
        yield Text(f"{error}; trying {str(settings.home)!r} again")
