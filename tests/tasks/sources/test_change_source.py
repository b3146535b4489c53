"""A source file is changed by a line, and the rest stays as a person wrote it."""

from pathlib import Path

import pytest

from schemas.errors import SettingsError, UsageError
from tasks.sources.change_source import remove_source, rename_file, set_muted
from tasks.sources.source_folder import read_sources

HEAD = 'name = "Paper"  # a remark\nhomepage = "https://paper.example/"\nlanguage = "en"\ncountry = "gb"\n'


@pytest.mark.parametrize(
    "rest",
    ["", "\n[expect]\narticles_per_day = [1, 2]\n", 'feeds = [\n    "https://paper.example/rss",\n]\n', "# the end"],
)
def test_muting_and_unmuting_leave_the_rest_as_it_was(tmp_path: Path, rest: str) -> None:
    path = tmp_path / "paper.toml"
    path.write_text(HEAD + rest)

    set_muted(tmp_path, "paper", True)
    muted = path.read_text()
    set_muted(tmp_path, "paper", True)
    again = path.read_text()
    set_muted(tmp_path, "paper", False)

    assert muted == again
    assert "muted = true\n" in muted
    assert path.read_text().split() == (HEAD + rest).split()
    assert not read_sources(tmp_path)[0].muted
    assert [file.name for file in tmp_path.iterdir()] == ["paper.toml"]


def test_a_line_that_stands_there_is_changed(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text(HEAD + "muted = false\n")

    set_muted(tmp_path, "paper", True)

    assert read_sources(tmp_path)[0].muted


def test_a_wrong_file_is_not_changed(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text(HEAD + "pace_s = -1\n")

    with pytest.raises(SettingsError, match=r"paper\.toml:5"):
        set_muted(tmp_path, "paper", True)
    assert (tmp_path / "paper.toml").read_text() == HEAD + "pace_s = -1\n"


def test_a_wrong_file_can_be_removed_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text("name =")

    assert remove_source(tmp_path, "paper") == tmp_path / "paper.toml"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UsageError, match="no source 'paper'"):
        remove_source(tmp_path, "paper")


def test_a_file_gets_another_slug_and_remembers_the_earlier_ones(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text(HEAD + "\n[expect]\narticles_per_day = [1, 2]\n")

    rename_file(tmp_path, "paper", "journal")
    path = rename_file(tmp_path, "journal", "gazette")
    again = rename_file(tmp_path, "journal", "gazette")

    [source] = read_sources(tmp_path)
    assert (source.slug, source.formerly, source.expect.articles_per_day) == ("gazette", ("paper", "journal"), (1, 2))
    assert path == again
    assert [file.name for file in tmp_path.iterdir()] == ["gazette.toml"]


@pytest.mark.parametrize(
    ("before", "after", "error"),
    [("paper", "other", UsageError), ("paper", "No Slug", UsageError), ("nobody", "journal", SettingsError)],
)
def test_a_slug_that_is_taken_or_none_is_refused(
    tmp_path: Path, before: str, after: str, error: type[Exception]
) -> None:
    for slug in ("paper", "other"):
        (tmp_path / f"{slug}.toml").write_text(HEAD)

    with pytest.raises(error):
        rename_file(tmp_path, before, after)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["other.toml", "paper.toml"]
