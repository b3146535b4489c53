"""Walks a page: does its deeds in a shell, and says of each how it ended."""

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from docs._first_hour.deeds import Deed, Run, Skip, Write, Wrong
from docs._first_hour.printed import difference
from docs._first_hour.shell import Done, Shell
from docs._first_hour.stand_ins import RECIPES, filled, placed


class Walked(NamedTuple):
    """What became of a page: `faults` have a line of the page, and what is not as it says."""

    page: str
    ran: int
    compared: int
    seconds: float
    skipped: list[Skip]
    faults: list[str]


def walk(page: str, deeds: Iterable[Deed], shell: Shell, root: Path) -> Walked:
    """Do all deeds of a page, in its order; a fault does not end the walk."""
    ran = compared = 0
    seconds = 0.0
    skipped, faults = [], []
    for deed in deeds:
        match deed:
            case Skip():
                skipped.append(deed)
            case Wrong():
                faults.append(f"{page}:{deed.line}: {deed.message}")
            case Write():
                _write(deed, shell, root)
            case Run():
                done = shell.run(placed(filled(RECIPES.get(deed.command, deed.command)), root), deed.until)
                ran, compared, seconds = ran + 1, compared + (deed.printed is not None), seconds + done.seconds
                print(
                    f"  {done.seconds:5.1f} s  {page}:{deed.line}: {' '.join(deed.command.split())[:100]}", flush=True
                )
                if fault := _fault(deed, done, root):
                    faults.append(f"{page}:{deed.line}: {deed.command}\n{fault}")
    return Walked(page, ran, compared, seconds, skipped, faults)


def _write(deed: Write, shell: Shell, root: Path) -> None:
    way = ">>" if deed.is_more else ">"
    path = placed(deed.path, root)
    shell.run(f"mkdir -p $(dirname {path})\nprintf %s {shlex.quote(placed(deed.text, root))} {way} {path}")


def _fault(deed: Run, done: Done, root: Path) -> str:
    """What is not as the page says; "" where all is."""
    said = (done.out + done.err).replace(str(root), "")
    if done.code not in deed.codes:
        return f"ended with {done.code}:\n{said[-2000:]}"
    if "Traceback (most recent call last)" in done.err:
        return said[-2000:]
    return "" if deed.printed is None else difference(deed.printed, done.out.replace(str(root), ""))
