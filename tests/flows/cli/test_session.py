"""Days and instants of commands, as a person in a time zone gives them."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.demo_site.site import sources_path
from tests.support.desks import NEWSDESK, Desk

COMMANDS = (
    ("backfill", "--from", "feeds", "--dry-run"),
    ("replay",),
    ("archive", "export", "--warc", "none.warc.gz"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk({"NEWSDESK_HOME": str(tmp_path / "home"), "NEWSDESK_TIME_ZONE": "Etc/GMT-9"}, tmp_path)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_every_command_with_days_takes_words_and_refuses_others_in_one_line(
    desk: Desk, command: tuple[str, ...]
) -> None:
    done = desk.run(*command, "--since", "yesterday", "--until", "soon")
    there = datetime.now(UTC) + timedelta(hours=9)
    days = [f"{there - timedelta(days=ago):%Y-%m-%d}" for ago in (1, 2)]  # Midnight may have come since.
    assert done.returncode == 2
    told = done.stderr.splitlines()
    assert told[0] in [f"newsdesk: 'yesterday' is {day}T00:00+09:00" for day in days]
    assert told[1:] == [
        "newsdesk: not a day or instant: 'soon'; write 2026-11-03, 2026-11, 2026-11-03T06:00, yesterday, 7d or "
        "'7 days ago'"
    ]


def test_days_begin_at_midnight_of_the_zone(desk: Desk) -> None:
    done = desk.run("backfill", "--from", "feeds", "--since", "2026-11", "--until", "2026-11-01")
    assert done.returncode == 2
    assert "--since 2026-10-31T15:00:00+00:00 must be before --until 2026-10-31T15:00:00+00:00" in done.stderr


def test_without_the_setting_days_are_those_of_the_machine(desk: Desk) -> None:
    words = ("backfill", "--from", "feeds", "--since", "2026-11-02", "--until", "2026-11-01")
    done = desk.run(*words, NEWSDESK_TIME_ZONE="", TZ="America/Lima")
    assert "--since 2026-11-02T05:00:00+00:00" in done.stderr


def completed(desk: Desk, place: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What a shell asks of the command, in a process of its own: the name of the command is taken from it."""
    environment = desk.environment | place | {"_NEWSDESK_COMPLETE": "complete_bash"}
    return subprocess.run([NEWSDESK], env=environment, cwd=desk.folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("newsdesk ingest ta", ["talblick"]),
        ("newsdesk ingest talblick d", ["dnipro-visnyk"]),
        ("newsdesk replay --since 7d --source h", ["harbour-gazette"]),
        ("newsdesk sources mute no", []),
    ],
)
def test_a_shell_completes_the_slugs_of_the_sources_folder(desk: Desk, words: str, slugs: list[str]) -> None:
    place = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    done = completed(desk, place | {"NEWSDESK_SOURCES": str(sources_path())})
    assert done.stdout.split() == slugs


def test_a_shell_that_completes_shows_no_error_of_the_settings(desk: Desk) -> None:
    place = {"COMP_WORDS": "newsdesk ingest t", "COMP_CWORD": "2", "NEWSDESK_PACE_FLOOR_S": "slow"}
    done = completed(desk, place)
    assert (done.stdout.strip(), "Traceback" in done.stderr) == ("", False)
