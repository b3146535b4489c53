"""The terms of a text are those by which people look for it, in every script."""

import pytest

from tasks.pure.search.terms import index_text, places, query_terms, stem_text, stems


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Heat-wave, 1.5 °C; don't", "heat wave 1 5 c don t"),
        ("MÜNCHEN und Łódź", "munchen und lodz"),
        ("Ёлка, йод", "елка йод"),
        ("ﬁne ＡＢＣ", "fine abc"),
        ("東京都", "東京 京都 都"),
        ("5月3日に", "5 月 3 日に に"),
        ("서울에서", "서울 울에 에서 서"),
        ("สวัส", "สว วั ัส ส"),
        ("iPhone发布", "iphone 发布 布"),
        ("مُحَمَّد", "محمد"),
        ("हिन्दी में", "हिन्दी में"),
        ("", ""),
        ("— !", ""),
    ],
)
def test_a_text_has_these_terms(text: str, terms: str) -> None:
    assert index_text(text).split() == terms.split()


def test_an_arabic_word_is_found_without_the_particles_written_on_to_it() -> None:
    assert stem_text("والقاهرة") == "القاهرة قاهرة"
    assert stems("للقاهرة") == ("القاهرة", "قاهرة")
    assert stems("وبالقاهرة") == ("بالقاهرة", "القاهرة", "قاهرة")


def test_a_short_arabic_word_keeps_its_first_letter() -> None:
    assert stems("ولد") == ()
    assert stem_text("no Arabic") == ""


@pytest.mark.parametrize(
    ("text", "terms", "is_begun"),
    [
        ("Heat", ("heat",), False),
        ("東京", ("東京",), False),
        ("東京都", ("東京", "京都"), False),
        ("京", ("京",), True),
        ("東京 都", ("東京", "京", "都"), True),
        ("5月", ("5", "月"), True),
        ("1.5", ("1", "5"), False),
        ("!?", (), False),
    ],
)
def test_a_word_of_a_query_stands_in_the_index_so(text: str, terms: tuple[str, ...], is_begun: bool) -> None:
    assert query_terms(text) == (terms, is_begun)


@pytest.mark.parametrize("text", ["東京都知事", "서울시장", "ประเทศไทย", "5月3日に", "東京 都"])
def test_every_piece_of_an_unspaced_text_is_found_in_it(text: str) -> None:
    indexed = index_text(text).split()

    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            terms, is_begun = query_terms(text[start:end])
            if terms:
                assert any(_stands_at(indexed, at, terms, is_begun) for at in range(len(indexed))), text[start:end]


def _stands_at(indexed: list[str], at: int, terms: tuple[str, ...], is_begun: bool) -> bool:
    there = indexed[at : at + len(terms)]
    whole = len(terms) - is_begun
    return len(there) == len(terms) and tuple(there[:whole]) == terms[:whole] and there[-1].startswith(terms[-1])


@pytest.mark.parametrize(
    "text", ["Heat in München", "東京都 now", "서울시장", "ประเทศ", "والقاهرة", "ﬁne ＡＢＣ", "ｶﾞｽ料金"]
)
def test_the_places_of_a_text_are_those_of_its_terms(text: str) -> None:
    found = list(places(text))

    assert [place.term for place in found] == index_text(text).split()
    assert all(0 <= place.start < place.end <= len(text) for place in found)
