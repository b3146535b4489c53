"""Names by their capitals: which words are certain, and which only begin a sentence."""

import pytest

from tasks.pure.stories.mentions.capital_runs import names_in
from tasks.pure.stories.mentions.gazetteer import gazetteer


def names(text: str, language: str) -> list[str]:
    return [run.text for run in names_in(text.split("\n"), language, gazetteer(language))]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Yesterday it rained. Umbrellas sold well.", []),
        ("en", "Costa Ferries sailed. The harbour welcomed Costa Ferries.", ["Costa Ferries", "Costa Ferries"]),
        ("en", "Former minister Bo Pier sailed.", ["Bo Pier"]),
        ("en", "The Harbour Board met on Monday in January and spoke French.", ["Harbour Board"]),
        ("en", "NATO met. The U.S. did not.", ["NATO", "U.S."]),
        ("en", "He said: “Nobody sails.” She asked J. K. Pier.", ["J. K. Pier"]),
        ("en", "Ferry Sinks In The Harbour At Night", []),
        ("en", "She read the New York Times in New York.", ["New York Times", "New York"]),
        ("en", "The book of Ursula von der Quay.", ["Ursula von der Quay"]),
        ("en", "It was Costa’s boat.", ["Costa"]),
        ("de", "Der Hafen und das Schiff gehören der Stadt.", []),
        ("de", "Am Kai traf Otto Stein den Trainer Max Ufer.", ["Otto Stein", "Max Ufer"]),
        ("de", "Das kostet 3 Millionen Euro und 5 Prozent Zinsen.", []),
        ("de", "Er fuhr nach Berlin.", ["Berlin"]),
        ("uk", "Учора мер Іван Причал відкрив порт.", ["Іван Причал"]),
        ("fr", "On voyait l’Europe avec Jeanne d’Arc.", ["Europe", "Jeanne d’Arc"]),
        ("en", "a major European bank", ["European"]),
    ],
)
def test_a_capital_tells_a_name_where_a_common_word_has_none(language: str, text: str, found: list[str]) -> None:
    assert names(text, language) == found


@pytest.mark.parametrize(
    ("language", "text", "titled"),
    [
        ("en", "He met President Ana Costa.", [("Ana Costa", True)]),
        ("en", "He met a general European boat.", [("European", False)]),
        ("it", "Ieri il presidente Ada Molo era qui.", [("Ada Molo", True)]),
    ],
)
def test_a_title_before_a_name_is_no_part_of_it(language: str, text: str, titled: list[tuple[str, bool]]) -> None:
    assert names_in([text], language, gazetteer(language)) == titled
