"""`newsdesk doctor`: what is wrong with an installation, and what to do; and whether it is alive."""

import os
from datetime import UTC, datetime, timedelta
from textwrap import wrap
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json
from flows.cli.session import settings_here
from flows.cli.tables import UNLIMITED, terminal_width
from schemas.errors import NewsdeskError, UsageError
from schemas.runs.doctor import Examination, ExaminedPart, PartState
from tasks.pure.runs.alive import AliveLine, alive_line
from tasks.pure.text.durations import FORMS, duration

MAX_AGE = "2h"
NARROWEST = 30
"""Characters of a message that stand in a line at least, however narrow the terminal."""


def doctor(
    is_alive: Annotated[
        bool, typer.Option("--alive", help="Only say in one line whether a run went well lately; exit code 0 or 1.")
    ] = False,
    max_age: Annotated[
        str | None, typer.Option("--max-age", help=f"With --alive, how long ago at most: {FORMS}; default {MAX_AGE}.")
    ] = None,
    flow: Annotated[
        str | None, typer.Option("--flow", help="With --alive, runs of which flow; default ingest.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Examine the installation, and say what to do about what is wrong; nothing is written, no publisher is asked.

    Exit code 0: all is well; 3: there are warnings; 1: something keeps runs from working. With --alive 0 or 1."""
    if is_alive:
        _say_alive(flow or "ingest", _length(max_age or MAX_AGE), as_json)
        return
    if max_age is not None or flow is not None:
        raise UsageError("--max-age and --flow go with --alive: give `newsdesk doctor --alive --max-age 2h`")
    from flows.deploy.server_state import examine_server
    from tasks.doctor.examine import examine_installation

    found = examine_installation(os.environ, datetime.now(UTC))
    found = found.model_copy(update={"parts": (*found.parts, *examine_server())})
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        print("\n".join(_lines(found)))
    if found.has(PartState.ERROR):
        raise typer.Exit(1)
    if found.has(PartState.WARNING):
        raise typer.Exit(3)


def _length(text: str) -> timedelta:
    try:
        return duration(text)
    except ValueError as error:
        raise UsageError(f"--max-age {error}") from error


def _say_alive(flow: str, max_age: timedelta, as_json: bool) -> None:
    """A home that cannot be read is not alive: the reason is the line."""
    try:
        told = _alive(flow, max_age)
    except NewsdeskError as error:
        told = AliveLine(False, f"not alive: {error}")
    if as_json:
        print_json({"is_alive": told.is_alive, "message": told.line})
    else:
        print(told.line)
    if not told.is_alive:
        raise typer.Exit(1)


def _alive(flow: str, max_age: timedelta) -> AliveLine:
    from warehouse.reader.status import run_times

    times = run_times(settings_here().reader_path, flow)
    return alive_line(flow, times.ended_well_at, max_age, datetime.now(UTC))


def _lines(found: Examination) -> list[str]:
    names = max(len(part.part) for part in found.parts)
    counts = {state: sum(part.state is state for part in found.parts) for state in PartState}
    summed = ", ".join(f"{count} {state.value}" for state, count in counts.items() if count)
    width = terminal_width() or UNLIMITED
    return [*(line for part in found.parts for line in _of_part(part, names, width)), summed]


def _of_part(part: ExaminedPart, names: int, width: int) -> list[str]:
    """The message, and below it what to do; whole words in a terminal, a line each elsewhere."""
    shown = f"{part.state.value:<11}  {part.part:<{names}}  "
    texts = [(shown, part.message), *([(f"{'':{len(shown)}}→ ", part.fix)] if part.fix else ())]
    return [
        line
        for lead, text in texts
        for line in wrap(
            text,
            max(width, len(shown) + NARROWEST),
            initial_indent=lead,
            subsequent_indent=" " * len(lead),
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]
