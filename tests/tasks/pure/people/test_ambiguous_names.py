"""Names made of common words: people where the page says so, and desks, outlets and buttons never."""

import json

import pytest

from tasks.pure.people.ambiguous_names import has_own_word, without_surnames
from tasks.pure.people.authors import read_authors
from tests.support.extraction_samples import SENTENCE, page_of

PEOPLE = [
    "Hannah Read",
    "OLIVER PRESS",
    "Marta Guest",
    "Gesa Welle",
    "Efe Demir",
    "Sid Okoro",
    "Jan Post",
    "Claire Page",
    "Thomas de Guest",
    "Nils Null",
    "Wei Xing",
    "Lena Daily",
    "Inga Post-Marsh",
]
NOBODY = [
    "Guest Post",
    "Long Read",
    "Guest Author",
    "Gast Autor",
    "Read More",
    "Jakarta Post",
    "Canadian Press",
    "Deutsche Welle",
    "Agencia EFE",
    "Getty Images",
    "Courier Press",
    "Marie Rédaction",
    "Redaktion",
    "La Redazione",
    "Staff",
    "Web Desk",
    "Admin",
    "Super User",
    "Associated Press",
    "China Daily",
    "Courier",
    "guest@courier.example",
]


def people(html: str) -> tuple[str, ...]:
    return read_authors(page_of(f"<h1>Story</h1>{html}"), (), "Courier").people


def person(name: str) -> str:
    stated = {"@type": "NewsArticle", "author": {"@type": "Person", "name": name}}
    return f'<script type="application/ld+json">{json.dumps(stated)}</script>'


SAYINGS = [
    person("{}"),
    '<meta name="author" content="{}">',
    '<meta property="article:author" content="{}">',
    '<a rel="author" href="/x">{}</a>',
    '<p><a href="/autoren/x">{}</a></p>',
    '<span itemprop="author"><span itemprop="name">{}</span></span>',
    '<span class="byline">By {}</span>',
    "<p>Von {}</p>",
]


@pytest.mark.parametrize("said", SAYINGS)
@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_may_be_called_by_a_common_word(said: str, name: str) -> None:
    assert people(said.replace("{}", name)) == (name,)


@pytest.mark.parametrize("said", SAYINGS)
@pytest.mark.parametrize("name", NOBODY)
def test_a_desk_an_outlet_and_a_button_are_nobody_whatever_the_page_says(said: str, name: str) -> None:
    assert people(said.replace("{}", name)) == ()


@pytest.mark.parametrize(
    "inside",
    [
        '<div class="author">Ferry Read</div>',
        '<div class="byline">Harbour Post</div>',
        f"<p><b>Harbour Press</b></p><p>{SENTENCE}</p>",
    ],
)
def test_where_a_class_name_alone_marks_it_a_common_word_is_no_name(inside: str) -> None:
    assert people(inside) == ()


def test_an_organization_of_that_name_is_no_person() -> None:
    stated = person("Oliver Press").replace("Person", "Organization")
    found = read_authors(page_of(stated), (), "Courier")

    assert (found.people, [one.raw for one in found.credits]) == ((), ["Oliver Press"])


@pytest.mark.parametrize("name", ["Oliver Press", "Corvane Service"])
def test_where_json_ld_names_an_organization_the_feed_and_the_metas_do_not_make_a_person_of_it(name: str) -> None:
    html = person(name).replace("Person", "Organization") + f'<meta name="author" content="{name}">'

    assert read_authors(page_of(html), (name,), "Courier").people == ()


def test_an_agency_that_the_feed_calls_a_wire_is_no_person() -> None:
    assert read_authors(page_of("<p>x</p>"), ("Corvane Wire",), "Courier").people == ()


def test_a_given_name_counts_in_front_and_a_surname_behind() -> None:
    assert [without_surnames(name).strip() for name in ("Efe Post", "Post Efe")] == ["", "Post"]


def test_a_word_of_the_outlets_own_name_makes_nobody() -> None:
    assert [has_own_word(name, lambda word: word == "Courier") for name in ("Courier Post", "Jan Post")] == [
        False,
        True,
    ]
