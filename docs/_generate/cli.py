"""The page of the commands, from the command tree itself."""

from collections.abc import Iterator
from enum import Enum
from socket import gethostname

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from docs._generate.markdown import code, page, prose, table
from flows.cli.group import app

Command = TyperCommand | TyperGroup


def cli_page() -> str:
    """Every command with its arguments and options."""
    root, commands = command_tree()
    rows = [(f"[`{path}`](#{path.replace(' ', '-')})", prose(_first_sentence(one))) for path, one in commands]
    return page(
        "Commands",
        prose(root.help or ""),
        "Logs and progress go to standard error, what was asked for to standard output. "
        "[Exit codes](exit-codes.md) are the same for all commands; [settings](settings.md) come from the "
        "environment and from `newsdesk.toml`.",
        "`newsdesk --install-completion`<!-- run: no, it knows no shell called sh --> lets the Tab key complete "
        "commands and options in bash, zsh, fish and "
        "PowerShell; nothing is downloaded. This page is also a [man page](newsdesk.1): an install puts it into "
        "`share/man` of its environment, where `man -M ENVIRONMENT/share/man newsdesk` finds it.",
        table(("command", "what it does"), rows),
        *(_section(path, command) for path, command in commands),
    )


def command_tree() -> tuple[TyperGroup, list[tuple[str, Command]]]:
    """The root, and every command below it by its path, as `newsdesk sources list`."""
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    return root, list(_below("newsdesk", root))


def usage_of(path: str, command: Command) -> str:
    """One line, as `newsdesk sources add [OPTIONS] {url}`."""
    return " ".join([path, *command.collect_usage_pieces(typer.Context(command, info_name=path))])


def _below(path: str, group: TyperGroup) -> Iterator[tuple[str, Command]]:
    """The commands of the group and of the groups below it, in the order in which the help lists them."""
    for name, command in group.commands.items():
        assert isinstance(command, TyperCommand | TyperGroup)
        yield f"{path} {name}", command
        if isinstance(command, TyperGroup):
            yield from _below(f"{path} {name}", command)


def _first_sentence(command: Command) -> str:
    return _help(command).partition(". ")[0].removesuffix(".") + "."


def _help(command: Command) -> str:
    return " ".join((command.help or "").split())


def _section(path: str, command: Command) -> str:
    rows = [_row(each) for each in command.params if isinstance(each, TyperOption | TyperArgument)]
    parts = [f"## {path}", prose(_help(command)), f"```text\n{usage_of(path, command)}\n```"]
    return "\n\n".join([*parts, table(("argument or option", "meaning", "default"), rows)] if rows else parts)


def _row(given: TyperOption | TyperArgument) -> tuple[str, str, str]:
    is_option = isinstance(given, TyperOption)
    names = [*given.opts, *given.secondary_opts] if is_option else [str(given.name).upper()]
    asked = given.type_descriptor.annotation
    choices = list(asked) if isinstance(asked, type) and issubclass(asked, Enum) else []
    one_of = f" One of {', '.join(code(_plain(choice)) for choice in choices)}." if choices else ""
    default = "required" if given.required else _default(given.default)
    return ", ".join(map(code, names)), prose(given.help or "") + one_of, code(default)


def _default(value: object) -> str:
    if value is None or value is False or value == "":
        return ""
    if value == gethostname():
        return "the machine's name"
    return "yes" if value is True else _plain(value)


def _plain(value: object) -> str:
    return str(value.value if isinstance(value, Enum) else value)
