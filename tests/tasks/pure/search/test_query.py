"""A query is read as it is meant, or it is told what is wrong and where."""

import pytest

from schemas.errors import UsageError
from schemas.history.search import AllOf, AnyOf, Query, WantedTerms
from tasks.pure.search.query import parse_query, wanted_of

HEAT, WAVE, RAIN = WantedTerms(("heat",)), WantedTerms(("wave",)), WantedTerms(("rain",))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("Heat", HEAT),
        ("heat wave", AllOf((HEAT, WAVE))),
        ("heat AND wave", AllOf((HEAT, WAVE))),
        ('"heat wave"', WantedTerms(("heat", "wave"))),
        ("“heat wave”", WantedTerms(("heat", "wave"))),
        ("„heat wave“", WantedTerms(("heat", "wave"))),
        ("hea*", WantedTerms(("hea",), True)),
        ('"heat wa"*', WantedTerms(("heat", "wa"), True)),
        ("heat OR wave rain", AnyOf((HEAT, AllOf((WAVE, RAIN))))),
        ("(heat OR wave) rain", AllOf((AnyOf((HEAT, WAVE)), RAIN))),
        ("heat NOT rain", AllOf((HEAT,), (RAIN,))),
        ("NOT rain heat", AllOf((HEAT,), (RAIN,))),
        ("heat AND NOT (wave OR rain)", AllOf((HEAT,), (AnyOf((WAVE, RAIN)),))),
        ("heat and", AllOf((HEAT, WantedTerms(("and",))))),
        ("don't", WantedTerms(("don", "t"))),
        ("heat(rain)", AllOf((HEAT, RAIN))),
    ],
)
def test_a_query_is_read_so(text: str, tree: Query) -> None:
    assert parse_query(text) == tree


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the query is empty"),
        ("   ", "the query is empty"),
        ('heat "wave', "the quotation mark at column 6 has no second one"),
        ('heat wave"', "the quotation mark at column 10 has no second one"),
        ("AND OR", "only operators (AND OR), at column 1"),
        ("  NOT", "only operators (NOT), at column 3"),
        ("()", "only operators (( )), at column 1"),
        ("NOT heat", "NOT at column 1 leaves out, and nothing says what to find"),
        ("rain OR NOT heat", "NOT at column 9 leaves out"),
        ("heat OR", "OR at column 6 is the end of the query"),
        ("heat AND OR wave", "OR at column 10 behind AND: a word is missing before it"),
        ("AND heat", "AND at column 1: a word is missing before it"),
        ("(heat", "the parenthesis opened at column 1 is not closed"),
        ("heat)", "the parenthesis closed at column 5 was never opened"),
        ("heat ()", ") at column 7 behind (: a word is missing before it"),
        ("heat !!", "no letter or digit to search for in !! at column 6"),
        ('heat ""', 'no letter or digit to search for in "" at column 6'),
        ("heat *", "no letter or digit to search for in * at column 6"),
        ("(" * 21 + "a" + ")" * 21, "more than 20 parentheses in each other at column 21"),
        ("a " * 201, "more than 200 words"),
    ],
)
def test_a_wrong_query_is_told_what_is_wrong_and_where(text: str, words: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_query(text)

    assert words in str(raised.value)


def test_what_must_not_be_there_is_not_shown() -> None:
    assert list(wanted_of(parse_query("heat (wave OR sun) NOT rain"))) == [HEAT, WAVE, WantedTerms(("sun",))]
