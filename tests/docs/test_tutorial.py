"""The tutorials: each command runs in its order in an empty folder, and prints what the page says."""

from pathlib import Path

import pytest

from docs._generate.tutorial import TUTORIALS, commands, run, settled, steps


@pytest.mark.parametrize("tutorial", TUTORIALS, ids=lambda path: path.name)
def test_the_commands_of_a_tutorial_print_what_it_says(tutorial: Path, tmp_path: Path) -> None:
    for step in steps(tutorial.read_text(encoding="utf-8")):
        assert settled(run(step.command, tmp_path)) == settled(step.output), step.command


@pytest.mark.parametrize("tutorial", TUTORIALS, ids=lambda path: path.name)
def test_every_command_of_a_tutorial_is_followed_by_its_output(tutorial: Path) -> None:
    text = tutorial.read_text(encoding="utf-8")
    assert commands(text)
    assert commands(text) == [step.command for step in steps(text)]


def test_an_output_that_differs_in_more_than_times_and_ids_is_noticed() -> None:
    assert settled("loaded in 1.2 s, run 20261130T080652-0873be") == settled(
        "loaded in 9.9 s, run 20270101T000000-abcdef"
    )
    assert settled("57 articles loaded") != settled("56 articles loaded")
