"""`newsdesk demo`, given again and again."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.desks import NEWSDESK, Desk

ENDED = "The newsroom has ended: its last edition was polled before. `newsdesk demo --fresh` starts anew."


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What four demos print, the last of them fresh."""
    desk = Desk({"NEWSDESK_HOME": str(tmp_path_factory.mktemp("demos"))})
    return [desk.run("demo", *words).stdout for words in ((), (), (), ("--fresh",))]


def test_the_first_two_demos_name_their_editions(told: list[str]) -> None:
    assert "The newsroom was at edition 1; run the demo again for a second poll." in told[0]
    assert "The newsroom was at edition 2, its last; `newsdesk demo --fresh` starts anew." in told[1]


def test_the_third_demo_says_that_the_newsroom_has_ended(told: list[str]) -> None:
    assert ENDED in told[2]
    assert "edition" not in told[2].replace(ENDED, "")


def test_a_fresh_demo_is_a_first_one(told: list[str]) -> None:
    def counts(text: str) -> list[str]:
        return [line.rpartition(" in, ")[0] for line in text.splitlines() if " in, " in line]

    assert "The newsroom was at edition 1;" in told[3]
    assert counts(told[3]) == counts(told[0])


def test_a_demo_that_ended_early_polls_its_edition_again(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    home.mkdir()
    (home / "newsroom-opened-at").write_text("2026-11-20T09:00:00+00:00")
    (home / "newsroom-edition-polled").write_text("0")
    (home / "newsdesk.duckdb").touch()

    assert "The newsroom was at edition 1;" in Desk({"NEWSDESK_HOME": str(tmp_path)}).run("demo").stdout


def test_the_lines_below_a_demo_work_when_they_are_pasted(tmp_path: Path) -> None:
    """In a shell that does not find `newsdesk`, as after `make demo`, and for a home with a blank in its name."""
    home = tmp_path / "my news" / "demo"
    desk = Desk({"NEWSDESK_HOME": str(home.parent), "PATH": os.defpath})
    printed = desk.run("demo").stdout.partition("Look further with:\n")[2]
    lines, _, own = printed.partition("Your own first source")
    pasted = [line.strip() for line in lines.splitlines()]
    assert pasted[0] == f". {Path(sys.prefix) / 'bin' / 'activate'}" or pasted[0] == ". .venv/bin/activate"
    assert [shlex.split(line)[0] for line in pasted[1:]] == [f"NEWSDESK_HOME={home}"] * 4
    assert "newsdesk sources add " in own
    assert Path(own.splitlines()[-1].strip()) == home / "reports" / "news" / "index.html"
    assert (home / "reports" / "news" / "index.html").is_file()
    assert 'href="news/index.html"' in (home / "reports" / "index.html").read_text()
    shell = {"PATH": os.defpath, "HOME": str(tmp_path), "NEWSDESK_SETTINGS": ""}
    done = subprocess.run(
        ["sh", "-ec", "\n".join(pasted)], env=shell, cwd=desk.folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Dredging of inner basin slips to spring") >= 3
    assert "harbour-gazette" in done.stdout.rpartition("sources: 3")[2]


def test_a_shell_that_finds_the_command_is_told_of_no_activation(tmp_path: Path) -> None:
    path = f"{NEWSDESK.parent}{os.pathsep}{os.defpath}"
    told = Desk({"NEWSDESK_HOME": str(tmp_path), "PATH": path}).run("demo").stdout
    assert "activate" not in told
