"""`--json` of every command: one JSON value on standard output, whatever comes of it; and logs as JSON."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer.main

from flows.cli.group import app
from flows.cli.output import wants_json
from tasks.demo_site import Newsroom
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for

PAGE = "http://harbour-gazette.example/news/transport/ferry-keeps-early-boat-in-winter-timetable-48209"
WORDS: dict[str, tuple[str, ...]] = {
    "add": (PAGE,),
    "alerts list": (),
    "alerts log": (),
    "alerts send": (),
    "alerts test": (),
    "archive check": (),
    "archive export": ("--warc", "{tmp}/all.warc.gz", "--since", "2026-01-01"),
    "archive stats": (),
    "backfill": ("list",),
    "backup": ("{tmp}/backups",),
    "demo": (),
    "doctor": (),
    "explain": (PAGE,),
    "export": ("--out", "{tmp}/export"),
    "forget": (PAGE, "--why", "a test", "--dry-run"),
    "health": (),
    "hydrate": ("{tmp}/rows.csv", "--out", "{tmp}/out.csv"),
    "identity undo": (PAGE, "--why", "a test"),
    "ingest": (),
    "maintain": (),
    "politeness": (),
    "publish": (),
    "quarantine drop": ("--reason", "title", "--why", "a test"),
    "quarantine list": (),
    "quarantine replay": ("--all",),
    "quarantine show": (PAGE,),
    "rebuild": (),
    "recheck": (PAGE,),
    "replay": ("--since", "2026-01-01"),
    "report": (),
    "restore": ("{tmp}/backups",),
    "revisit": (),
    "search": ("harbour",),
    "settings": (),
    "show": (PAGE,),
    "sources check": ("--offline",),
    "sources discover": ("http://harbour-gazette.example/",),
    "sources freshness": (),
    "sources list": (),
    "sources subscribe": (),
    "sources test": ("harbour-gazette", PAGE),
    "status": (),
    "stories show": ("0",),
    "stories undo": (PAGE, "--why", "a test"),
    "version": (),
    "why-missing": ("harbour-gazette",),
    "warehouse copy": ("{tmp}/from", "{tmp}/to"),
}
"""Words that each command needs. Not here, as they print no result of their own: shell, up, and those that print
another format (sql --format json, metrics, sources export)."""


def commands(group: Any, before: str = "") -> Iterator[str]:
    """The names of all commands that have an option --json."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        elif any("--json" in option.opts for option in command.params):
            yield before + name


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A home with one ingest, while its sites are there."""
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        desk = Desk(environment_for(settings_for(tmp_path_factory.mktemp("json"), newsroom)))
        assert desk.run("ingest").returncode == 0
        yield desk


def value_of(text: str) -> Any:
    """The one JSON value."""
    value = json.loads(text)
    assert isinstance(value, dict | list)
    return value


def check_error(value: Any, exit_code: int) -> None:
    assert list(value) == ["error"]
    assert list(value["error"]) == ["kind", "message", "exit_code"]
    assert value["error"]["exit_code"] == exit_code
    assert value["error"]["kind"]
    assert value["error"]["message"]


def test_the_words_are_those_of_every_command_with_json() -> None:
    assert sorted(commands(typer.main.get_command(app))) == sorted(WORDS)


@pytest.mark.parametrize("name", sorted(WORDS))
def test_a_result_is_one_json_value(desk: Desk, tmp_path: Path, name: str) -> None:
    words = [word.format(tmp=tmp_path) for word in WORDS[name]]
    done = desk.run(*name.split(), *words, "--json")
    value = value_of(done.stdout)
    if "error" in value and isinstance(value["error"], dict):
        check_error(value, done.returncode)
        assert done.returncode != 0


@pytest.mark.parametrize("name", sorted(WORDS.keys() - {"demo"}))
def test_where_there_is_nothing_it_is_one_json_value_too(tmp_path: Path, name: str) -> None:
    (tmp_path / "sources").mkdir()
    empty = Desk({"NEWSDESK_HOME": str(tmp_path / "home"), "NEWSDESK_SOURCES": str(tmp_path / "sources")})
    words = [word.format(tmp=tmp_path) for word in WORDS[name]]
    done = empty.run(*name.split(), *words, "--json")
    value = value_of(done.stdout)
    if done.returncode in (2, 4):
        check_error(value, done.returncode)


@pytest.mark.parametrize("name", sorted(WORDS))
def test_wrong_words_are_an_error_as_json(tmp_path: Path, name: str) -> None:
    done = Desk({"NEWSDESK_HOME": str(tmp_path)}).run(*name.split(), "--no-such-option", "--json")
    assert done.returncode == 2
    check_error(value_of(done.stdout), 2)
    assert "No such option" in done.stderr


def test_a_wrong_query_is_an_error_as_json(desk: Desk) -> None:
    done = desk.run("sql", "SELEC 1", "--format", "json")
    assert done.returncode == 2
    check_error(value_of(done.stdout), 2)


@pytest.mark.parametrize("words", [("ingest",), ("status", "--no-such-option"), ("report", "no_such_report")])
def test_each_line_of_json_logs_is_an_object(desk: Desk, words: tuple[str, ...]) -> None:
    done = desk.run(*words, NEWSDESK_LOG="json")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert lines
    assert all({"at", "level", "logger", "event"} <= line.keys() for line in lines)


@pytest.mark.parametrize(
    ("words", "is_json"),
    [
        (["status", "--json"], True),
        (["sql", "--format", "json", "SELECT 1"], True),
        (["sql", "--format=json", "SELECT 1"], True),
        (["sql", "--format", "csv", "SELECT 1"], False),
        (["explain", "--", "--json"], False),
    ],
)
def test_json_is_asked_for_by_an_option(words: list[str], is_json: bool) -> None:
    assert wants_json(words) is is_json
