"""`newsdesk settings`, and commands that find their settings in a file."""

from pathlib import Path

import pytest

from tests.support.desks import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """In a folder with a settings file, which is looked for."""
    desk = Desk({"HOME": str(tmp_path / "nobody")}, tmp_path)
    del desk.environment["NEWSDESK_SETTINGS"]
    (tmp_path / "newsdesk.toml").write_text('# mine\nhome = "news"\nfetch_threads = 3\nlog = "json"\n')
    return desk


def test_settings_names_the_line_of_the_file_the_environment_and_the_default(desk: Desk) -> None:
    desk.environment["NEWSDESK_CHUNK_BYTES"] = "5"
    rows = desk.json("settings", "--json")
    assert isinstance(rows, dict)
    told = {name: (row["value"], row["origin"]) for name, row in rows.items()}
    assert told["NEWSDESK_HOME"] == ("news", "newsdesk.toml:2")
    assert told["NEWSDESK_FETCH_THREADS"] == ("3", "newsdesk.toml:3")
    assert told["NEWSDESK_CHUNK_BYTES"] == ("5", "environment")
    assert told["NEWSDESK_CONTACT"][1] == "default"


def test_a_wrong_line_of_the_file_is_one_line_and_4(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "newsdesk.toml").write_text('hom = "news"\n')
    done = desk.run("status")
    assert done.returncode == 4
    assert done.stderr == "newsdesk: newsdesk.toml:1: unknown key 'hom'; did you mean 'home'?\n"


def test_a_run_takes_its_home_from_the_file(desk: Desk, tmp_path: Path) -> None:
    done = desk.run("publish")
    assert (tmp_path / "news" / "newsdesk.duckdb").is_file(), done.stderr
