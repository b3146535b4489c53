"""The `newsdesk` command: progress and logs go to standard error, results to standard output.

Exit codes: 0 success, 1 error of newsdesk, 2 wrong usage, 3 finished with failing sources, 4 refused (a lock, the
disk, a setting), 130 interrupted (what was fetched is loaded).
"""

import logging
import os
import sys
from importlib.metadata import version as package_version
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException  # Typer has no public name for it.
from typer.core import TyperGroup

from flows.cli import (
    archive,
    backfill,
    demo,
    health,
    ingest,
    replay,
    sources,
    sources_change,
    status,
    up,
    warehouse,
)
from flows.cli.installation import backup, doctor, init, settings
from flows.cli.output import AsJson, has_printed_json, print_json, print_json_error, tell, wants_json
from flows.cli.reading import explain, politeness, query, search, show, why_missing
from flows.cli.session import settings_here
from flows.cli.upkeep import forget, identity, quarantine, recheck
from flows.cli.watching import alerts, freshness, metrics
from flows.running.logs import are_json, set_up_logs
from schemas.errors import NewsdeskError, UsageError

INTERRUPTED = 130


class WholeHelp(TyperGroup):
    """Lists each command with the whole first sentence of its help; else lines are cut to the terminal's width."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Both are of click, of which typer has a copy of its own."""
        named = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(sys.maxsize)) for name, command in named if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


app = typer.Typer(
    name="newsdesk",
    help="Fetch news politely, archive every response, and load validated articles into tables.",
    cls=WholeHelp,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo")(demo.demo)
app.command("up")(up.up)
app.command("ingest")(ingest.ingest)
app.command("revisit", help=ingest.REVISIT_HELP)(ingest.revisit)
app.command("add")(ingest.add)
app.command("recheck")(recheck.recheck)
app.command("health")(health.health)
app.command("publish")(health.publish)
app.command("maintain")(warehouse.maintain)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("forget")(forget.forget)
app.command("shell")(warehouse.shell)
app.add_typer(warehouse.app, name="warehouse", cls=WholeHelp)
app.add_typer(identity.app, name="identity", cls=WholeHelp)
app.add_typer(quarantine.app, name="quarantine", cls=WholeHelp)
sources.app.command("freshness")(freshness.freshness)
sources.app.command("mute")(sources_change.mute)
sources.app.command("unmute")(sources_change.unmute)
sources.app.command("test")(sources_change.show_selected)
sources.app.command("rename")(sources_change.rename)
sources.app.command("remove")(sources_change.remove)
app.add_typer(sources.app, name="sources", cls=WholeHelp)
app.command("sql", cls=query.CommentedQuery)(query.sql)
app.command("status")(status.status)
app.command("metrics")(metrics.metrics)
app.add_typer(alerts.app, name="alerts", cls=WholeHelp)
app.command("explain")(explain.explain)
app.command("search")(search.search)
app.command("show")(show.show)
app.command("why-missing")(why_missing.why_missing)
app.command("report")(query.report)
app.add_typer(archive.app, name="archive", cls=WholeHelp)
app.command("rebuild")(archive.rebuild)
app.command("backfill")(backfill.backfill)
app.command("replay")(replay.replay)
app.command("politeness")(politeness.politeness)

app.command("init")(init.init)
app.command("settings")(settings.settings)
app.command("doctor")(doctor.doctor)


@app.command("version")
def version(as_json: AsJson = False) -> None:
    """Print the version."""
    if as_json:
        print_json({"version": package_version("newsdesk")})
    else:
        print(f"newsdesk {package_version('newsdesk')}")


def _version_and_exit(is_asked: bool) -> None:
    if is_asked:
        version()
        raise typer.Exit


@app.callback()
def newsdesk(
    is_version: Annotated[
        bool, typer.Option("-v", "--version", callback=_version_and_exit, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """What stands before the name of a command."""


def _form_of_logs() -> str:
    """Of the settings; where they are wrong the command says so itself, so that here they are left alone."""
    try:
        return settings_here().log
    except NewsdeskError:
        return os.environ.get("NEWSDESK_LOG", "text")


def main() -> None:
    """Run the command line; a `NewsdeskError` becomes one line on standard error and its exit code. Where the command
    was asked for JSON and ends without a result, standard output has one object with the error."""
    set_up_logs(_form_of_logs())
    try:
        code = _run()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def _run() -> int:
    """The exit code of the command."""
    as_json = wants_json(sys.argv[1:])
    try:
        code = app(standalone_mode=False)
    except NewsdeskError as error:
        tell(str(error), logging.ERROR)
        return _failed(as_json, type(error).__name__, str(error), error.exit_code)
    except ClickException as error:
        told = error.format_message()
        if are_json():
            tell(told, logging.ERROR)
        else:
            error.show()
        return _failed(as_json and error.exit_code != 0, UsageError.__name__, told, error.exit_code)
    except typer.Abort:
        tell("aborted", logging.ERROR)
        return _failed(as_json, "Aborted", "aborted", 1)
    code = code if isinstance(code, int) else 0
    return _failed(as_json, "Interrupted", "interrupted by Ctrl-C", code) if code == INTERRUPTED else code


def _failed(as_json: bool, kind: str, message: str, exit_code: int) -> int:
    if as_json and not has_printed_json():
        print_json_error(kind, message, exit_code)
    return exit_code
