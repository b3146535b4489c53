"""A page is no challenge, error or paywalled page by a word of its headline, a captcha or a wall that is hidden."""

import pytest

from schemas.items.article import Completeness
from tasks.pure.article.completeness import CompletenessVerdict, judge
from tasks.pure.article.signs import read_signs
from tasks.pure.text.fingerprints import word_count
from tests.support.extraction_samples import page_of

BRIEF = [
    "A goat climbed onto the roof of the fire station on Sunday and stayed there for six hours.",
    "The crew coaxed it down with a bucket of oats, the station's commander said.",
    "Its owner from the next village collected it before the evening meal.",
]
NOTE = [BRIEF[0]]
WEEK = [sentence for _ in range(4) for sentence in BRIEF]
DENIED = [
    "You don't have permission to access this page on this server while you use this browser.",
    "Please enable JavaScript and cookies in your browser, and then load this page again.",
    "If you are behind a proxy or a VPN, your request may have been blocked for security.",
]


def verdict(html: str, paragraphs: list[str]) -> CompletenessVerdict:
    page = page_of(html)
    return judge(page, read_signs(page), paragraphs, word_count(" ".join(paragraphs)), None)


@pytest.mark.parametrize(
    "title",
    [
        "Just a moment: how a photograph stopped a war",
        "Access denied to wheelchair users at half of all stations",
        "Attention required at crossing after third near miss",
        "Einen Moment lang stand die Stadt still",
        "Un instant de grâce au théâtre du port",
        "Un momento di gloria per la squadra",
        "Security check queues grow at northern airport",
        "Captcha inventor wins prize of the academy",
        "잠시만 눈을 감은 도시, 축제가 시작됐다",
        "404 neue Wohnungen am alten Hafen",
        "410 vagas de emprego abertas na região",
        "Error 404: how a council lost its archive",
        "Page not found: the library that mislaid a manuscript",
        "Sign in sheets go missing at town hall",
        "Cookie settings must be as simple as consent, court says",
        "Verify you are registered to vote, electoral board says",
        "Verify your identity online: what the new card can do",
    ],
)
def test_a_headline_that_begins_as_a_gates_title_is_an_articles(title: str) -> None:
    login = "<div class=box><input type=password></div>"

    assert verdict(f"<title>{title} | Courier</title><h1>{title}</h1>{login}", BRIEF) == CompletenessVerdict(
        Completeness.FULL
    )


@pytest.mark.parametrize(
    "title",
    [
        "Just a moment...",
        "Einen Moment, bitte …",
        "Un instant…",
        "Один момент…",
        "请稍候…",
        "Attention Required! | Cloudflare",
        "Access denied | www.courier.example used Cloudflare to restrict access",
        "Access to this page has been denied.",
        "Pardon Our Interruption",
        "Courier - Are you a robot?",
        "Checking your browser before accessing courier.example.",
    ],
)
def test_a_whole_title_of_a_challenge_is_one_whatever_it_tells_the_visitor(title: str) -> None:
    found = verdict(f"<title>{title}</title>", DENIED)

    assert found.completeness is Completeness.CHALLENGE
    assert found.is_certain


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "Error 404 - Courier",
        "Oops! That page can't be found.",
        "Sorry, the page you are looking for does not exist",
        "Erreur 404 : page introuvable",
        "Página no encontrada | El Puerto",
        "Die angeforderte Seite wurde nicht gefunden",
        "Nie znaleziono strony",
        "페이지를 찾을 수 없습니다",
    ],
)
def test_a_whole_title_of_an_error_page_is_a_soft_404(title: str) -> None:
    assert verdict(f"<title>{title}</title>", ["Here is what we wrote today."]).completeness is Completeness.SOFT_404


