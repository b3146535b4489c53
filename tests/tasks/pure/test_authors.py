"""Authors are people."""

import pytest

from tasks.pure.authors import choose_authors
from tests.tasks.pure.extraction_samples import page_of


def authors(html: str, feed: tuple[str, ...] = ()) -> tuple[str, ...]:
    return choose_authors(page_of(html), feed, "Courier")


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("By Ada Winter", ("Ada Winter",)),
        ("Von Ada Winter und Tom Okoro", ("Ada Winter", "Tom Okoro")),
        ("Par Ada Winter et Tom Okoro", ("Ada Winter", "Tom Okoro")),
        ("Ada Winter, Political Correspondent", ("Ada Winter",)),
        ("Ada Winter; Tom Okoro & Lena Marsh", ("Ada Winter", "Tom Okoro", "Lena Marsh")),
        ("Ada Winter (Photos: Tom Okoro)", ("Ada Winter",)),
        ("김하늘 기자", ("김하늘",)),
        ("Автор: Олена Коваль", ("Олена Коваль",)),
        ("ADA WINTER, ada.winter@courier.example", ("ADA WINTER",)),
        ("Staff", ()),
        ("Courier Staff Reporter", ()),
        ("Courier", ()),
        ("Reuters", ()),
        ("dpa", ()),
        ("Redaktion", ()),
        ("https://www.facebook.com/courier", ()),
        ("newsroom@courier.example", ()),
        ("12 May 2026", ()),
        ("A sentence that is much too long to be the name of anybody who works here", ()),
    ],
)
def test_only_people_are_authors(said: str, people: tuple[str, ...]) -> None:
    assert authors(f'<meta name="author" content="{said}">') == people


def test_an_organization_stated_as_author_is_none() -> None:
    named = '[{"@type":"Organization","name":"Blue Fish"},{"@type":"Person","name":"Ada Winter"}]'
    script = f'{{"@type":"NewsArticle","author":{named}}}'

    assert authors(f'<script type="application/ld+json">{script}</script>') == ("Ada Winter",)


@pytest.mark.parametrize(
    "byline",
    [
        '<a rel="author" href="/x">Ada Winter</a>',
        '<p class="byline">By <a href="/x">Ada Winter</a> in Rome</p>',
        '<span class="article-author__name">Ada Winter</span>',
        '<a href="/authors/ada-winter">Ada Winter</a>',
        '<div itemprop="author"><span itemprop="name">Ada Winter</span></div>',
    ],
)
def test_the_byline_names_the_author_where_nothing_is_stated(byline: str) -> None:
    assert authors(f"<article><h1>Story</h1>{byline}<p>Text.</p></article>") == ("Ada Winter",)


def test_the_author_of_a_comment_or_a_related_card_is_not_ours() -> None:
    assert (
        authors('<div class="comments"><span class="author">Troll</span></div><aside><a rel=author>Other</a></aside>')
        == ()
    )


def test_the_feed_names_the_author_where_the_page_does_not() -> None:
    assert authors("<p>x</p>", ("Ada Winter", "Courier")) == ("Ada Winter",)


def test_there_are_at_most_twenty_authors() -> None:
    names = ", ".join(f"Ada {letter}winter" for letter in "abcdefghijklmnopqrstuvwxyz")

    assert len(authors(f'<meta name="author" content="{names}">')) == 20
