"""The documents for people name what is there: files, names in them, commands and options."""

import re
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from flows.cli.group import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("how-to/*.md"), *(ROOT / "docs").glob("tutorial/*.md")])
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:flows|tasks|schemas|warehouse|tests|docs|bench)/[a-z_/.-]*[a-z0-9_-]+(?:\.[a-z]+)?/?")
NAME = re.compile(r"_[a-z]\w+|_?[A-Z]{2,}(?:_[A-Z]+)+|[a-z]+(?:_[a-z]+)+")
OF_OTHERS = re.compile(r"NEWSDESK_|PREFECT_|AWS_|PG|OTEL_|HTTP_|SSL_|newsdesk_hot")
BELOW_HOME = {"warehouse/backups/", "warehouse/hot.sqlite"}
COMMAND = re.compile(r"(?<![\w/.])newsdesk ([a-z][^`\n|#>]*)")


def coded(page: Path) -> list[str]:
    """The code of a page: what stands between backticks, and the lines of its blocks."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:sh|bash|text)?\n(.*?)```", text, re.DOTALL)
    outside = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return [*CODE.findall(outside), *(line for block in blocks for line in block.splitlines())]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_files_that_a_page_names_exist(page: Path) -> None:
    named = {word for word in coded(page) if PATH.fullmatch(word)}
    assert {path for path in named if not (ROOT / path).exists()} <= BELOW_HOME


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_names_of_code_on_a_page_stand_in_a_file_that_it_names_or_in_the_reference(page: Path) -> None:
    words = CODE.findall(page.read_text(encoding="utf-8"))
    modules = [ROOT / word for word in words if word.endswith((".py", ".yaml")) and (ROOT / word).is_file()]
    texts = [file.read_text(encoding="utf-8") for file in [*modules, *(ROOT / "docs" / "reference").glob("*.md")]]
    names = {word for word in words if NAME.fullmatch(word) and not OF_OTHERS.match(word)}
    assert {name for name in names if not re.search(rf"\b{name}\b", "".join(texts))} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_on_a_page_have_their_options(page: Path) -> None:
    for words in (found.split() for line in coded(page) for found in COMMAND.findall(line)):
        command: object = typer.main.get_command(app)
        while isinstance(command, TyperGroup) and words and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        works_alone = isinstance(command, TyperGroup) and command.invoke_without_command
        assert isinstance(command, TyperCommand | TyperGroup), words
        assert works_alone or not isinstance(command, TyperGroup), words
        options = {option for parameter in command.params for option in [*parameter.opts, *parameter.secondary_opts]}
        assert {word for word in words if word.startswith("--")} <= options, words
