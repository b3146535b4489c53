"""searches.toml: what is right, and what is said of what is wrong."""

import pytest

from schemas.errors import SettingsError, UsageError
from tasks.pure.search.saved import SavedSearch, parse_searches, search_named

WHOLE = """
[heat]
query = '"heat wave" OR hitze*'
language = "de"
sources = ["al-marsa"]
section = "World"
watch = true

["東京 2"]
query = "東京"
"""


def test_every_key_is_read() -> None:
    found = parse_searches(WHOLE, "searches.toml")

    assert found["heat"] == SavedSearch(
        query='"heat wave" OR hitze*', language="de", sources=("al-marsa",), section="World", watch=True
    )
    assert found["東京 2"] == SavedSearch(query="東京")
    assert found["heat"].filters.sources == ("al-marsa",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[heat\n", "searches.toml:1: the file is no TOML"),
        (
            '[a]\nquery = "x"\n\n[heat]\nqery = "heat"',
            "searches.toml:5: unknown key 'heat.qery'; did you mean 'query'?",
        ),
        ('[heat]\nlanguage = "de"', "searches.toml:1: the key 'heat.query' is missing"),
        ('[heat]\nquery = "heat OR"', "searches.toml:2: heat.query: OR at column 6 is the end of the query"),
        ("[heat]\nquery = '\"heat'", "searches.toml:2: heat.query: the quotation mark at column 1"),
        ('[heat]\nquery = "heat"\nwatch = "often"', "searches.toml:3: heat.watch: Input should be a valid boolean"),
        ('query = "heat"', "searches.toml:1: 'query' stands outside of a table"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(SettingsError) as raised:
        parse_searches(text, "searches.toml")

    assert told in str(raised.value)


def test_every_fault_has_its_line() -> None:
    with pytest.raises(SettingsError) as raised:
        parse_searches('[a]\nquery = "OR"\n[b]\nwach = true', "s")

    assert [line.split(": ")[0] for line in str(raised.value).splitlines()] == ["s:2", "s:3", "s:4"]


def test_a_wrong_name_has_the_nearest_right_one() -> None:
    with pytest.raises(UsageError, match="no search 'heet' in 's'; did you mean 'heat'"):
        search_named(parse_searches(WHOLE, "s"), "heet", "s")
