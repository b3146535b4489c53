"""`newsdesk export`: rows of the warehouse as files for other tools."""

from datetime import UTC, datetime
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json, tell
from flows.cli.session import SINCE, Until, instant_given, reader_path, settings_here, slugs_here
from schemas.errors import UsageError
from schemas.exports import ExportFormat, ExportOptions


def export(
    folder: Annotated[
        Path, typer.Option("--out", help="Folder of the export; one that holds it already gets what is new.")
    ],
    table: Annotated[
        str | None,
        typer.Option("--table", help="Table, view or report: articles, article_versions, reports.syndication …"),
    ] = None,
    query: Annotated[str | None, typer.Option("--query", help="One SELECT, instead of a table.")] = None,
    form: Annotated[
        ExportFormat, typer.Option("--format", help="parquet, csv, jsonl, xlsx or rss.")
    ] = ExportFormat.PARQUET,
    by: Annotated[
        str, typer.Option("--by", help="Columns that part the rows into folders, or day, month, year: day,source.")
    ] = "",
    since: Annotated[str | None, typer.Option("--since", help=SINCE)] = None,
    until: Until = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Slug; may be given again.", autocompletion=slugs_here)
    ] = None,
    without_text: Annotated[
        bool, typer.Option("--without-text", help="Leave out the texts: `newsdesk hydrate` gets them again.")
    ] = False,
    licence: Annotated[str, typer.Option("--licence", help="What the data card says of the licence.")] = "",
    is_anew: Annotated[bool, typer.Option("--anew", help="Replace what the folder holds.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write articles, any table or the answer to a query into a folder of files, with a data card and a descriptor;
    the same command again adds what is new."""
    if table and query:
        raise UsageError("name --table or --query, not both")
    settings = settings_here()
    options = ExportOptions(
        table="" if query else _full(table),
        query=query or "",
        form=form,
        by=tuple(dict.fromkeys(each.strip() for each in by.split(",") if each.strip())),
        since=instant_given(since, settings),
        until=instant_given(until, settings),
        sources=tuple(sorted(set(source or ()))),
        without_text=without_text,
    )
    reader = reader_path()
    from tasks.exports.export_folder import Made
    from tasks.exports.export_folder import export as written

    result = written(reader, folder, options, Made(package_version("newsdesk"), datetime.now(UTC), licence), is_anew)
    if as_json:
        print_json(result.model_dump(mode="json"))
        return
    print(f"{result.rows_added:,} rows added, {result.rows:,} in all: {folder}")
    if result.cut_cells:
        tell(f"{result.cut_cells:,} cells were shortened to 32,767 characters, as a sheet holds no more")


def _full(table: str | None) -> str:
    """The name with its schema where that is main and was left out."""
    return "main.articles" if table is None else table
