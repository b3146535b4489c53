"""Examines what holds rows and captures: archive, catalog and reader file; and the clock, runs and findings."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.errors import NewsdeskError
from schemas.items.finding import Severity
from schemas.runs.doctor import ExaminedPart
from schemas.runs.lease import Life
from schemas.runs.run import RunState
from schemas.runs.status import Status
from schemas.settings import Settings
from tasks.archive.store import Archive
from tasks.doctor.parts import fine, not_checked, warning, wrong
from tasks.pure.runs.alive import alive_line
from tasks.pure.text.durations import told_duration
from warehouse.database.address import Address
from warehouse.database.check_catalog import check_sqlite_catalog
from warehouse.database.sql_files import migration_files
from warehouse.reader.status import RunTimes, applied_migrations

SKEW_S = 5.0
"""Between this clock and a server's: pauses between requests are counted in seconds."""
STALE = timedelta(hours=48)
BAD_ENDS = (RunState.FAILED, RunState.CRASHED)


def examine_clock(now: datetime, server_s: float | None, times: RunTimes | None) -> ExaminedPart:
    """This machine's clock beside the server's of the hot state (epoch seconds; None: there is none), and beside what
    runs have written: a row of the future means that the clock was set back."""
    if server_s is not None and abs(now.timestamp() - server_s) > SKEW_S:
        told = f"this clock and the PostgreSQL server's are {abs(now.timestamp() - server_s):,.0f} s apart"
        return warning("clock", told, "let both machines take their time from NTP")
    ahead = [at - now for at in (times or ()) if at is not None and at > now]
    if ahead:
        told = f"a run has a time {told_duration(max(ahead))} in the future: the clock was set back, or is wrong"
        return wrong("clock", told, "set the clock: `timedatectl set-ntp true`")
    return fine("clock", f"{now.astimezone(UTC):%F %T} UTC")


def examine_catalog(settings: Settings) -> ExaminedPart:
    """The catalog of the warehouse, and whether its tables are those of this version."""
    address = Address.parse(settings.warehouse_url)
    if not address.is_there():
        return fine("catalog", f"there is no warehouse at {address.name!r} yet: the first run makes it")
    if address.catalog == "sqlite":
        check_sqlite_catalog(Path(address.target))
    if not address.is_remote and not os.access(address.data, os.R_OK):
        told = f"its data folder {address.data!r} is gone, or cannot be read"
        return wrong("catalog", told, "put the folder back from a backup: `newsdesk restore`")
    if not settings.reader_path.is_file():
        return fine("catalog", address.name)
    known, applied = len(migration_files()), len(applied_migrations(settings.reader_path))
    if applied > known:
        return wrong("catalog", "a newer newsdesk has changed its tables", "update newsdesk on this machine")
    told = f"; the next run applies {known - applied} migrations" if applied < known else ""
    return fine("catalog", f"{address.name}: {applied} migrations{told}")


def examine_archive(settings: Settings, now: Status | None) -> ExaminedPart:
    """The folder of the segments, or the object store, and what the last check of the archive found."""
    archive = Archive.of(settings)
    where = archive.store or str(archive.folder)
    if not archive.store and not archive.folder.is_dir():
        if now and now.totals.captures:
            told = f"there is no {where!r}, and the warehouse names {now.totals.captures:,} captures in it"
            return wrong("archive", told, "put the folder back, or let NEWSDESK_ARCHIVE name it")
        return fine("archive", f"there is no {where!r} yet: the first run makes it")
    if not archive.store and not os.access(archive.folder, os.R_OK | os.X_OK):
        return wrong("archive", f"{where!r} cannot be read", "give this user the right to read it")
    count = len(archive.names())
    if found := [each for each in (now.findings if now else ()) if each.code.startswith("archive_")]:
        told = f"the last check of the archive found {len(found)} faults: {found[0].message}"
        return wrong("archive", told, "see all: `newsdesk archive check`")
    return fine("archive", f"{count:,} segments at {where!r}")


def examine_reader(settings: Settings, now: Status | NewsdeskError | None) -> ExaminedPart:
    """The reader file, from which status, sql and reports are read. None: no run has written it yet."""
    if now is None:
        return not_checked("reader file", "no run has written it yet: run `newsdesk ingest`")
    if isinstance(now, NewsdeskError):
        return wrong("reader file", str(now), "write it again: `newsdesk publish`")
    at = f"{now.snapshot_at:%F %T} UTC" if now.snapshot_at else "no snapshot"
    return fine("reader file", f"{str(settings.reader_path)!r} as of {at}: {now.totals.articles:,} articles")


def examine_runs(now: Status | None, lives: tuple[Life, ...], times: RunTimes | None, at: datetime) -> ExaminedPart:
    """How the last run of each flow ended, dead runs, and how long ago an ingest went well."""
    if dead := [run for run in lives if run.state == "crashed"]:
        told = f"{len(dead)} runs died: {dead[0].error}"
        return warning("runs", told, "look into the log of that time; the next run writes their rows")
    if now is None or not now.runs:
        return not_checked("runs", "no run has ended yet")
    latest = {run.flow: run for run in reversed(now.runs)}
    if failed := [run for run in latest.values() if run.state in BAD_ENDS]:
        told = f"the last {failed[0].flow} {failed[0].state}: {failed[0].error or failed[0].run_id}"
        return wrong("runs", told, "do what the message says, then run it again")
    alive = alive_line("ingest", times.ended_well_at if times else None, STALE, at)
    if not alive.is_alive:
        return warning("runs", alive.line, "is the schedule running? See docs/how-to/run-on-a-schedule.md")
    return fine("runs", alive.line.removeprefix("alive: "))


def examine_findings(now: Status | None) -> ExaminedPart:
    """The open findings that ask for somebody."""
    if now is None:
        return not_checked("findings", "no run has ended yet")
    warnings = [finding for finding in now.findings if finding.severity is Severity.WARNING]
    if warnings:
        first = f"{warnings[0].source or 'all sources'}: {warnings[0].message}"
        return warning(
            "findings", f"{len(warnings)} open warnings, the first of {first}", "see all: `newsdesk health`"
        )
    return fine("findings", f"no open warning, {len(now.findings)} notices")
