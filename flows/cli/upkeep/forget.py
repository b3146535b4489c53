"""`newsdesk forget`: take an article, a source or a period out of everything, and keep it out."""

import getpass
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json, tell
from flows.cli.session import instant_given, settings_here, stop_on_signals
from schemas.errors import StoppedError, UsageError
from schemas.runs.forget import Forgotten
from schemas.settings import Settings
from schemas.sources.source import SLUG
from tasks.upkeep.forget.ask import Wanted
from tasks.upkeep.open_warehouse import check_exists


def forget(
    url: Annotated[str | None, typer.Argument(metavar="[URL]", help="The article, by any of its URLs.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Slug: all of the source, which then rests.")] = None,
    before: Annotated[
        str | None, typer.Option("--before", help="What was fetched last before this day; with --source of that one.")
    ] = None,
    why: Annotated[str, typer.Option("--why", help="The reason; it is kept with your name and the time.")] = "",
    backup: Annotated[
        list[Path] | None, typer.Option("--backup", help="A further folder of backups; may be given again.")
    ] = None,
    lift: Annotated[bool, typer.Option("--lift", help="Let later runs take up the URL again.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take an article, a source or a period out of tables, archive, reports and backups, and never load it again."""
    if lift:
        _lift(url, why, as_json, others=bool(source or before or backup or dry_run))
        return
    from tasks.upkeep import forget_everywhere as upkeep

    settings = settings_here()
    wanted = _wanted(url, source, before, settings)
    if not why.strip():
        raise UsageError("--why is missing: the reason is kept with the request")
    check_exists(settings)
    now, asked_by = datetime.now(UTC), _asked_by()
    planned = upkeep.plan(settings, wanted, why, asked_by, now)
    if dry_run:
        _show(planned, as_json)
        return
    if not yes:
        _ask(planned)
    with stop_on_signals("stopping; the next `newsdesk maintain` goes on") as stop:

        def check() -> None:
            if stop.is_set():
                raise StoppedError("stopped: `newsdesk maintain` goes on with it")

        _show(upkeep.forget(settings, wanted, why, asked_by, now, check, backup or ()), as_json)


def _lift(url: str | None, why: str, as_json: bool, others: bool) -> None:
    from tasks.upkeep import forget_everywhere as upkeep

    settings = settings_here()
    if not url or others:
        raise UsageError("--lift takes a URL and --why, and no other option but --json")
    if not why.strip():
        raise UsageError("--why is missing: the reason is kept with the request")
    check_exists(settings)
    done = upkeep.lift(settings, url, why, _asked_by(), datetime.now(UTC))
    if as_json:
        print_json(done.model_dump(mode="json"))
    else:
        print(f"later runs may take up {url} again; what was taken out stays out")


def _asked_by() -> str:
    return f"{getpass.getuser()}@{socket.gethostname()}"


def _wanted(url: str | None, source: str | None, before: str | None, settings: Settings) -> Wanted:
    if bool(url) == bool(source or before):
        raise UsageError("name one of: a URL, --source SLUG, --before DATE (with --source or without)")
    if url and not url.startswith(("http://", "https://")):
        raise UsageError(f"{url!r} is no URL of an article: it must begin with http:// or https://")
    if source and not SLUG.fullmatch(source):
        raise UsageError(f"{source!r} is no slug of a source: see `newsdesk sources`")
    return Wanted(url, source, instant_given(before, settings))


def _ask(planned: Forgotten) -> None:
    if not sys.stdin.isatty():
        raise UsageError("nobody can be asked here: give --yes, or --dry-run to see what would go")
    tell("; ".join(_lines(planned)))
    typer.confirm("Take it out? It cannot be brought back.", abort=True, err=True)


def _show(done: Forgotten, as_json: bool) -> None:
    if as_json:
        print_json(done.model_dump(mode="json"))
    else:
        print("\n".join(_lines(done)))


def _lines(done: Forgotten) -> list[str]:
    verb = "would take out" if done.is_dry_run else "took out"
    listed = f" ({done.listings:,} of them listings that name it)" if done.listings else ""
    lines = [f"{verb} {done.articles:,} articles and {done.captures:,} captures{listed}"]
    if not done.is_dry_run:
        if done.redacted:
            lines.append(f"blacked out its title and address in {done.redacted:,} other pages of the archive")
        lines.append(f"changed {done.rows_changed:,} rows, deleted {done.reports:,} pages of reports")
        lines += [f"backups made anew in {folder}" for folder in done.backups]
    if not (done.articles or done.captures):
        lines.append("it was never met here; a run that meets it leaves it alone")
    if done.same_text:
        lines.append(f"stays: {done.same_text:,} articles under other URLs with the same text")
    if done.linked_from:
        lines.append(f"stays: the texts of {done.linked_from:,} articles that link to it, without the link")
    again = "give the command again when it is there"
    lines += [f"not reached: the backups in {folder}; {again}" for folder in done.unreached]
    if done.waits_for:
        lines.append(
            f"run {', '.join(done.waits_for)} began before and may load it: `newsdesk maintain` takes that out"
        )
    return lines
