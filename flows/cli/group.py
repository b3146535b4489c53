"""The `newsdesk` command: progress and logs go to standard error, results to standard output.

Exit codes: 0 success, 1 error of newsdesk, 2 wrong usage, 3 finished with failing sources, 4 refused (a lock, the
disk, a setting), 130 interrupted (what was fetched is loaded).
"""

import logging
import os
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Annotated, Any

import typer
from typer._click.core import Command  # Typer has no public name for it, nor for the next.
from typer._click.exceptions import ClickException
from typer.core import TyperGroup

from flows.cli.commands import BESIDE_SOURCES, BESIDES, COMMANDS, GROUPS, READING
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

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """As the groups list theirs, from the tables above: no command is imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.sentence) for name, each in (COMMANDS | GROUPS).items()])


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
    its: typer.Typer = import_module(f"flows.cli.{GROUPS[name].path}").app
    if name == "sources":
        for word, path in BESIDE_SOURCES.items():
            its.command(word)(_found(path))
    one = typer.Typer(add_completion=False, rich_markup_mode=None, callback=_no_command)
    one.add_typer(its, name=name, cls=WholeHelp)
    return _only(one, name)


def _command(name: str) -> Command:
    one = typer.Typer(add_completion=False, rich_markup_mode=None, callback=_no_command)
    told = {key: _found(path) for key, path in BESIDES.get(name, {}).items()}
    one.command(name, **told)(_found(COMMANDS[name].path))
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


def _version_and_exit(is_asked: bool) -> None:
    if is_asked:
        from flows.cli.installation.version import version

        version()
        raise typer.Exit


@app.callback()
def newsdesk(
    ctx: typer.Context,
    _is_version: Annotated[
        bool, typer.Option("-v", "--version", callback=_version_and_exit, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """What stands before the name of a command."""
    if ctx.obj:  # What `main` does before a command: where an app is called in another program, its logs stay.
        ctx.obj(str(ctx.invoked_subcommand))


class _NoPandas(MetaPathFinder):
    """DuckDB looks for pandas at the first value that is bound, and imports it: 0.3 s of CPU. Here there is none.

    None in `sys.modules` says so to Python and to DuckDB, but compiled modules (pyarrow has some) take it for pandas.
    """

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """`ModuleNotFoundError` for pandas."""
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name=name)
        return None


def _begin(command: str) -> None:
    """Before the command is run."""
    _set_up_logs()
    if command in READING:
        sys.meta_path.insert(0, _NoPandas())


@cache
def _set_up_logs() -> None:
    """Once a command is named, or an error is to be told: neither the help nor the version reads the settings."""
    from flows.running.logs import set_up_logs

    set_up_logs(_form_of_logs())


def _form_of_logs() -> str:
    """Of the settings; where they are wrong the command says so itself, so that here they are left alone."""
    from flows.cli.session import settings_here

    try:
        return settings_here().log
    except NewsdeskError:
        return os.environ.get("NEWSDESK_LOG", "text")


def main() -> None:
    """Run the command line; a `NewsdeskError` becomes one line on standard error and its exit code. Where the command
    was asked for JSON and ends without a result, standard output has one object with the error."""
    try:
        code = _run()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def _run() -> int:
    """The exit code of the command."""
    try:
        code = app(standalone_mode=False, obj=_begin)
    except NewsdeskError as error:
        return _failed(type(error).__name__, str(error), error.exit_code)
    except ClickException as error:
        return _failed(UsageError.__name__, error.format_message(), error.exit_code, error)
    except typer.Abort:
        return _failed("Aborted", "aborted", 1)
    code = code if isinstance(code, int) else 0
    return _printed_error("Interrupted", "interrupted by Ctrl-C", code) if code == INTERRUPTED else code


def _failed(kind: str, message: str, exit_code: int, usage: ClickException | None = None) -> int:
    """Tells the error; `usage`: which shows how the command is used, where logs are for people."""
    from flows.cli.output import tell
    from flows.running.logs import are_json

    _set_up_logs()
    if usage and not are_json():
        usage.show()
    else:
        tell(message, logging.ERROR)
    return _printed_error(kind, message, exit_code)


def _printed_error(kind: str, message: str, exit_code: int) -> int:
    """The exit code; where the command was asked for JSON and printed none, the error as JSON."""
    from flows.cli.output import has_printed_json, print_json_error, wants_json

    if exit_code and wants_json(sys.argv[1:]) and not has_printed_json():
        print_json_error(kind, message, exit_code)
    return exit_code
