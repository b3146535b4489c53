"""What is wrong with a file that a person wrote is told with its line."""

import pytest

from schemas.errors import SettingsError
from tasks.pure.text.toml_places import line_of, parse_toml

FILE = "\ufeff# mine\n[routes.me]\nurl = 'a'\n\n[routes.'you too']\n\"url\" = 'b'\ndeep.key = 1\n"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("routes", "me"), 2),
        (("routes", "me", "url"), 3),
        (("routes", "you too", "url"), 6),
        (("routes", "you too", "deep"), 7),
        (("routes", "you too", "absent"), 5),
        (("nothing",), 1),
    ],
)
def test_a_key_has_its_line_and_an_absent_one_that_of_its_table(path: tuple[str, ...], line: int) -> None:
    assert line_of(FILE, path) == line


def test_a_text_is_read_with_a_byte_order_mark_before_it() -> None:
    assert parse_toml(FILE, "x")["routes"]["me"] == {"url": "a"}


@pytest.mark.parametrize(("toml", "place"), [("a = 1\nb = oops\n", "x.toml:2: "), ("a = 1\nb = [1,", "x.toml:2: ")])
def test_a_fault_is_told_with_file_and_line(toml: str, place: str) -> None:
    with pytest.raises(SettingsError, match="the file is no TOML") as told:
        parse_toml(toml, "x.toml")
    assert str(told.value).startswith(place)
    assert "(at " not in str(told.value)
