"""The man page newsdesk(1), from the command tree, the settings and the exit codes (the macros of man(7))."""

from collections.abc import Iterator

from typer.core import TyperArgument, TyperOption

from docs._generate.cli import Command, command_tree, usage_of
from docs._generate.exit_codes import MEANINGS
from schemas.settings import PREFIX, Settings

FILES = {
    "newsdesk.toml": "Settings, in the current folder; else the next is read. A variable of the environment wins.",
    "~/.config/newsdesk/newsdesk.toml": "Settings of the user; XDG_CONFIG_HOME moves it.",
    "sources/*.toml": "The sources, one file each.",
    "var": "The home: archive, warehouse, reports and the reader file newsdesk.duckdb.",
}


def man_page() -> str:
    """Every command with its options, every setting, and the exit codes."""
    root, commands = command_tree()
    lines = [
        '.\\" Written by `make reference` from the code: change the code, not this page.',
        ".TH NEWSDESK 1",
        ".SH NAME",
        f"newsdesk \\- {_text((root.help or '').removesuffix('.'))}",
        ".SH SYNOPSIS",
        _bold("newsdesk [OPTIONS] COMMAND [ARGS]..."),
        ".SH OPTIONS",
        *_options(root),
        ".SH COMMANDS",
    ]
    for path, command in commands:
        lines += _command(path, command)
    lines += [".SH EXIT STATUS", *_terms({str(number): text for number, text in MEANINGS.items()})]
    settings = {PREFIX + name.upper(): field.description or "" for name, field in Settings.model_fields.items()}
    lines += [".SH ENVIRONMENT", "Each may stand in newsdesk.toml, in lower case without NEWSDESK_."]
    lines += [*_terms(settings), ".SH FILES", *_terms(FILES)]
    return "\n".join(lines) + "\n"


def _command(path: str, command: Command) -> Iterator[str]:
    yield f".SS {_text(path)}"
    yield _bold(usage_of(path, command))
    yield ".PP"
    yield _text(command.help or "")
    yield from _options(command)


def _options(command: Command) -> Iterator[str]:
    for given in command.params:
        if isinstance(given, TyperOption):
            yield from _term(", ".join([*given.opts, *given.secondary_opts]), given.help or "")
        elif isinstance(given, TyperArgument):
            yield from _term(str(given.name).upper(), given.help or "")


def _terms(meanings: dict[str, str]) -> Iterator[str]:
    for name, meaning in meanings.items():
        yield from _term(name, meaning)


def _term(name: str, meaning: str) -> Iterator[str]:
    yield ".TP"
    yield _bold(name)
    yield _text(meaning)


def _bold(text: str) -> str:
    return f"\\fB{_text(text)}\\fR"


def _text(text: str) -> str:
    """One line that no macro begins with. Hyphens are written as minus signs, so that options can be copied; groff
    reads a character beyond ASCII only by its number."""
    plain = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    plain = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in plain)
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
