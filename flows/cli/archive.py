"""`newsdesk archive` and `newsdesk rebuild`: check and export the WARC segments, and fill a warehouse from them."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json, print_models, tell
from flows.cli.session import Since, Until, finish, instant, instant_given, run_here, settings_here, slugs_here
from flows.cli.tables import IsRecord, IsWide, TableLayout
from schemas.runs.archive_check import ArchiveCheck
from schemas.settings import Settings

app = typer.Typer(help="Check, count and export what is archived.", no_args_is_help=True, rich_markup_mode=None)


@app.command("check")
def check(
    repair: Annotated[
        bool,
        typer.Option(
            "--repair",
            help="Cut incomplete records off, finish unfinished files, load captures that were not loaded.",
        ),
    ] = False,
    as_json: AsJson = False,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """Verify every record: length, digest, and that archive and warehouse know the same captures."""
    layout = TableLayout.of(is_wide, is_record)
    settings = settings_here()
    found = _checked(settings, repair)
    if repair and found.lost:
        mended = tuple(fault for fault in found.faults if fault.is_repaired)
        _recover(settings, found.lost)
        found = _checked(settings, repair)
        found = found.model_copy(update={"faults": (*mended, *found.faults)})
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        size = f"{found.captures:,} captures in {found.segments:,} segments, {found.bytes / 1e6:,.1f} MB"
        print(f"{size}, {'faults below' if found.faults else 'all verified'}")
        print_models("faults", found.faults, ("file", "offset", "trouble", "detail", "is_repaired"), layout)
    if not found.is_sound:
        raise typer.Exit(1)


def _checked(settings: Settings, repair: bool) -> ArchiveCheck:
    """One check, with its row in ops.runs and its faults among the open findings."""
    from flows.running.run_id import new_run_id
    from tasks.archive.store import Archive
    from tasks.upkeep.check_archive import check as check_archive
    from tasks.upkeep.check_archive import record
    from tasks.upkeep.open_warehouse import open_migrated
    from warehouse.reader.publish import publish_reader

    begun = datetime.now(UTC)
    with open_migrated(settings, begun) as warehouse:
        found = check_archive(Archive.of(settings), warehouse, repair, _tell_folder)
        record(warehouse, found, new_run_id(begun, "archive"), begun, datetime.now(UTC))
        publish_reader(warehouse, settings.reader_path)
    return found


def _tell_folder(folder: str) -> None:
    tell(f"archive check folder={folder}")


def _recover(settings: Settings, files: frozenset[str]) -> None:
    from flows.rebuild import recover

    tell(f"loading the captures of {len(files)} segments that the warehouse lacks")
    run_here(settings, [], "rebuild", partial(recover, files))


@app.command("stats")
def stats(as_json: AsJson = False, is_wide: IsWide = False, is_record: IsRecord = False) -> None:
    """Count the captures by source and kind."""
    from tasks.upkeep.check_archive import stats as count
    from tasks.upkeep.open_warehouse import open_warehouse

    layout = TableLayout.of(is_wide, is_record)
    settings = settings_here()
    with open_warehouse(settings) as warehouse:
        rows = count(warehouse)
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
    else:
        columns = ("source", "kind", "captures", "bytes", "body_bytes", "first_at", "last_at")
        print_models("captures", rows, columns, layout)


@app.command("export")
def export(
    to: Annotated[Path, typer.Option("--warc", help="File to write (.warc.gz); it must not exist.")],
    since: Since,
    until: Until = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Slug of one source; none: all.", autocompletion=slugs_here)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Copy captures into one WARC file that other tools read; prints their number."""
    from tasks.archive.store import Archive
    from tasks.upkeep.check_archive import export as copy

    settings = settings_here()
    count = copy(Archive.of(settings), to, instant(since, settings), instant_given(until, settings), source)
    if as_json:
        print_json({"file": str(to), "captures": count})
    else:
        print(count)


def rebuild(as_json: AsJson = False) -> None:
    """Fill an empty warehouse from the archive alone."""
    from flows.rebuild import stages

    settings = settings_here()
    finish(run_here(settings, [], "rebuild", stages), as_json)
