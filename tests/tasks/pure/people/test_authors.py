"""Authors are people."""

import pytest

from tasks.pure.people.authors import read_authors
from tests.support.extraction_samples import SENTENCE, page_of


def authors(html: str, feed: tuple[str, ...] = ()) -> tuple[str, ...]:
    return read_authors(page_of(html), feed, "Courier").people


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
        ("Ada Winter and Tom Okoro, photographs by Lena Marsh", ("Ada Winter", "Tom Okoro")),
        ("Text: Ada Winter, Fotos: Lena Marsh", ("Ada Winter",)),
        ("Ada Winter y Tom Okoro", ("Ada Winter", "Tom Okoro")),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("Por Ada Winter, Madrid", ("Ada Winter",)),
        ("Geschrieben von Ada Winter", ("Ada Winter",)),
        ("Ada Winter / Journalist", ("Ada Winter",)),
        ("Ada Winter Ada Winter", ("Ada Winter",)),
        ("作者：王小明", ("王小明",)),
        ("ada_winter", ()),
        ("ada.winter", ()),
        ("AP", ()),
        ("Associated Press", ()),
        ("Blue Fish (www.bluefish.example)", ()),
        ("Gear Team", ()),
        ("Sponsored by Blue Fish", ()),
        ("105092", ()),
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
        '<span class="author vcard"><a class="url fn n" href="/a">Ada Winter</a></span>',
        '<footer><ul><li><a rel="author nofollow" href="/a">Ada Winter</a></li></ul></footer>',
        "<p>Von Ada Winter</p>",
        "<p><strong>Autorin:</strong> Ada Winter</p>",
        f"<p><b>ADA WINTER</b></p><p>{SENTENCE}</p>".replace("ADA WINTER", "Ada Winter"),
    ],
)
def test_the_byline_names_the_author_where_nothing_is_stated(byline: str) -> None:
    assert authors(f"<article><h1>Story</h1>{byline}<p>Text.</p></article>") == ("Ada Winter",)


@pytest.mark.parametrize(
    "inside",
    [
        '<div class="byline">Share this</div>',
        '<div class="byline">Posted on</div>',
        '<span class="author">Alle Beiträge</span>',
        '<a href="https://elsewhere.example/profile/ada-winter">Ada Winter</a>',
        f"<p><b>Cold water</b></p><p>{SENTENCE}</p>",
        "<p>By and large the harbour was calm.</p>",
        "<p>By Tuesday the harbour was calm.</p>",
        f"<a href='/author/desk'>News desk</a><p>{SENTENCE}</p><p><a href='/author/ada'>Ada Winter</a></p>",
    ],
)
def test_nobody_is_better_than_somebody_guessed(inside: str) -> None:
    assert authors(f"<article><h1>Story</h1>{inside}</article>") == ()


def test_authors_that_stand_side_by_side_are_all_taken() -> None:
    links = "".join(f'<span class="person"><a rel="author" href="/{n}">{n} Winter</a></span>' for n in ("Ada", "Tom"))

    assert authors(f"<article><h1>Story</h1><div>{links}</div></article>") == ("Ada Winter", "Tom Winter")


def test_a_meta_that_names_everybody_goes_before_json_ld_that_names_one() -> None:
    script = '{"@type":"NewsArticle","author":{"@type":"Person","name":"Ada Winter"}}'
    html = f'<script type="application/ld+json">{script}</script><meta name="author" content="Ada Winter, Tom Okoro">'

    assert authors(html) == ("Ada Winter", "Tom Okoro")


@pytest.mark.parametrize("said", ["a.winter@courier.example", "ada.winter", "ada_winter"])
def test_a_user_name_is_the_person_that_the_page_spells_out(said: str) -> None:
    html = f'<meta name="author" content="{said}"><h1>Story</h1><span>Tom Okoro</span><span>Ada Winter</span>'

    assert authors(html) == ("Ada Winter",)


@pytest.mark.parametrize(
    ("author", "credited"),
    [
        ('{"@type":"Organization","name":"Reuters"}', ["Reuters"]),
        ('{"@type":"Person","name":"Associated Press"}', ["Associated Press"]),
        ('"Courier"', ["Courier"]),
        ('[{"@type":"Person","name":"Ada Winter"},{"@type":"Organization","name":"Reuters"}]', ["Reuters"]),
        ('[{"@type":"Person","name":"Ada Winter"},{"@type":"Organization","name":"Courier"}]', []),
        ('"Courier Weekend Staff"', ["Courier Weekend Staff"]),
        ('"Staff"', []),
        ('"newsroom@courier.example"', []),
        ('"https://courier.example/staff"', []),
    ],
)
def test_an_agency_beside_people_and_any_house_where_nobody_is_named_is_kept_as_evidence(
    author: str, credited: list[str]
) -> None:
    page = page_of(f'<script type="application/ld+json">{{"@type":"NewsArticle","author":{author}}}</script>')

    assert [one.raw for one in read_authors(page, (), "Courier").credits] == credited


def test_bylines_are_not_searched_where_an_agency_wrote_the_article() -> None:
    script = '{"@type":"NewsArticle","author":{"@type":"Organization","name":"Reuters"}}'
    html = f'<script type="application/ld+json">{script}</script><h1>Story</h1><span class="author">Ada Winter</span>'

    assert authors(html) == ()


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


def test_a_house_that_is_called_like_its_host_is_no_agency_and_its_bylines_count() -> None:
    script = '<script type="application/ld+json">{"@type":"NewsArticle","author":"AFP"}</script>'
    page = page_of(
        f'{script}<h1>Story</h1><span class="person-link">Ada Winter</span>', "https://factcheck.afp.com/1"
    )

    assert read_authors(page, (), "Courier").people == ("Ada Winter",)


@pytest.mark.parametrize(
    "line",
    ["<div>(责编：王小明、李小红)</div>", "<li><strong>Autorin/Autor</strong> Ada Winter</li>"],
)
def test_a_byline_may_stand_in_brackets_or_behind_a_label_for_both_sexes(line: str) -> None:
    assert authors(f"<h1>Story</h1>{SENTENCE}{line}") in (("王小明", "李小红"), ("Ada Winter",))
