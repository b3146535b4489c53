"""What commands print: results to standard output as JSON, tables or lines, everything else to standard error."""

import sys
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

import orjson
import typer
from pydantic import BaseModel
from rich.console import RenderableType

from flows.cli.tables import TableLayout, laid_out, show, terminal_width

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output instead of text.")]


def print_json(value: Any) -> None:
    """One JSON value and a line end; instants in ISO 8601."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")


def print_models(
    title: str, models: Sequence[BaseModel], columns: Sequence[str], layout: TableLayout = TableLayout.FIT
) -> None:
    """A table of these fields of the models, or the title alone where there are none."""
    show(*titled(title, models, columns, layout), layout=layout)


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
    """The value as a cell shows it: instants to the minute and numbers to a tenth; `is_exact`: to the millisecond and
    to a thousandth. A number stays one, so that its column is aligned."""
    if isinstance(value, datetime) and is_exact:
        return value.isoformat(sep=" ", timespec="milliseconds").removesuffix("+00:00")
    if isinstance(value, datetime):
        return f"{value:%m-%d %H:%M}"
    if isinstance(value, float):
        return Decimal(f"{value:.3f}" if is_exact else f"{value:.1f}")
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


def tell(text: str) -> None:
    """One line on standard error that begins with the name of the command."""
    print(f"newsdesk: {text}", file=sys.stderr, flush=True)
