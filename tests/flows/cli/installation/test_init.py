"""`newsdesk init` as a user meets it: by options, in a pipe, and on a terminal."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.support.desks import NEWSDESK, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """In an empty folder, whose settings file is looked for."""
    desk = Desk({"HOME": str(tmp_path / "nobody"), "TZ": "Asia/Tokyo"}, tmp_path)
    del desk.environment["NEWSDESK_SETTINGS"]
    return desk


def test_what_options_say_is_what_the_next_command_reads(desk: Desk, tmp_path: Path) -> None:
    words = ["--contact", "desk@paper.example", "--time-zone", "Europe/Berlin", "--country", "FR", "--country", "gb"]
    done = desk.run("init", *words)
    assert done.returncode == 0, done.stderr
    rows = desk.json("settings", "--json")
    assert isinstance(rows, dict)
    assert rows["NEWSDESK_CONTACT"]["value"] == "desk@paper.example"
    assert rows["NEWSDESK_TIME_ZONE"]["value"] == "Europe/Berlin"
    listed = desk.json("sources", "list", "--json")
    assert isinstance(listed, list)
    assert {source["country"] for source in listed} == {"fr", "gb"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["newsdesk.toml", "sources"]


def test_in_a_pipe_defaults_are_taken_and_the_options_are_named(desk: Desk, tmp_path: Path) -> None:
    done = desk.run("init", "desk of mine")
    assert done.returncode == 0, done.stderr
    assert 'time_zone = "Asia/Tokyo"' in (tmp_path / "desk of mine" / "newsdesk.toml").read_text()
    assert list((tmp_path / "desk of mine" / "sources").iterdir()) == []
    assert "--contact" in done.stderr
    assert "--country" in done.stderr
    assert "next: cd 'desk of mine' && newsdesk sources add URL && newsdesk ingest" in done.stderr


def test_nothing_is_overwritten(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "le-monde.toml").write_text("# mine\n")
    first = desk.run("init", "--country", "fr")
    assert (first.returncode, "kept what was in 'sources': le-monde" in first.stderr) == (0, True)
    written = (tmp_path / "newsdesk.toml").read_text()
    again = desk.run("init", "--contact", "other@paper.example", "--country", "gb")
    assert again.returncode == 2
    assert again.stderr.startswith("newsdesk: there is a settings file 'newsdesk.toml' already")
    assert (tmp_path / "newsdesk.toml").read_text() == written
    assert [path.name for path in (tmp_path / "sources").iterdir()] == ["le-monde.toml"]
    assert (tmp_path / "sources" / "le-monde.toml").read_text() == "# mine\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--contact", "me"), "no e-mail address or URL: 'me'"),
        (("--time-zone", "Tokio/Asia"), "no time zone named 'Tokio/Asia'"),
        (("--time-zone", "tokyo"), "did you mean 'Asia/Tokyo'?"),
        (("--country", "france"), "country 'france': "),
        (("--country", "aq"), "no outlet of 'aq' comes with newsdesk"),
    ],
)
def test_a_wrong_option_is_told_before_anything_is_made(
    desk: Desk, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    done = desk.run("init", *words)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_is_asked_again_after_a_wrong_answer(desk: Desk, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [NEWSDESK, "init"], env=desk.environment, cwd=tmp_path, stdin=theirs, stdout=-1, stderr=-1
    ) as asking:
        os.write(ours, b"nobody\nhttps://paper.example/bot\n\nlv, is\n")
        _, told = asking.communicate(timeout=120)
    os.close(ours)
    os.close(theirs)
    assert asking.returncode == 0, told
    assert b"no e-mail address or URL: 'nobody'" in told
    text = (tmp_path / "newsdesk.toml").read_text()
    assert 'contact = "https://paper.example/bot"\n' in text
    assert 'time_zone = "Asia/Tokyo"' in text
    assert {path.name for path in (tmp_path / "sources").iterdir()} == {"meduza-en.toml", "morgunbladid.toml"}
