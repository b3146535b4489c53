"""The `newsdesk` command: progress and logs go to standard error, results to standard output.

Exit codes: 0 success, 1 error of newsdesk, 2 wrong usage, 3 finished with failing sources, 4 refused (a lock, the
disk, a setting), 130 interrupted (what was fetched is loaded).
"""

import logging
import os
import sys
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from importlib.metadata import version as package_version
from typing import Annotated, Any

import typer
from typer._click.core import Command  # Typer has no public name for it, nor for the next.
from typer._click.exceptions import ClickException
from typer.core import TyperGroup

from flows.cli.output import AsJson, has_printed_json, print_json, print_json_error, tell, wants_json
from flows.cli.session import settings_here
from flows.running.logs import are_json, set_up_logs
from schemas.errors import NewsdeskError, UsageError

INTERRUPTED = 130


GROUPS = {
    "warehouse": "warehouse",
    "stories": "reading.stories",
    "identity": "upkeep.identity",
    "quarantine": "upkeep.quarantine",
    "sources": "sources",
    "alerts": "watching.alerts",
    "archive": "archive",
}
"""By name of a group of commands: the module below `flows.cli` whose `app` it is, in the order of the help."""
COMMANDS = {
    "demo": "demo.demo",
    "up": "up.up",
    "ingest": "ingest.ingest",
    "revisit": "ingest.revisit",
    "add": "ingest.add",
    "recheck": "upkeep.recheck.recheck",
    "health": "health.health",
    "publish": "health.publish",
    "maintain": "warehouse.maintain",
    "backup": "installation.backup.backup",
    "restore": "installation.backup.restore",
    "forget": "upkeep.forget.forget",
    "shell": "warehouse.shell",
    "sql": "reading.query.sql",
    "status": "status.status",
    "metrics": "watching.metrics.metrics",
    "explain": "reading.explain.explain",
    "search": "reading.search.search",
    "show": "reading.show.show",
    "why-missing": "reading.why_missing.why_missing",
    "report": "reading.query.report",
    "export": "reading.export.export",
    "hydrate": "reading.hydrate.hydrate",
    "rebuild": "archive.rebuild",
    "backfill": "backfill.backfill",
    "replay": "replay.replay",
    "politeness": "reading.politeness.politeness",
    "init": "installation.init.init",
    "settings": "installation.settings.settings",
    "doctor": "installation.doctor.doctor",
}
"""By name of a command: its function below `flows.cli`, in the order of the help."""
BESIDES = {"revisit": {"help": "ingest.REVISIT_HELP"}, "sql": {"cls": "reading.query.CommentedQuery"}}
"""By name of a command: what `typer` is told besides, as a path below `flows.cli`."""
BESIDE_SOURCES = {
    "freshness": "watching.freshness.freshness",
    "mute": "sources_change.mute",
    "unmute": "sources_change.unmute",
    "test": "sources_change.show_selected",
    "rename": "sources_change.rename",
    "remove": "sources_change.remove",
}
"""Commands of the group `sources` that stand in other modules."""


class WholeHelp(TyperGroup):
    """Lists each command with the whole first sentence of its help; else lines are cut to the terminal's width."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Both are of click, of which typer has a copy of its own."""
        named = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, command.get_short_help_str(sys.maxsize)) for name, command in named if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Commands(MutableMapping[str, Command]):
    """The commands by name. A module is imported when its command is asked for: all of them cost as much CPU time as
    the rest of `newsdesk status` (0.4 s)."""

    def __init__(self, made: MutableMapping[str, Command]) -> None:
        self._made = made
        self._names = dict.fromkeys([*COMMANDS, *made, *GROUPS])

    def __getitem__(self, name: str) -> Command:
        if name not in self._made and name in self._names:
            self._made[name] = _group(name) if name in GROUPS else _command(name)
        return self._made[name]

    def __setitem__(self, name: str, command: Command) -> None:
        self._names[name] = None
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._names[name]
        self._made.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Root(WholeHelp):
    """The command itself: it imports no other command than the one that is given."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.commands = Commands(self.commands)

    def list_commands(self, ctx: Any) -> list[str]:
        """The names; nothing is imported for them."""
        return list(self.commands)


app = typer.Typer(
    name="newsdesk",
    help="Fetch news politely, archive every response, and load validated articles into tables.",
    cls=Root,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _group(name: str) -> Command:
    its: typer.Typer = import_module(f"flows.cli.{GROUPS[name]}").app
    if name == "sources":
        for word, path in BESIDE_SOURCES.items():
            its.command(word)(_found(path))
    one = typer.Typer(add_completion=False, rich_markup_mode=None, callback=_no_command)
    one.add_typer(its, name=name, cls=WholeHelp)
    return _only(one, name)


def _command(name: str) -> Command:
    one = typer.Typer(add_completion=False, rich_markup_mode=None, callback=_no_command)
    told = {key: _found(path) for key, path in BESIDES.get(name, {}).items()}
    one.command(name, **told)(_found(COMMANDS[name]))
    return _only(one, name)


def _only(one: typer.Typer, name: str) -> Command:
    group = typer.main.get_command(one)
    assert isinstance(group, TyperGroup)
    return group.commands[name]


def _no_command() -> None:
    """Makes a Typer a group, even where it has one command only."""


def _found(path: str) -> Any:
    module, _, name = path.rpartition(".")
    return getattr(import_module(f"flows.cli.{module}"), name)


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
