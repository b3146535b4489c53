"""Folders of parts: Hive's layout, whatever a value holds."""

import pytest

from tasks.pure.reports.exports.parts import part_folder


def test_a_folder_a_column() -> None:
    assert part_folder(("day", "source"), ("2026-11-23", "harbour")) == "day=2026-11-23/source=harbour"


def test_rows_without_a_value_have_a_folder() -> None:
    assert part_folder(("language",), (None,)) == "language=__HIVE_DEFAULT_PARTITION__"
    assert part_folder(("language",), ("",)) == "language=__HIVE_DEFAULT_PARTITION__"


@pytest.mark.parametrize("value", ["../..", "..", ".", "a/b", "a\\b", "\x00", "a\nb", "C:", "con*", "Ü" * 300])
def test_no_value_leaves_its_folder_or_is_too_long(value: str) -> None:
    folder = part_folder(("section",), (value,))
    assert folder.startswith("section=")
    assert "/" not in folder
    assert folder.isascii()
    assert folder.isprintable()
    assert len(folder) < 255
    assert folder.removeprefix("section=") not in (".", "..")
