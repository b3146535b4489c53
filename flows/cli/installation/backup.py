"""`newsdesk backup` and `newsdesk restore`: copy a whole home while runs go on, and put such a copy back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.output import AsJson, print_json, tell, zone_here
from flows.cli.session import settings_here, stop_on_signals
from schemas.errors import StoppedError
from schemas.runs.backup import BackupManifest, PartOfBackup, Restored
from schemas.settings import Settings
from tasks.machine.settings_file import read_settings_file

if TYPE_CHECKING:
    from tasks.upkeep.backup.copy_file import Check


def backup(
    target: Annotated[Path, typer.Argument(metavar="TO", help="Folder of the backups, outside the home.")],
    keep: Annotated[
        int | None,
        typer.Option("--keep", help="Then delete this home's older backups in TO, but for so many.", min=1),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Back up the whole home to a folder below TO, while runs go on; unchanged files become hard links."""
    from tasks.upkeep.backup import back_up as backups  # Here: it opens the warehouse, 0.2 s of imports.
    from tasks.upkeep.backup import prune

    settings, file = settings_here(), read_settings_file(os.environ)
    with _stoppable("stopping; the next backup goes on with what was copied") as check:
        folder, made = backups.back_up(settings, file.path if file else None, target, datetime.now(UTC), check)
    _note(settings, folder, made)
    dropped = [str(old) for old in (prune.prune(settings, target, keep) if keep else ())]
    if as_json:
        print_json(made.model_dump(mode="json", exclude={"files"}) | {"backup": str(folder), "deleted": dropped})
    else:
        print("\n".join([*_lines(folder, made), *(f"deleted: {old}" for old in dropped)]))
    for sentence in made.not_covered:
        tell(sentence)


def restore(
    source: Annotated[
        Path, typer.Argument(metavar="FROM", help="A backup, or the folder of the backups: the newest one.")
    ],
    check_only: Annotated[bool, typer.Option("--check", help="Only verify the backup; write nothing.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Move what the home holds to HOME/before-restore-TIME first.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Verify a backup, and put it into the home, which must be empty (NEWSDESK_HOME names it)."""
    from tasks.upkeep.backup import restore as restores

    with _stoppable("stopping; the home stays as it was") as check:
        if check_only:
            done = restores.verify_backup(source, check)
        else:
            done = restores.restore(settings_here(), source, datetime.now(UTC), replace, check)
    if as_json:
        print_json(done.model_dump(mode="json"))
    else:
        print("\n".join(_said(done)))
    for sentence in done.not_covered:
        tell(sentence)


def _note(settings: Settings, folder: Path, made: BackupManifest) -> None:
    from tasks.upkeep.backup.note import note_backup

    try:
        note_backup(settings, folder, made.made_at)
    except OSError as error:
        tell(f"`newsdesk status` will not name this backup: {error}")


@contextmanager
def _stoppable(told: str) -> "Iterator[Check]":
    """What raises `StoppedError` after Ctrl-C or SIGTERM."""
    with stop_on_signals(told) as stop:

        def check() -> None:
            if stop.is_set():
                raise StoppedError("stopped: nothing was finished")

        yield check


def _lines(folder: Path, made: BackupManifest) -> list[str]:
    return [
        f"backup: {folder}",
        *(f"{name.removesuffix('.toml')}: {_counted(part)}" for name, part in made.parts.items()),
        f"rows: {_rows(made.rows)}",
        f"{made.seconds} s",
    ]


def _counted(part: PartOfBackup) -> str:
    return (
        f"{part.files:,} files, {_megabytes(part.bytes)}; copied {part.copied_files:,}, "
        f"{_megabytes(part.copied_bytes)}"
    )


def _said(done: Restored) -> list[str]:
    made_at = done.made_at.astimezone(zone_here())
    found = f"backup of {made_at:%Y-%m-%d %H:%M %Z}: {done.files:,} files, {_megabytes(done.bytes)}"
    lines = [f"{found}, every digest is right", f"rows: {_rows(done.rows)}"]
    if done.home is None:
        return lines
    if done.moved_to:
        lines.append(f"what was in the home before: {done.moved_to}")
    next_step = "newsdesk status" if done.rows else "newsdesk rebuild"
    return [*lines, f"restored to: {done.home}", f"next: `{next_step}` with NEWSDESK_HOME={done.home}"]


def _rows(rows: dict[str, int]) -> str:
    shown = [f"{name.removeprefix('main.')} {count:,}" for name, count in rows.items() if name.startswith("main.")]
    return ", ".join(shown) or "no warehouse"


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"
