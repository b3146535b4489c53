"""What a box's name removes, and what it does not: text of the article, by what stands in it."""

import pytest

from tasks.pure.body.measures import Measures
from tasks.pure.body.named_boxes import find_boxes, slugged_texts
from tests.support.extraction_samples import SENTENCE, TEXT, article_html, page_of

OTHER = "Nur drei der elf Brücken am Kanal sind nach dem Gutachten des Landes noch für schwere Lastwagen offen."
THIRD = "La mairie promet de rouvrir la bibliothèque du port avant la fin du mois, après deux ans de travaux."


def kept_of(inside: str) -> str:
    """What is left of the article once its boxes are gone."""
    body = page_of(article_html(inside)).tree.find("body")
    for node in find_boxes(body, Measures(body)).boxes:
        node.drop_tree()
    return " ".join(body.text_content().split())


@pytest.mark.parametrize(
    "text",
    [
        f'<h2 id="social-media-ban">A ban in schools</h2><p>{OTHER}</p>',
        f'<h3 id="was-die-sponsoren-sagen">Was die Sponsoren sagen</h3><p>{OTHER}</p>',
        f'<section id="share-prices"><p>{OTHER}</p></section>',
        f'<section data-testid="related-deaths-rise"><h2>Deaths rise</h2><p>{OTHER}</p></section>',
        f'<section id="cookies"><h2>Cookies</h2><p>{THIRD}</p></section>',
        f'<p class="gdpr-text">{OTHER}</p>',
        f'<div class="teaser-content"><p>{OTHER}</p><p>{THIRD}</p></div>',
        f'<div class="subscription-part"><p>{OTHER}</p><p>{THIRD}</p></div>',
        f'<p id="telegram-ban">{THIRD}</p>',
    ],
)
def test_text_of_the_article_stays_whatever_its_name_holds(text: str) -> None:
    said = page_of(f"<body>{text}</body>").tree.text_content()

    assert said in kept_of(TEXT + text + TEXT).replace("  ", " ")


@pytest.mark.parametrize("name", ["subscriber-part", "inline-link-content", "cookie-p"])
def test_elements_of_one_name_that_hold_most_of_the_text_are_no_boxes(name: str) -> None:
    assert (
        kept_of("".join(f'<div class="{name}"><p>{number} {SENTENCE}</p></div>' for number in range(6))).count(
            SENTENCE
        )
        == 6
    )


@pytest.mark.parametrize(
    "lead", [f'<p class="teaser">{THIRD}</p>', f'<div class="article-teaser"><p>{OTHER}</p></div>']
)
def test_a_teaser_below_the_headline_is_the_articles_lead(lead: str) -> None:
    said = page_of(f"<body>{lead}</body>").tree.text_content()

    assert said in kept_of(f'{lead}<div class="text">{TEXT}</div>')
    assert said not in kept_of(f'<div class="text">{TEXT}{lead}{TEXT}</div>')


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="share-box"><p>{OTHER}</p></div>',
        f'<section id="related-articles"><h2>Related articles</h2><p>{OTHER}</p><p>{THIRD}</p></section>',
        f'<div class="teaser-list"><p>{OTHER}</p><p><a href="/n">{THIRD}</a></p></div>',
        f'<div class="newsletter-box"><p>{OTHER}</p><p>{THIRD}</p></div>',
        f'<div class="author-bio"><p>{OTHER}</p><p>{THIRD}</p></div>',
        f'<div class="comment-content"><p>{OTHER}</p><p>{THIRD}</p></div>',
        f'<div class="subscription"><p>{OTHER}</p><p>{THIRD}</p><form><input></form></div>',
        f'<p class="caption">{OTHER}</p>',
        '<h3 class="related-title">Mehr davon</h3>',
        '<h2 id="share-this-article">Share this article</h2>',
        f"<aside><p>{OTHER}</p><p>{THIRD}</p></aside>",
    ],
)
def test_a_box_goes_with_what_is_in_it(box: str) -> None:
    assert kept_of(TEXT + box + TEXT) == kept_of(TEXT + TEXT)


@pytest.mark.parametrize(
    ("attributes", "is_text"),
    [
        ('id="sidebar-politik"', True),
        ('class="nav-umbau"', True),
        ('class="sidebar"', False),
        ('class="hidden cli-support-courier"', False),
        ('class="widget widget-container posteo"', False),
    ],
)
def test_paragraphs_below_a_headlines_words_are_text_for_every_list_of_names(attributes: str, is_text: bool) -> None:
    body = page_of(article_html(f"<div {attributes}><p>{OTHER}</p><p>{THIRD}</p></div>")).tree.find("body")

    assert bool(slugged_texts(body, Measures(body))) is is_text
