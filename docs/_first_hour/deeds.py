"""What is done with each piece of a page: run, written to a file, left out for a reason, or wrong."""

import re
import shlex
import subprocess
from collections.abc import Collection, Iterator
from typing import NamedTuple

from typer.core import TyperGroup

from docs._first_hour.pages import MENTION, Piece, pieces
from docs._first_hour.stand_ins import RECIPES, filled, is_open
from docs._generate.cli import command_tree

_COMMAND = re.compile(r"(?:[A-Z_]+=\S+ )*(?:newsdesk|\.venv/bin/\w+) ")
_CRON = re.compile(r"^(?:[\d*/,-]+ +){5}(?P<command>\S.*)$")
_USAGE = re.compile(r"^newsdesk(?: [a-z-]+)* \[OPTIONS\].*$")
_UNTIL = re.compile(r'until it prints "(.+)"')
_ENDS = re.compile(r"ends with (\d+)")
_FILE = re.compile(r"(as|behind) (\S+)")
_SUITE = re.compile(r"\.venv/bin/python -m pytest (.+)")
_PLAIN = ("", "text", "csv", "json", "yaml", "crontab")
"""Blocks in these languages hold no command, unless a line begins as one."""
WELL = (0,)
_HELPS = """python - <<'END'
from typer.testing import CliRunner
from flows.cli.group import app

for usage in {usages!r}:
    words = usage.removeprefix("newsdesk ").partition(" [OPTIONS]")[0].split()
    printed = CliRunner().invoke(app, [*words, "--help"], prog_name="newsdesk").output
    if f"Usage: {{usage}} " not in " ".join(printed.split()) + " ":
        raise SystemExit(f"{{usage!r}} is not in {{printed}}")
END"""


class Run(NamedTuple):
    """A command; `printed` is what the page shows of it, None where it shows nothing. It ends with one of `codes`."""

    line: int
    command: str
    printed: str | None = None
    codes: Collection[int] = WELL
    until: str | None = None


class Write(NamedTuple):
    """A file of the page; `is_more` where the text is appended to it."""

    line: int
    path: str
    text: str
    is_more: bool


class Skip(NamedTuple):
    """What is not run, and why."""

    line: int
    what: str
    reason: str


class Wrong(NamedTuple):
    """A piece of a page that the first hour does not know how to run."""

    line: int
    message: str


Deed = Run | Write | Skip | Wrong


def deeds(page: str, mentioned: set[str]) -> list[Deed]:
    """What is done for a page, in its order; the usages of commands last, and together. `mentioned` are commands that
    stood in a sentence before, of this page and of earlier ones: each is run once."""
    done: list[Deed] = []
    for piece in pieces(page):
        for deed in _of_piece(piece):
            if not (piece.language == MENTION and isinstance(deed, Run) and deed.command in mentioned):
                done.append(deed)
            if isinstance(deed, Run):
                mentioned.add(deed.command)
    usages = [line for piece in pieces(page) for line in piece.text.splitlines() if _USAGE.match(line)]
    return [*done, Run(1, _HELPS.format(usages=usages))] if usages else done


def commands(block: str) -> list[str]:
    """The commands of a block, in its order; one goes on over a line end where the shell says so."""
    whole: list[str] = []
    begun = ""
    for line in block.splitlines():
        begun = f"{begun}\n{line}" if begun else line
        if begun.strip() and not begun.endswith("\\") and _is_whole(begun):
            whole.append(begun)
            begun = ""
    return [*whole, begun] if begun.strip() else whole


def _is_whole(text: str) -> bool:
    return subprocess.run(["sh", "-n", "-c", text], capture_output=True).returncode == 0


def _of_piece(piece: Piece) -> Iterator[Deed]:
    mark = piece.mark or ""
    if mark.startswith("no, "):
        yield Skip(piece.line, " ".join(piece.text.split()), mark.removeprefix("no, "))
    elif to_file := _FILE.fullmatch(mark):
        yield Write(piece.line, to_file[2], piece.text, to_file[1] == "behind")
    elif mark and not (_UNTIL.fullmatch(mark) or _ENDS.fullmatch(mark)):
        yield Wrong(piece.line, f"unknown mark: {mark!r}")
    else:
        yield from _of_language(piece)


def _of_language(piece: Piece) -> Iterator[Deed]:
    match piece.language:
        case "sh" | "bash":
            yield from _of_shell(piece)
        case "sql":
            yield _run(piece, f"newsdesk sql {shlex.quote(piece.text.strip())}")
        case "python":
            yield _run(piece, f"python - <<'END'\n{piece.text}END")
        case language if language == MENTION:
            yield from _of_mention(piece)
        case language if language in _PLAIN:
            yield from _of_plain(piece)
        case language:
            yield Wrong(piece.line, f"a block of {language}: mark what is done with it, as `<!-- run: no, WHY -->`")


def _of_shell(piece: Piece) -> Iterator[Deed]:
    all_of_it = commands(piece.text)
    for command in all_of_it:
        if command.startswith("make ") and command not in RECIPES:
            yield Skip(piece.line, command, "it is a target of the checkout, and this is an installed wheel")
        elif _SUITE.fullmatch(command):
            yield Skip(piece.line, command, "`make test` runs these tests")
        elif command.startswith(".venv/bin/python "):
            yield Skip(piece.line, command, "it is a module of the checkout, and this is an installed wheel")
        elif is_open(filled(command)):
            yield Wrong(piece.line, f"what stands for {is_open(filled(command))} in {command!r}? (stand_ins.py)")
        else:
            printed = piece.printed if command is all_of_it[-1] else None
            yield _run(piece, command, printed)


def _of_mention(piece: Piece) -> Iterator[Deed]:
    """Code in a sentence: run where it is a command of ours with arguments. A name alone is no instruction."""
    if not _COMMAND.match(f"{piece.text} ") or not re.search(r" -|[/:'\"]|\b[A-Z]{2,}\b|\|", piece.text):
        return
    if is_open(filled(piece.text)):
        yield Skip(piece.line, piece.text, "the reader fills it in")
    else:
        yield _run(piece, piece.text)


def _of_plain(piece: Piece) -> Iterator[Deed]:
    for line in piece.text.splitlines():
        if cron := _CRON.match(line):
            yield _run(piece, cron["command"])
        elif _COMMAND.match(line) and not _USAGE.match(line):
            yield Wrong(piece.line, f"a command in a block of text: make it `sh`, or mark it: {line!r}")


def _run(piece: Piece, command: str, printed: str | None = None) -> Run:
    until, ends = _UNTIL.fullmatch(piece.mark or ""), _ENDS.fullmatch(piece.mark or "")
    codes = (0, 130) if until else (int(ends[1]),) if ends else WELL
    return Run(piece.line, command, printed, codes, until[1] if until else None)


def bare(given: Collection[str]) -> list[Run]:
    """The commands that no page gave, those that need no argument: each ends well, or says in words why not."""
    needy = [
        (path, any(one.required for one in command.params))
        for path, command in command_tree()[1]
        if not isinstance(command, TyperGroup)
    ]
    return [
        Run(0, path, codes=(0, 1, 2, 3, 4))
        for path, needs in needy
        if not needs and not any(re.search(rf"{path}(?!\S)", one) for one in given)
    ]
