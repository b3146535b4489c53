"""What commands print: results to standard output as JSON, tables or lines, everything else to standard error."""

import logging
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import orjson
import typer
from pydantic import BaseModel
from rich.console import RenderableType

from flows.cli.tables import TableLayout, laid_out, show, terminal_width
from flows.running.logs import are_json
from tasks.machine.local_zone import reading_zone
from tasks.machine.settings_file import read_settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output instead of text.")]


_printed: list[bool] = []


def has_printed_json() -> bool:
    """Whether this process printed its JSON value."""
    return bool(_printed)


def print_json(value: Any) -> None:
    """One JSON value and a line end; instants in ISO 8601. A command prints one."""
    _printed.append(True)
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")


def print_json_error(kind: str, message: str, exit_code: int) -> None:
    """The one object that stands in place of a result: `{"error": {"kind", "message", "exit_code"}}`."""
    print_json({"error": {"kind": kind, "message": message, "exit_code": exit_code}})


def wants_json(words: Sequence[str]) -> bool:
    """Whether the words of a command ask for JSON: `--json`, or `--format json` of `newsdesk sql`. What stands behind
    `--` is no option."""
    words = words[: words.index("--")] if "--" in words else words
    named = pairwise(words)
    return "--json" in words or "--format=json" in words or ("--format", "json") in named


@cache
def zone_here() -> ZoneInfo:
    """The zone in which this command prints times: NEWSDESK_TIME_ZONE, else the machine's."""
    return reading_zone(read_settings(os.environ).time_zone)


def titled_zone() -> str:
    """The words that name the zone, once in a command's output."""
    return f"times in {zone_here().key}"


def print_models(
    title: str, models: Sequence[BaseModel], columns: Sequence[str], layout: TableLayout = TableLayout.FIT
) -> None:
    """A table of these fields of the models, or the title alone where there are none. The title names the zone where
    a column has times."""
    has_times = any(isinstance(getattr(model, name), datetime) for model in models for name in columns)
    shown = titled(title, models, columns, layout)
    heading = f"{shown[0]} ({titled_zone()})" if has_times else shown[0]
    show(heading, *shown[1:], layout=layout)


def titled(
    title: str, models: Sequence[BaseModel], columns: Sequence[str], layout: TableLayout = TableLayout.FIT
) -> list[RenderableType]:
    """The title with the number of models, and below it their table where there are any."""
    heading = f"\n{title}: {len(models)}"
    rows = [tuple(cell(getattr(model, name)) for name in columns) for model in models]
    return [heading, laid_out(columns, rows, layout, terminal_width())] if models else [heading]


def print_table(
    columns: Sequence[str], rows: Sequence[tuple[Any, ...]], layout: TableLayout = TableLayout.FIT
) -> None:
    """A table that fits the terminal; outside a terminal and without COLUMNS, all of it."""
    show(laid_out(columns, rows, layout, terminal_width()), layout=layout)


def print_answer(
    columns: Sequence[str], rows: Sequence[tuple[Any, ...]], layout: TableLayout = TableLayout.FIT
) -> None:
    """As `print_table`, for columns that a person chose: few rows become records where not all columns fit."""
    show(laid_out(columns, rows, layout, terminal_width(), turns=True), layout=layout)


def cell(value: object, is_exact: bool = False) -> object:
    """The value as a cell shows it: instants in local time to the minute and numbers to a tenth; `is_exact`: to the
    millisecond and to a thousandth. A number stays one, so that its column is aligned."""
    if isinstance(value, datetime) and is_exact:
        return value.astimezone(zone_here()).replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds")
    if isinstance(value, datetime):
        return f"{value.astimezone(zone_here()):%m-%d %H:%M}"
    if isinstance(value, float):
        return Decimal(f"{value:.3f}" if is_exact else f"{value:.1f}")
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


def tell(text: str, level: int = logging.INFO) -> None:
    """One line on standard error that begins with the name of the command; an event where logs are JSON."""
    if are_json():
        logging.getLogger("newsdesk").log(level, text)
    else:
        print(f"newsdesk: {text}", file=sys.stderr, flush=True)
