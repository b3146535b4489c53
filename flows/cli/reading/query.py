"""`newsdesk sql` and `newsdesk report`: answers to queries."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from flows.cli.output import AsJson, print_answer, print_json
from flows.cli.session import reader_path
from flows.cli.tables import IsRecord, IsWide, TableLayout
from schemas.errors import UsageError


class Format(StrEnum):
    """Output formats of `newsdesk sql`."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


class CommentedQuery(TyperCommand):
    """Takes an argument that begins with a comment of SQL (`-- …`, as the file of each report does) for a query, not
    for an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # typer names the type of ctx in a private module
        return super().parse_args(ctx, [f"\n{each}" if each.startswith(("-- ", "--\n")) else each for each in args])


def sql(
    query: Annotated[str, typer.Argument(help="One SELECT over the schemas main, ops and reports.")],
    form: Annotated[Format, typer.Option("--format", help="table, csv, json (an array) or parquet.")] = Format.TABLE,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """Answer a query from the warehouse, read-only."""
    from warehouse.reader import queries

    layout = TableLayout.of(is_wide, is_record)
    if form is Format.TABLE:
        rows = queries.answer_rows(reader_path(), query)
        print_answer(rows.columns, rows.rows, layout)
        return
    sys.stdout.buffer.write(queries.answer_bytes(reader_path(), query, form.value))
    sys.stdout.buffer.flush()


def report(
    name: Annotated[str | None, typer.Argument(help="Name of a report; none: list them.")] = None,
    limit: Annotated[int, typer.Option(help="Rows at most.", min=1)] = 50,
    is_site: Annotated[bool, typer.Option("--site", help="Write the news as pages for a browser instead.")] = False,
    day: Annotated[
        str | None, typer.Option("--date", help="With --site: the day, as a search takes --since; none: 24 hours.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="With --site: the folder; none: HOME/reports/news.", metavar="DIR")
    ] = None,
    as_json: AsJson = False,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """Print a report, or the names of all; with --site, write the news of a day as pages for a browser."""
    if is_site and not name:
        from flows.cli.reading.front_page import write_site

        write_site(day, out, as_json)
        return
    if is_site or day or out:
        raise UsageError("--date and --out belong to --site, which takes no name of a report")
    from warehouse.reader import queries

    layout = TableLayout.of(is_wide, is_record)
    rows = queries.read_report(reader_path(), name, limit) if name else queries.list_reports(reader_path())
    if as_json:
        print_json([dict(zip(rows.columns, row, strict=True)) for row in rows.rows])
    elif name:
        print_answer(rows.columns, rows.rows, layout)
    else:
        print_answer(rows.columns, [(report, _first_sentence(text)) for report, text in rows.rows], layout)


def _first_sentence(text: str) -> str:
    """What one row is; the rest, which would fill the screen, stands in the data dictionary and in `DESCRIBE`."""
    return f"{text.partition('. ')[0].removesuffix('.')}."
