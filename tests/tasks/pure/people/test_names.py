"""Bylines: the person, and apart from that the outlet that the person wrote for and the place."""

import json

import pytest

from tasks.pure.people.authors import read_authors
from tasks.pure.people.names import outlets_in, people_in
from tests.support.extraction_samples import page_of

OUTLETS = [
    ("Ada Winter for The Harbour Times", "The Harbour Times"),
    ("Ada Winter FOR Ferry Mail Online", "Ferry Mail Online"),
    ("Ada Winter, for Ferry Mail", "Ferry Mail"),
    ("By Ada Winter For Ferry.com", "Ferry.com"),
    ("Ada Winter, Special to The Ferry", "The Ferry"),
    ("Ada Winter special to the Ferry", "the Ferry"),
    ("Ada Winter, Special for FERRY TODAY", "FERRY TODAY"),
    ("Ada Winter, exclusively for Ferry", "Ferry"),
    ("Par Ada Winter pour Le Bateau", "Le Bateau"),
    ("Von Ada Winter für das Hafenblatt", "das Hafenblatt"),
    ("di Ada Winter per Il Porto", "Il Porto"),
    ("Por Ada Winter para El Puerto", "El Puerto"),
    ("Door Ada Winter voor De Haven", "De Haven"),
    ("Ada Winter för Hamnbladet", "Hamnbladet"),
    ("Ada Winter for The Ferry (photos by Tom Okoro)", "The Ferry"),
    ("Ada Winter in Rome for The Ferry", "The Ferry"),
    ("Ada Winter, in Rome, for The Ferry", "The Ferry"),
]


@pytest.mark.parametrize(("said", "outlet"), OUTLETS)
def test_the_outlet_behind_a_name_is_no_part_of_it(said: str, outlet: str) -> None:
    assert (people_in(said, set()), outlets_in(said)) == (["Ada Winter"], [outlet])


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("ADA WINTER FOR FERRY MAIL", ["ADA WINTER"]),
        ("ADA WINTER PER IL PORTO", ["ADA WINTER"]),
        ("Ada Winter for Ferry Mail and Tom Okoro for Ferry Online", ["Ada Winter", "Tom Okoro"]),
        ("Ada Winter and Tom Okoro for Ferry Mail", ["Ada Winter", "Tom Okoro"]),
        ("Ada Winter for Boats & Harbours and Tom Okoro", ["Ada Winter", "Tom Okoro"]),
        ("Ada Winter, Tom Okoro, for The Ferry", ["Ada Winter", "Tom Okoro"]),
        ("For The Ferry", []),
        ("Special to The Ferry", []),
        ("Per Olov Marsh", ["Per Olov Marsh"]),
        ("Lars Per Marsh", ["Lars Per Marsh"]),
        ("Reuters for The Ferry", []),
    ],
)
def test_who_wrote_for_an_outlet_is_told_from_names_that_look_so(said: str, names: list[str]) -> None:
    assert people_in(said, set()) == names


@pytest.mark.parametrize(
    "said",
    [
        "By Ada Winter in Berlin",
        "BY Ada Winter IN BERLIN",
        "Ada Winter in New York",
        "Ada Winter reporting from Port Moresby",
        "Von Ada Winter aus Frankfurt am Main",
        "Par Ada Winter à Paris",
        "Por Ada Winter en Madrid",
        "Ada Winter, in Rome",
        "Ada Winter, Projektleiterin der Stiftung in Tunis",
    ],
)
def test_the_place_behind_a_name_is_no_part_of_it(said: str) -> None:
    assert people_in(said, set()) == ["Ada Winter"]


@pytest.mark.parametrize(
    ("html", "origin", "credited"),
    [
        ('<meta name="author" content="Ada Winter for The Ferry">', "meta", ["The Ferry"]),
        ('<meta name="author" content="Ada Winter für den Courier">', None, []),
        (
            '<meta name="author" content="Ada Winter for The Ferry and Tom Okoro for the ferry">',
            "meta",
            ["The Ferry"],
        ),
        ("Person", "json_ld", ["The Ferry"]),
    ],
)
def test_the_outlet_that_somebody_wrote_for_is_a_credit(html: str, origin: str | None, credited: list[str]) -> None:
    author = {"@type": "Person", "name": "Ada Winter for The Ferry"}
    script = json.dumps({"@type": "NewsArticle", "author": author})
    found = read_authors(
        page_of(f'<script type="application/ld+json">{script}</script>' if html == "Person" else html), (), "Courier"
    )

    assert found.people[0] == "Ada Winter"
    assert [one.raw for one in found.credits] == credited
    assert {one.origin.value for one in found.credits} == ({origin} if origin else set())


def test_what_follows_the_outlet_or_an_address_is_nobody() -> None:
    assert [people_in(said, {"courier"}) for said in ("Courier, Lyon, France", "ferry.example, Köln, Germany")] == [
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("記者: 王小明", ["王小明"]),
        ("작성 기자 김하늘", ["작성 기자 김하늘"]),
        ("기자 김하늘", ["김하늘"]),
        ("文：王小明", ["王小明"]),
        ("文化庁", ["文化庁"]),
    ],
)
def test_a_label_without_spaces_around_it_is_part_of_a_word(said: str, names: list[str]) -> None:
    assert people_in(said, set()) == names