@pytest.mark.parametrize(
    "inside",
    [
        "<form action=/comment><textarea name=c></textarea><div class=cf-turnstile></div></form>",
        "<div class=h-captcha data-sitekey=x></div>",
        "<script>var a='/cdn-cgi/challenge-platform/scripts/jsd/main.js';</script>",
        "<script src=https://js.datadome.example/tags.js></script>",
        "<script src='/_Incapsula_Resource?SWJIYLWA=719'></script>",
    ],
)
@pytest.mark.parametrize("text", [NOTE, BRIEF], ids=["one paragraph", "three paragraphs"])
def test_a_script_against_robots_on_a_page_with_text_is_no_challenge(inside: str, text: list[str]) -> None:
    found = verdict(f"<h1>Goat on a roof</h1>{inside}", text)

    assert found.completeness is (Completeness.FULL if text is BRIEF else Completeness.UNKNOWN)


def test_a_captcha_on_a_page_without_any_text_is_a_challenge_and_not_a_certain_one() -> None:
    found = verdict("<title>Courier</title><div class=h-captcha></div>", [])

    assert (found.completeness, found.is_certain) == (Completeness.CHALLENGE, False)


def test_no_wall_makes_a_body_of_several_paragraphs_a_challenge() -> None:
    html = "<title>Just a moment...</title><h1>Just a moment</h1><div id=px-captcha></div>"

    assert verdict(html, BRIEF).completeness is Completeness.FULL


@pytest.mark.parametrize(
    "hidden",
    [
        "<div class=paywall hidden>{}</div>",
        "<div class=paywall style='color:red; display : none'>{}</div>",
        "<div style='visibility:hidden'><section class=paywall>{}</section></div>",
        "<template><div class=paywall>{}</div></template>",
        "<noscript><div class=paywall>{}</div></noscript>",
        "<div class=paywall aria-hidden=true>{}</div>",
        "<dialog class=paywall>{}</dialog>",
        "<div class='paywall d-none'>{}</div>",
        "<style>@media print{{p{{color:red}}}} .w, #x {{ display:none }}</style><div class='w paywall'>{}</div>",
    ],
)
@pytest.mark.parametrize("words", ["Subscribe to continue reading", "Réservé aux abonnés", "Nur für Abonnenten"])
def test_a_wall_that_is_not_shown_makes_no_page_paywalled(hidden: str, words: str) -> None:
    wall = hidden.format(f"<p>{words}</p>")

    assert verdict(f"<h1>Goat</h1>{wall}", WEEK).completeness is Completeness.FULL


@pytest.mark.parametrize(
    "shown",
    [
        "<div class=paywall>{}</div>",
        "<dialog open class=paywall>{}</dialog>",
        "<main><footer class=regwall>{}</footer>",
    ],
)
def test_a_wall_that_is_shown_makes_a_short_page_paywalled(shown: str) -> None:
    wall = shown.format("<p class=paywall>Subscribe to continue reading</p>")

    assert verdict(f"<h1>Goat</h1>{wall}", WEEK).completeness is Completeness.PAYWALLED


@pytest.mark.parametrize("stated", ["false", '"False"', '"https://schema.org/False"'])
@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("", Completeness.FULL),
        ("<header><a href=/in>Already a subscriber? Log in</a></header>", Completeness.FULL),
        (f"<div class=paywall>{' '.join(WEEK * 2)}</div>", Completeness.FULL),
        ("<div class=paywall></div>", Completeness.FULL),
        ("<div class=paywall>Nur für Abonnenten</div>", Completeness.PAYWALLED),
        ("<p>Il vous reste 70 % de cet article à lire.</p>", Completeness.PAYWALLED),
    ],
)
def test_a_text_stated_as_closed_is_paywalled_if_something_shows_that_it_is_cut(
    stated: str, inside: str, expected: Completeness
) -> None:
    node = f'{{"@type":"NewsArticle","isAccessibleForFree":{stated}}}'
    script = f'<script type="application/ld+json">{node}</script>'

    assert verdict(f"{script}<h1>Goat</h1>{inside}", WEEK).completeness is expected
