"""One wrong source file among right ones, by the commands that a person gives."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tasks.demo_site import Newsroom, sources_path
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for

WRONG = 'name = "Wrong"\nhomepage = "https://wrong.example/"\nlanguage = "en"\ncountry = "England"\n'


class Told(NamedTuple):
    """What the commands say while a file is wrong, and after it was corrected."""

    folder: Path
    code: int
    report: dict[str, Any]
    lines: str
    status: dict[str, Any]
    health: tuple[int, list[dict[str, Any]]]
    mended_code: int
    mended_status: dict[str, Any]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    home = tmp_path_factory.mktemp("wrong")
    folder = home / "sources"
    shutil.copytree(sources_path(), folder)
    (folder / "wrong.toml").write_text(WRONG)
    (folder / "other.yml").write_text("name: Other\n")
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        desk = Desk(environment_for(settings_for(home / "home", newsroom, sources=folder)))
        first = desk.run("ingest", "--json")
        health = desk.run("health", "--json")
        status = json.loads(desk.run("status", "--json").stdout)
        lines = desk.run("ingest").stdout
        (folder / "wrong.toml").unlink()
        mended_status = json.loads(desk.run("status", "--json").stdout)
        mended = desk.run("ingest")
        report, findings = json.loads(first.stdout), json.loads(health.stdout)
    return Told(
        folder,
        first.returncode,
        report,
        lines,
        status,
        (health.returncode, findings),
        mended.returncode,
        mended_status,
    )


def of_files(findings: list[dict[str, Any]]) -> list[tuple[str | None, str]]:
    return [(one["source"], one["code"]) for one in findings if one["code"].startswith("source_file")]


BOTH = [("wrong", "source_file_wrong"), (None, "source_file_ignored")]


def test_the_other_sources_are_loaded_and_the_run_ends_with_3(told: Told) -> None:
    run = told.report["run"]
    assert (told.code, run["state"], run["sources"], run["sources_failed"]) == (3, "sources_failed", 4, ["wrong"])
    assert sum(tally["count"] for tally in told.report["outcomes"] if tally["reason"] == "loaded") >= 50


def test_the_run_says_what_stands_where_and_what_to_write(told: Told) -> None:
    assert of_files(told.report["findings"]) == BOTH
    assert told.report["findings"][0]["message"] == (
        f"{told.folder / 'wrong.toml'}:4: country = 'England': no country has this code of two letters (ISO 3166-1); "
        "did you mean 'gb' (United Kingdom)?"
    )
    assert f"warning: wrong: source_file_wrong: {told.folder / 'wrong.toml'}:4: " in told.lines


def test_health_and_status_tell_it_too(told: Told) -> None:
    assert told.health[0] == 3
    assert of_files(told.health[1]) == BOTH
    assert of_files(told.status["findings"]) == BOTH


def test_nothing_is_told_once_the_file_is_gone(told: Told) -> None:
    assert (told.mended_code, of_files(told.mended_status["findings"])) == (0, [BOTH[1]])


@pytest.mark.parametrize("words", [("ingest",), ("revisit",), ("sources", "check", "--offline"), ("health",)])
@pytest.mark.parametrize("is_there", [True, False])
def test_no_source_is_no_success(tmp_path: Path, is_there: bool, words: tuple[str, ...]) -> None:
    if is_there:
        (tmp_path / "sources").mkdir()
    desk = Desk({"NEWSDESK_HOME": str(tmp_path / "home"), "NEWSDESK_SOURCES": str(tmp_path / "sources")})

    done = desk.run(*words)

    assert (done.returncode, done.stdout) == (4, "")
    assert "sources add URL" in done.stderr
    assert "Traceback" not in done.stderr
