"""`newsdesk backfill`: plan, run, list, resume and cancel backfills."""

import hashlib
import os
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json, tell
from flows.cli.progress_bars import watch
from flows.cli.session import (
    EXIT_CODES,
    SINCE,
    Until,
    instant_given,
    settings_here,
    show,
    slugs_here,
    stop_on_signals,
)
from schemas.errors import UsageError
from schemas.runs.backfill_plan import FILES, BackfillOptions, BackfillOrigin, BackfillStatus
from schemas.settings import Settings
from tasks.pure.backfill.options import backfill_options, is_file


def backfill(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Sources, or files for urls, wayback and warc; or one of: list, resume [ID], cancel ID."),
    ] = None,
    ground: Annotated[BackfillOrigin | None, typer.Option("--from", help="Where the pages are found.")] = None,
    since: Annotated[str | None, typer.Option("--since", help=SINCE)] = None,
    until: Until = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Slug; may be given again.", autocompletion=slugs_here)
    ] = None,
    any_host: Annotated[bool, typer.Option("--any-host", help="Load pages of hosts without a source, too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only estimate requests, time and bytes.")] = False,
    as_json: AsJson = False,
) -> None:
    """Load pages of the past; the same command again resumes where the last one ended."""
    settings = settings_here().model_copy(update={"run_budget_s": 0.0})
    if ground is None:
        _about_plans(settings, words or [], as_json)
        return
    names = tuple(words or ())
    wanted = backfill_options(
        ground,
        instant_given(since, settings),
        instant_given(until, settings),
        [*(source or ()), *(name for name in names if not is_file(ground, name))],
        [_file(settings, ground, name) for name in names if is_file(ground, name)],
        any_host,
    )
    _run(settings, wanted, None, dry_run, as_json)


def _run(
    settings: Settings, wanted: BackfillOptions, going: BackfillStatus | None, is_dry: bool, as_json: bool
) -> None:
    from flows.backfill import run_job
    from tasks.backfill.job import BackfillJob
    from tasks.pure.backfill.estimates import estimate_lines, going_line

    job = BackfillJob(wanted, is_dry, tell=tell)
    if going:
        job.plan, job.planned_at = going.plan_id, going.at
        job.tell(going_line(going))
    with watch() as watcher, stop_on_signals() as stop:
        report = run_job(job, settings, watcher, stop=stop)
    if is_dry and job.estimate:
        if as_json:
            print_json(job.estimate.model_dump(mode="json"))
        else:
            print("\n".join(estimate_lines(job.estimate)))
        for finding in report.findings:
            tell(f"{finding.source or 'all'}: {finding.message}")
    else:
        show(report, as_json)
    if code := EXIT_CODES[report.run.state] or (3 if job.faults or job.left else 0):
        raise typer.Exit(code)


def _about_plans(settings: Settings, words: list[str], as_json: bool) -> None:
    from tasks.pure.backfill.estimates import status_line
    from tasks.upkeep.open_warehouse import open_migrated
    from warehouse.lookups.backfill_plans import backfills, cancel

    verb, *ids = words or ["list"]
    if verb not in ("list", "resume", "cancel"):
        raise UsageError(
            f"say where the pages are found: --from {' | '.join(BackfillOrigin)}; or list, resume, cancel"
        )
    now = datetime.now(UTC)
    with open_migrated(settings, now) as warehouse:
        rows = backfills(warehouse)
        chosen = _chosen(rows, ids[0] if ids else None) if verb != "list" else None
        if verb == "cancel" and chosen:
            cancel(warehouse, chosen, now)
            tell(f"cancelled {str(chosen.plan_id)[:8]}; what it loaded stays")
    if verb == "cancel" and chosen and as_json:
        print_json(chosen.model_dump(mode="json") | {"state": "cancelled"})
    if verb == "resume" and chosen:
        _run(settings, BackfillOptions.model_validate_json(chosen.wanted), chosen, False, as_json)
    elif verb == "list" and as_json:
        print_json([row.model_dump(mode="json") for row in rows])
    elif verb == "list":
        print("\n".join(map(status_line, rows)) or "no backfills")


def _chosen(rows: list[BackfillStatus], start: str | None) -> BackfillStatus:
    """The open backfill whose id begins with `start`; None: the latest open one. Raises `UsageError` for none."""
    fit = [row for row in rows if row.is_open and str(row.plan_id).startswith(start or "")]
    if not fit:
        raise UsageError(f"no open backfill {start!r}; see: newsdesk backfill list" if start else "no open backfill")
    return fit[0]


def _file(settings: Settings, ground: BackfillOrigin, name: str) -> str:
    """The same name for the same input on every call; standard input is saved below home under its digest."""
    if name != "-":
        return name if "://" in name else os.path.abspath(name)
    if ground in FILES:
        raise UsageError("a WARC file is read by byte ranges, so it cannot be standard input: give its path or URL")
    text = sys.stdin.buffer.read()
    kept = settings.home / "lists" / f"{hashlib.sha256(text).hexdigest()[:16]}.txt"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(text)
    return str(kept.resolve())
