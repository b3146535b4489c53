"""The outlets that come with newsdesk."""

from pathlib import Path

from tasks.sources.outlets import copy_outlets, outlets
from tasks.sources.source_folder import read_sources


def test_the_outlets_of_a_country_are_copied_as_they_are_and_can_be_read(tmp_path: Path) -> None:
    written, kept = copy_outlets(tmp_path / "sources", {"jp"})
    expected = tuple(source for source in outlets() if source.country == "jp")
    assert expected
    assert (written, kept) == ([source.slug for source in expected], [])
    assert read_sources(tmp_path / "sources") == expected


def test_without_a_country_the_folder_is_made_empty(tmp_path: Path) -> None:
    assert copy_outlets(tmp_path / "sources", ()) == ([], [])
    assert list((tmp_path / "sources").iterdir()) == []
