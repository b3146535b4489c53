"""The page of the exit codes, from the errors, the states of runs and the commands that end with a code."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from inspect import getsource
from types import ModuleType

import flows.cli
import schemas.errors
from docs._generate.markdown import code, page, prose, table
from flows.cli.session import EXIT_CODES
from schemas.errors import NewsdeskError

MEANINGS = {
    0: "All went well.",
    1: "Our fault, or something that was looked for is wrong or not there: read the message.",
    2: "The words of the command were wrong: nothing was done.",
    3: "The command finished, and sources, feeds or files of others failed: what could be loaded is loaded.",
    4: "Refused before anything was done: a lock is held, the disk is full, a setting or a source file is wrong.",
    130: "Interrupted by Ctrl-C or SIGTERM: what was fetched is loaded, and the next run takes up the rest.",
}


def exit_codes_page() -> str:
    """What each code means, and where each comes from."""
    errors = [
        (code(error.__name__), code(error.exit_code), prose(error.__doc__ or ""))
        for error in sorted(_errors(), key=_order)
    ]
    states = [(code(state.value), code(number)) for state, number in EXIT_CODES.items()]
    commands = [(code(f"{module}.{function}"), code(number)) for module, function, number in _exits()]
    used = {error.exit_code for error in _errors()} | set(EXIT_CODES.values()) | {number for *_, number in _exits()}
    if unknown := used - set(MEANINGS):
        raise ValueError(f"exit codes without a meaning: {unknown}: say in MEANINGS what each means")
    return page(
        "Exit codes",
        "The same for every command, so that a schedule can act on them.",
        table(("code", "meaning"), [(code(number), text) for number, text in MEANINGS.items()]),
        "A second Ctrl-C or SIGTERM ends the process at once with 128 and the number of the signal.",
        "## By the state of a run",
        "`newsdesk ingest`, `revisit`, `publish`, `maintain`, `replay`, `backfill` and `demo` end with the code of "
        "the state that `newsdesk status` shows.",
        table(("state", "code"), states),
        "## By error",
        "An error ends a command with one line on standard error and this code.",
        table(("error", "code", "when"), errors),
        "## By what a command found",
        "These functions of the command line end with a code of their own; the [commands](cli.md) say when.",
        table(("function", "code"), commands),
    )


def _errors() -> list[type[NewsdeskError]]:
    return [
        each for each in vars(schemas.errors).values() if isinstance(each, type) and issubclass(each, NewsdeskError)
    ]


def _order(error: type[NewsdeskError]) -> tuple[int, str]:
    return error.exit_code, error.__name__


def _exits() -> Iterator[tuple[str, str, int]]:
    """(module, function, code) for every `raise typer.Exit(NUMBER)`."""
    names = (found.name for found in pkgutil.walk_packages(flows.cli.__path__, "flows.cli."))
    for name in sorted(names, key=lambda one: one.rpartition(".")[2]):
        module = importlib.import_module(name)
        yield from ((name.rpartition(".")[2], *each) for each in _exits_of(module))


def _exits_of(module: ModuleType) -> Iterator[tuple[str, int]]:
    for function in ast.walk(ast.parse(getsource(module))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                [given] = node.exc.args[:1]
                if ast.unparse(node.exc.func) == "typer.Exit" and isinstance(given, ast.Constant):
                    assert isinstance(given.value, int)
                    yield function.name, given.value
