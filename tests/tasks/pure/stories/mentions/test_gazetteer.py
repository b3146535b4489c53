"""KnownName names: one English name in every language."""

import pytest

from schemas.items.mention import MentionKind
from tasks.pure.stories.mentions.gazetteer import KnownName, gazetteer, spelling


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Bosnia and Herzegovina", "bosnia & herzegovina"),
        ("en", "Burma", "myanmar (burma)"),
        ("de", "Kiew", "kyiv"),
        ("uk", "Велика Британія", "united kingdom"),
        ("ar", "فرنسا", "france"),
        ("zh", "美國", "united states"),
        ("no", "Tyskland", "germany"),
        ("pt", "Europa", "europe"),
    ],
)
def test_a_place_has_its_english_name_in_every_language(language: str, text: str, name: str) -> None:
    found = gazetteer(language).known[spelling(text)]

    assert (found.kind, found.name) == (MentionKind.PLACE, name)


@pytest.mark.parametrize("text", ["world", "Easter", "Eurozone", "Center", "AGI"])
def test_words_and_what_is_no_place_are_not_known(text: str) -> None:
    assert text not in gazetteer("en").known


def test_a_language_that_cldr_does_not_know_has_agencies_alone() -> None:
    kinds = {entry.kind for entry in gazetteer("xx").known.values()}

    assert kinds == {MentionKind.ORGANISATION}
    assert gazetteer("xx").known["Reuters"] == KnownName(MentionKind.ORGANISATION, "reuters")
