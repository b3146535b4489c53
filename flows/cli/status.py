"""`newsdesk status`: how the warehouse, the runs and every source are, now or all the time."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.live import Live
from rich.text import Text

from flows.cli.read import AsJson, console, print_json, titled
from schemas.errors import NewsdeskError
from schemas.runs.lease import Life
from schemas.runs.status import Status
from schemas.settings import Settings

OF_LIFE = ("run_id", "flow", "state", "host", "started_at", "seen_at", "error")
OF_RUN = ("run_id", "flow", "state", "seconds", "urls", "loaded", "changed", "rejected", "error")
OF_SOURCE = ("source", "last_at", "last_outcome", "feeds_ok", "feeds_failing", "articles_24h", "articles_7d")
OF_FINDING = ("severity", "source", "code", "message")


def status(
    as_json: AsJson = False,
    watch: Annotated[bool, typer.Option("--watch", help="Show it until Ctrl-C.")] = False,
    every_s: Annotated[float, typer.Option("--every", help="Seconds between two looks.", min=0.5)] = 5.0,
) -> None:
    """Tell how the warehouse, the runs under way, the last runs and every source are."""
    if watch:
        _watch(every_s)
    elif as_json:
        print_json(read_status().model_dump(mode="json"))
    else:
        for each in _seen():
            console().print(each)


def read_status() -> Status:
    """The status of this home. Raises `NewsdeskError` before the first run ended."""
    from warehouse.reader.queries import status as status_of

    settings = _settings()
    return status_of(settings.reader_path).model_copy(update={"under_way": _under_way(settings)})


def _seen() -> Iterator[RenderableType]:
    """What there is to see now: before the first run ended, those under way, and then why there is no more."""
    try:
        yield from _shown(read_status())
    except NewsdeskError:
        if lives := _under_way(_settings()):
            yield from titled("under way", lives, OF_LIFE)
        raise


def _under_way(settings: Settings) -> tuple[Life, ...]:
    from tasks.upkeep.runs_under_way import runs_under_way

    return runs_under_way(settings)


def _shown(now: Status) -> list[RenderableType]:
    totals = ", ".join(f"{name} {count:,}" for name, count in now.totals.model_dump().items())
    return [
        f"as of {now.snapshot_at:%Y-%m-%d %H:%M:%S} UTC: {totals}",
        *(titled("under way", now.under_way, OF_LIFE) if now.under_way else ()),
        *titled("runs, latest first", now.runs, OF_RUN),
        *titled("sources", now.sources, OF_SOURCE),
        *titled("open findings", now.findings, OF_FINDING),
    ]


def _watch(every_s: float) -> None:
    """On a terminal the whole screen is its; elsewhere each look is printed below the last."""
    screen = console()
    with suppress(KeyboardInterrupt):
        if not screen.is_terminal:
            while True:
                screen.print(*_looked(), sep="\n")
                time.sleep(every_s)
        with Live(console=screen, screen=True, auto_refresh=False) as live:
            while True:
                live.update(Group(*_looked()), refresh=True)
                time.sleep(every_s)


def _looked() -> Iterator[RenderableType]:
    """The same for who goes on looking: what cannot be read now may be there at the next look."""
    settings = _settings()
    try:
        yield from _seen()
    except NewsdeskError as error:
        yield Text(f"{error}; looking again at {str(settings.home)!r}")


def _settings() -> Settings:
    return Settings.from_environment(os.environ)
