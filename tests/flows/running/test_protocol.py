"""A wrong arrangement of steps is an error of mypy, and a right one is none."""

import re
import sys
from pathlib import Path

import pytest
from mypy import api

from tests.architecture import source_tree

HEAD = """
from flows.ingest import validate
from flows.running.protocol import Promise, Ready, Runner
from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.link import Link
from schemas.runs.batch import Batch, Loaded
from tasks.ingest.discover import discover
from tasks.ingest.extract import extract
from tasks.ingest.fetch import fetch
from tasks.ingest.load import load
from tasks.run.groups import Group
from tasks.run.kit import Kit

runner: Runner
kit: Kit
group: Group
groups: Promise[Group]
links: Promise[Batch[Link]]
pages: Promise[Batch[Capture]]
articles: Promise[Batch[Article]]

"""
RIGHT = (
    "a: Promise[Batch[Link]] = runner.submit(discover, kit, group, label='')",
    "b: Promise[Batch[Capture]] = runner.submit_after(links, fetch, kit, group, label='')",
    "c: Promise[Batch[Article]] = runner.submit_after(pages, extract, kit, group, label='')",
    "d: Promise[Batch[Article]] = runner.submit_after(articles, validate, kit, group, label='')",
    "e: Promise[Loaded] = runner.submit_after(articles, load, kit, label='')",
    "f: Promise[Loaded] = runner.submit(load, kit, articles.result(), label='')",
    "g: Promise[Batch[Capture]] = runner.submit_after(Ready(links.result()), fetch, kit, group, label='')",
)
WRONG = {
    "an argument is missing": "runner.submit(discover, kit, label='')",
    "an argument of the step after is missing": "runner.submit_after(pages, extract, kit, label='')",
    "an argument too many": "runner.submit(discover, kit, group, group, label='')",
    "two arguments are swapped": "runner.submit(discover, group, kit, label='')",
    "two arguments of the step after are swapped": "runner.submit_after(links, fetch, group, kit, label='')",
    "the promise of another stage": "runner.submit_after(links, extract, kit, group, label='')",
    "a promise for a value": "runner.submit(discover, kit, groups, label='')",
    "a promise that is not waited for": "runner.submit(fetch, kit, group, links, label='')",
    "a value for a promise": "runner.submit_after(links.result(), fetch, kit, group, label='')",
    "the result of the wrong type": "x: Promise[Loaded] = runner.submit(discover, kit, group, label='')",
    "the label is missing": "runner.submit_after(links, fetch, kit, group)",
}


def errors_in(file: Path) -> dict[int, str]:
    """Line and error code of each error that mypy finds in the file with the project's configuration."""
    root = str(source_tree.ROOT)
    told, trouble, _ = api.run(
        ["--config-file", f"{root}/pyproject.toml", "--python-executable", sys.executable, "--no-pretty", str(file)]
    )
    assert trouble == ""
    # mypy repeats errors from its cache with the folder of the run that found them.
    found = re.findall(rf"{file.name}:(\d+): error: .*\[([\w-]+)\]$", told, re.MULTILINE)
    assert len(found) == told.count(": error: "), told
    return {int(line): code for line, code in found}


def test_mypy_names_every_wrong_arrangement_and_no_right_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(source_tree.ROOT)
    file = tmp_path / "arrangements.py"
    lines = [*HEAD.splitlines(), *RIGHT, *WRONG.values()]
    file.write_text("\n".join(lines))
    first = len(lines) - len(WRONG) + 1

    found = errors_in(file)

    missing = {what for number, what in enumerate(WRONG, first) if number not in found}
    assert missing == set()
    assert set(found) == set(range(first, len(lines) + 1))
    assert {found[number] for number in range(first, len(lines))} == {"arg-type"}
    assert found[len(lines)] == "call-arg"
