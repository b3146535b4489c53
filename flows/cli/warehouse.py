"""`newsdesk maintain`, `shell` and `warehouse copy`: maintain the warehouse, open it in a shell, copy it."""

import os
import shutil
from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json
from flows.cli.session import reader_path, settings_here
from schemas.errors import NewsdeskError
from tasks.pure.reports.maintenance_report import maintained_lines

app = typer.Typer(help="Move the warehouse.", no_args_is_help=True, rich_markup_mode=None)
SHELLS = {"duckdb": ("-readonly",), "harlequin": ("--read-only",)}
"""Programs that open a DuckDB file, the better known first, and their options for read-only."""


def maintain(
    full: Annotated[bool, typer.Option("--full", help="Merge large files, too: once a week.")] = False,
    as_json: AsJson = False,
) -> None:
    """Merge small files, expire old snapshots, delete unneeded files, back up the catalog, sample the archive."""
    from flows.maintain import maintain_with

    done = maintain_with(settings_here(), datetime.now(UTC), full)
    if as_json:
        print_json(done.model_dump(mode="json"))
    else:
        print("\n".join(maintained_lines(done)))
    if done.damaged:
        raise typer.Exit(1)


def shell() -> None:
    """Open the reader file in the duckdb command line or in harlequin, read-only."""
    path = reader_path()
    if not path.is_file():
        raise NewsdeskError(f"no reader file at {str(path)!r}: run `newsdesk ingest` or `newsdesk publish` first")
    for program, options in SHELLS.items():
        found = shutil.which(program)
        if found:
            os.execv(found, [found, *options, str(path)])
    raise NewsdeskError(
        "neither 'duckdb' nor 'harlequin' is on the PATH: `pip install duckdb-cli` or `pip install harlequin`; "
        'or ask one query with `newsdesk sql "FROM reports.runs"`'
    )


@app.command("copy")
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A warehouse, as NEWSDESK_WAREHOUSE names it.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="An empty one, or one that is not there yet.")],
    as_json: AsJson = False,
) -> None:
    """Copy a warehouse in one transaction, and verify the copy by counts and hashes."""
    from tasks.upkeep.copy_warehouse import copy_warehouse

    settings = settings_here()
    copied = copy_warehouse(settings, source, target, datetime.now(UTC))
    if as_json:
        print_json([each._asdict() | {"hash": str(each.hash)} for each in copied])
        return
    print("\n".join(f"{each.table}: {each.rows:,} rows, verified" for each in copied))
    print("next: set NEWSDESK_WAREHOUSE to the copy, then `newsdesk publish`")
