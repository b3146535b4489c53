"""What cannot be told to be whole is unknown; a wall, a link to the whole text or entries of a live blog are told."""

import pytest

from schemas.items.article import Completeness
from tasks.pure.article.completeness import CompletenessVerdict, judge
from tasks.pure.article.signs import read_signs
from tasks.pure.text.fingerprints import word_count
from tests.support.extraction_samples import page_of

GOAT = "A goat climbed onto the roof of the fire station on Sunday and stayed there for six hours."
WEEK = [f"{number}. {GOAT}" for number in range(8)]
COUNTED = '<script type="application/ld+json">{"@type":"NewsArticle","wordCount":%s}</script>'
ENTRIES = "".join(f"<div><time>{hour}:05</time><p>{GOAT}</p></div>" for hour in range(10, 15))


def verdict(html: str, paragraphs: list[str], url: str = "https://courier.example/local/goat") -> CompletenessVerdict:
    page = page_of(html, url)
    return judge(page, read_signs(page), paragraphs, word_count(" ".join(paragraphs)), None)


@pytest.mark.parametrize(
    ("html", "paragraphs", "evidence"),
    [
        ("<h1>Goat</h1>", [GOAT], "text: 18 words in fewer than three sentences of an article"),
        ("<h1>Goat</h1>", [*WEEK, "It was said …"], "text ends in: '…'"),
        (COUNTED % 900, WEEK * 2, "json_ld: wordCount 900, 304 on the page"),
    ],
)
def test_a_text_that_something_speaks_against_is_unknown(html: str, paragraphs: list[str], evidence: str) -> None:
    found = verdict(html, paragraphs)

    assert (found.completeness, found.evidence) == (Completeness.UNKNOWN, (evidence,))


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        (COUNTED % 17, [GOAT]),
        ("<h1>Goat</h1>", WEEK),
        ("<h1>Goat</h1>", [*WEEK * 4, "And so it went on …"]),
    ],
)
def test_a_text_that_nothing_speaks_against_is_full(html: str, paragraphs: list[str]) -> None:
    assert verdict(html, paragraphs).completeness is Completeness.FULL


@pytest.mark.parametrize(
    "wall",
    [
        "<div><h2>Dieser Artikel ist nur für Abonnenten</h2><p>Jetzt testen</p></div>",
        "<section><p>Pour lire la suite, abonnez-vous</p></section>",
        "<div><a href=/abo>Suscríbete para seguir leyendo</a></div>",
        "<p>Артикул: ця стаття лише для передплатників</p>",
        "<div><p>この記事は会員限定です。</p></div>",
    ],
)
def test_a_wall_that_stands_on_its_own_makes_a_short_page_paywalled(wall: str) -> None:
    assert verdict(f"<h1>Goat</h1><p>{GOAT}</p>{wall}", WEEK).completeness is Completeness.PAYWALLED


@pytest.mark.parametrize(
    "inside",
    [
        "<ul><li><a href=/b>A mayor resigns <b>Nur für Abonnenten</b></a></li></ul>",
        "<aside><p>Subscribe to continue reading</p></aside>",
        "<div><a href=/b>The bridge that nobody wanted: a report from the north. Subscribers only</a></div>",
        "<form><p>Sign up now to read more of this every week in our newsletter</p></form>",
        f"<p>{WEEK[0]} The box said: this article is for subscribers only, and nobody read it.</p>",
    ],
)
def test_words_of_a_wall_in_a_card_a_box_or_the_article_do_not(inside: str) -> None:
    told = f"{WEEK[0]} The box said: this article is for subscribers only, and nobody read it."

    assert verdict(f"<h1>Goat</h1>{inside}", [told, *WEEK]).completeness is Completeness.FULL


def test_a_link_to_the_whole_text_makes_a_few_words_a_teaser() -> None:
    found = verdict("<h1>Goat</h1><a href=/b>Read the full story</a>", [GOAT])

    assert found == CompletenessVerdict(Completeness.TEASER, ("link: 'Read the full story' (en)",))


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Liveticker: Ziege auf dem Dach", "https://courier.example/a"),
        ("Goat on the roof", "https://courier.example/news/live/goat"),
    ],
)
def test_a_title_or_url_with_entries_is_a_live_blog(title: str, url: str) -> None:
    found = verdict(f"<title>{title}</title><h1>{title}</h1>{ENTRIES}", WEEK * 3, url)

    assert found.completeness is Completeness.LIVEBLOG
    assert found.evidence[1] == "structure: 5 entries with a time of day"


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Why live blogs changed the news", ""),
        ("Goat on the roof", ENTRIES),
        ("Live music returns: live updates to the programme", f"<aside>{ENTRIES}</aside>"),
    ],
)
def test_a_title_or_entries_alone_make_no_live_blog(title: str, inside: str) -> None:
    assert verdict(f"<h1>{title}</h1>{inside}", WEEK * 3).completeness is Completeness.FULL


@pytest.mark.parametrize("title", ["Gone", "Captcha", "Hold on", "Un momento"])
def test_a_brief_under_an_everyday_title_is_no_gate(title: str) -> None:
    assert verdict(f"<h1>{title}</h1><p>{GOAT}</p>", [GOAT]).completeness is Completeness.UNKNOWN


def test_a_sentence_below_the_whole_title_of_an_error_page_makes_it_no_article() -> None:
    assert verdict("<h1>Page not found</h1>", ["It seems that nothing at all was ever here."]) == CompletenessVerdict(
        Completeness.SOFT_404, ("title: 'Page not found' (en)",)
    )


def test_a_brief_behind_a_cookie_banner_is_no_consent_page() -> None:
    banner = "<div>We use cookies. <button>Accept all</button> Cookie settings. Our 12 partners</div>"

    assert verdict(f"<h1>Goat</h1><p>{GOAT}</p>{banner}", [GOAT]).completeness is Completeness.UNKNOWN
