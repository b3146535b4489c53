"""A file of phrases is read, and each of its faults is told with its line."""

import pytest

from schemas.errors import SettingsError
from tasks.pure.article.labels.phrase_file import LISTS, read_phrase_file

WHOLE = "\n".join(
    line for table, names in LISTS.items() for line in (f"[{table}]", *(f'{name} = ["word"]' for name in names))
)


def told(toml: str) -> str:
    with pytest.raises(SettingsError) as error:
        read_phrase_file(toml, "xx", "xx.toml")
    return str(error.value)


def test_a_whole_file_gives_every_list() -> None:
    phrases = read_phrase_file(WHOLE, "xx", "xx.toml")

    assert {name: [one.text for one in its] for name, its in phrases.items()} == {
        f"{table}.{name}": ["word"] for table, names in LISTS.items() for name in names
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[login]", "[log_in]", "xx.toml:5: unknown table [log_in]; did you mean 'login'?"),
        (
            "whole_links",
            "hole_links",
            "xx.toml:21: unknown list 'hole_links' in [teaser]; did you mean 'whole_links'?",
        ),
        (
            'newsletter_words = ["word"]',
            "newsletter_words = []",
            "xx.toml:18: [paywall] needs a list 'newsletter_words' with one phrase at least: "
            'newsletter_words = ["…"]',
        ),
        (
            'address = ["word"]',
            'address = [\n    "you",\n    "ple[ase",\n]',
            "xx.toml:28: the phrase 'ple[ase' of visitor.address has a '[' that is not closed by ']'",
        ),
        (
            'address = ["word"]',
            'address = ["you", "you"]',
            "xx.toml:26: the phrase 'you' of visitor.address stands there twice; remove one",
        ),
        (
            'address = ["word"]',
            "address = [7]",
            'xx.toml:26: the phrase 7 of visitor.address is no text; put it in quotes: "…"',
        ),
    ],
)
def test_a_fault_names_file_line_and_what_to_write(old: str, new: str, message: str) -> None:
    assert message in told(WHOLE.replace(old, new, 1)).splitlines()


def test_a_missing_table_is_told_with_its_lists() -> None:
    toml = WHOLE.partition("[visitor]")[0]

    assert told(toml) == "xx.toml: the table [visitor] is missing; add it, with the lists subjects, address"


def test_a_file_that_is_no_toml_is_told_with_its_line() -> None:
    assert told(WHOLE.replace('titles = ["word"]', "titles = [word]", 1)).startswith(
        "xx.toml:2: the file is no TOML: "
    )
