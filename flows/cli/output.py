"""What commands print: results to standard output as JSON, tables or lines, everything else to standard error."""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import orjson
import typer
from pydantic import BaseModel
from rich.console import Console, RenderableType
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output instead of text.")]


def print_json(value: Any) -> None:
    """One JSON value and a line end; instants in ISO 8601."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")


def print_models(title: str, models: Sequence[BaseModel], columns: Sequence[str]) -> None:
    """A table of these fields of the models, or the title alone where there are none."""
    for each in titled(title, models, columns):
        console().print(each)


def titled(title: str, models: Sequence[BaseModel], columns: Sequence[str]) -> list[RenderableType]:
    """The title with the number of models, and below it their table where there are any."""
    heading = f"\n{title}: {len(models)}"
    rows = [tuple(cell(getattr(model, name)) for name in columns) for model in models]
    return [heading, table_of(columns, rows)] if models else [heading]


def print_table(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """A table that fits the terminal; outside a terminal, as wide as `console` is."""
    console().print(table_of(columns, rows))


def table_of(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Table:
    """The table itself; None is an empty cell."""
    table = Table(*columns, show_lines=False)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    return table


def cell(value: object, is_exact: bool = False) -> object:
    """The value as a cell shows it: instants to the minute and numbers to a tenth; `is_exact`: to the millisecond and
    to a thousandth."""
    if isinstance(value, datetime) and is_exact:
        return value.isoformat(sep=" ", timespec="milliseconds").removesuffix("+00:00")
    if isinstance(value, datetime):
        return f"{value:%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.3f}" if is_exact else f"{value:.1f}"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


def console() -> Console:
    """Standard output: as wide as the terminal, or 200 columns."""
    return Console(width=None if sys.stdout.isatty() else 200, soft_wrap=False, markup=False)


def tell(text: str) -> None:
    """One line on standard error that begins with the name of the command."""
    print(f"newsdesk: {text}", file=sys.stderr, flush=True)
