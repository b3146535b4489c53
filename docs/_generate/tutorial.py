"""Tutorials: pages whose `sh` blocks are commands, each followed by a `text` block with what it prints."""

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

TUTORIALS = tuple(sorted((Path(__file__).parents[1] / "tutorial").glob("*.md")))
TIMEOUT_S = 180.0
_STEP = re.compile(r"^```sh\n(?P<command>.*?)\n```\n\n```text\n(?P<output>(?:.*\n)*?)```$", re.MULTILINE)
_VOLATILE = (
    (re.compile(r"\b\d{8}T\d{6}-[0-9a-f]{6}\b"), "RUN"),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r"\b[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+]0000"), "TIME"),
    (re.compile(r"\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:[.]\d+)?(?:[+]00(?::00)?)?"), "TIME"),
    (re.compile(r"\b\d{4}/\d{2}/\d{2}/RUN-[0-9a-f]+-fetch[.]warc[.]gz:\d+"), "SEGMENT"),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}, \d{2}:\d{2}\b"), "TIME"),
    (re.compile(r"\b(?:\d+ h \d+ min|\d+ min \d+ s|\d+(?:[.]\d+)? s)\b"), "SECONDS"),
    (re.compile(r"\b[\d,]+ bytes\b"), "BYTES"),
)
"""What differs from run to run: run ids, UUIDs, instants, segments of the archive, durations, sizes of bodies."""


class Step(NamedTuple):
    """One command of a tutorial and what the page says that it prints."""

    command: str
    output: str


def steps(text: str) -> list[Step]:
    """The steps of a page, in its order."""
    return [Step(found["command"], found["output"]) for found in _STEP.finditer(text)]


def commands(text: str) -> list[str]:
    """Every block of commands of a page, with a printed output below it or not."""
    return re.findall(r"```sh\n(.*?)\n```", text, re.DOTALL)


def run(command: str, folder: Path) -> str:
    """What the command prints on standard output, run in `folder` and in no other home; raises
    `CalledProcessError` where it ends with another code than 0."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("NEWSDESK_", "PREFECT_", "COLUMNS"))
    }
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        command, shell=True, cwd=folder, env=kept | {"PATH": path}, capture_output=True, text=True, timeout=TIMEOUT_S
    )
    done.check_returncode()
    return done.stdout


def settled(output: str) -> list[str]:
    """The lines of an output without what differs from run to run, and without blanks at their ends."""
    for volatile, word in _VOLATILE:
        output = volatile.sub(word, output)
    return [line.rstrip() for line in output.strip("\n").splitlines()]


def recorded(text: str) -> str:
    """The page with what its commands print now, in place of what it says."""
    with TemporaryDirectory() as folder:

        def again(found: re.Match[str]) -> str:
            lines = "\n".join(line.rstrip() for line in run(found["command"], Path(folder)).strip("\n").splitlines())
            return f"```sh\n{found['command']}\n```\n\n```text\n{lines}\n```"

        return _STEP.sub(again, text)
