"""Commands that would ask a real publisher, without NEWSDESK_CONTACT: nothing is asked, exit code 4."""

from pathlib import Path

import pytest

from tests.support.desks import Desk

SOURCE = """
name = "Talblick"
homepage = "https://www.talblick.at/"
feeds = ["https://www.talblick.at/rss"]
language = "de"
country = "at"
time_zone = "Europe/Vienna"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A home with one source of the open internet."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "talblick.toml").write_text(SOURCE)
    (tmp_path / "urls.txt").write_text("https://www.talblick.at/stadt/eins\n")
    return Desk({"NEWSDESK_HOME": str(tmp_path), "NEWSDESK_DISK_FLOOR_MB": "0"})


@pytest.mark.parametrize(
    "words",
    [
        ("ingest",),
        ("ingest", "talblick"),
        ("revisit",),
        ("sources", "check"),
        ("sources", "discover", "https://www.talblick.at/"),
        ("sources", "add", "https://www.talblick.at/wetter/rss"),
        ("backfill", "--from", "feeds"),
        ("backfill", "--from", "wayback", "--since", "2026-01-01"),
        ("backfill", "--from", "ccnews", "--since", "2026-01-01"),
        ("backfill", "--from", "urls", "URLS"),
    ],
    ids=" ".join,
)
def test_nobody_is_asked_and_the_line_to_set_is_printed(desk: Desk, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = desk.run(*(str(tmp_path / "urls.txt") if word == "URLS" else word for word in words))
    assert done.returncode == 4, done.stderr
    assert "NEWSDESK_CONTACT is not set" in done.stderr
    assert done.stderr.rstrip().endswith("export NEWSDESK_CONTACT=…")
    assert "Traceback" not in done.stderr


def test_commands_that_ask_nobody_need_no_contact(desk: Desk) -> None:
    assert desk.run("sources", "list").returncode == 0
    assert desk.run("sources", "check", "--offline").returncode == 0
    assert desk.run("publish").returncode == 0


def test_the_run_that_was_refused_is_in_the_status(desk: Desk) -> None:
    desk.run("ingest")
    desk.run("publish")
    runs = desk.json("sql", "SELECT state, error FROM ops.runs WHERE flow = 'ingest'", "--format", "json")
    assert [(run["state"], "NEWSDESK_CONTACT" in run["error"]) for run in runs] == [("failed", True)]  # type: ignore[attr-defined]  # JSON
