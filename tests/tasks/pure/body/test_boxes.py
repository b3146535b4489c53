"""Cards and boxes leave the tree whole, and the article stays."""

import pytest

from tasks.pure.body.boxes import prune
from tests.support.extraction_samples import TEXT, article_html, page_of

HEADLINE = "Pilots and port authority quarrel over berth fees, delays feared by summer"
SENTENCE = (
    "The pilots say that the quarrel with the port authority over berth fees will cause delays before summer comes."
)


def left(inside: str) -> str:
    page = page_of(article_html(inside))
    prune(page.tree, url=page.url)
    return " ".join(page.tree.find("body").text_content().split())


def test_the_reading_of_characters_is_no_text() -> None:
    inside = "<p><ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>の<ruby>船<rt>ふね</rt></ruby>が出る。</p>"
    assert "港の船が出る。" in left(TEXT + inside)


@pytest.mark.parametrize(
    "card",
    [
        f'<figure class="k"><a href="/n"><div>{HEADLINE}</div><div>{SENTENCE}</div></a></figure>',
        f'<div class="c"><a href="/n"><div>{HEADLINE}</div><div>{SENTENCE}</div></a></div>',
        f'<div class="c"><h3><a href="/n">{HEADLINE}</a></h3><p>{SENTENCE}</p></div>',
        f'<div class="c"><span>News</span><h3><a href="/n">{HEADLINE}</a></h3><p>{SENTENCE}</p></div>',
        f'<aside><h4><a href="/n">{HEADLINE}</a></h4><p>{SENTENCE}</p></aside>',
        f'<a class="c" href="/n"><h3>{HEADLINE}</h3><p>{SENTENCE}</p></a>',
        f'<p><a href="/n">{HEADLINE}</a></p><p>{SENTENCE}</p>',
        f'<p><strong><a href="/n">{HEADLINE}</a></strong></p>',
        f'<blockquote><p><a href="/n">{HEADLINE}</a></p><p>{SENTENCE}</p></blockquote>',
        f'<article><header><h2><a href="/n">{HEADLINE}</a></h2></header><div><p>{SENTENCE}</p></div></article>',
        f'<ul><li><a href="/n">{HEADLINE}</a></li></ul>',
        f'<ul><li><b>Port and pilots:</b> <a href="/n">{HEADLINE}</a></li></ul>',
        f'<p>Read also: <a href="/n">{HEADLINE}</a></p>',
        f'<div class="newsletter-box"><p>{SENTENCE}</p></div>',
        f'<p class="caption">{SENTENCE}</p>',
        f"<figure><img src=x><figcaption>{SENTENCE}</figcaption></figure>",
    ],
)
def test_a_card_goes_and_the_text_round_it_stays(card: str) -> None:
    assert left(TEXT + card + TEXT) == left(TEXT + TEXT)


@pytest.mark.parametrize(
    "kept",
    [
        f'<p>He said that <a href="/n">{HEADLINE}</a> was what he had read, and that he did not believe it.</p>',
        '<h2><a href="#part-two">Part two of the long story</a></h2>',
        f'<div class="related-themes-of-story">{TEXT * 8}</div>',
        f"<blockquote><p>{SENTENCE}</p></blockquote>",
        f'<p>The <a class="tag-related" href="/n">pilots</a> say that {SENTENCE}</p>',
        f'<p><em>The <a class="tag-related" href="/n">pilots</a></em> say that {SENTENCE}</p>',
        f'<p><a class="tag-related" href="/n">Pilots</a> and <a href="/m">the port</a> quarrel, and {SENTENCE}</p>',
        f'<div class="hentry post tag-related-deals category-newsletter"><p>{SENTENCE}</p></div>',
        f'<h3><a href="https://makers.example/lamp">A lamp of brass</a></h3>{TEXT}',
        f'<ul><li><b>Port and pilots:</b> <a href="/n">{HEADLINE}</a></li><li>The fees rise in May.</li></ul>',
    ],
    ids=[
        "link in a sentence",
        "anchor",
        "box that holds the article",
        "quote",
        "keyword",
        "keyword in an emphasis",
        "keyword that opens the sentence",
        "post",
        "reviewed elsewhere",
        "list with other items",
    ],
)
def test_what_belongs_to_the_article_stays(kept: str) -> None:
    assert page_of(kept).tree.text_content() in left(TEXT + kept + TEXT).replace("  ", " ")


@pytest.mark.parametrize("href", ["/n", "https://www.courier.example/n", "https://[broken/n"])
def test_a_linked_heading_among_paragraphs_that_leads_to_the_same_site_goes(href: str) -> None:
    assert HEADLINE not in left(f'{TEXT}<h3><a href="{href}">{HEADLINE}</a></h3>{TEXT}')


def test_words_for_screen_readers_go_out_of_a_sentence() -> None:
    said = left(f'{TEXT}<p>The council met in the hall<span class="sr-only">(opens a window)</span> and voted.</p>')
    assert "hall and voted" in said or "halland voted" in said


def test_the_mark_of_a_footnote_goes_and_an_exponent_stays() -> None:
    kept = left('<p>The basin holds 40 m<sup>3</sup> of silt<sup><a href="#note-1">1</a></sup>.</p>' + TEXT)

    assert "40 m3 of silt." in kept


def test_a_paragraph_after_a_link_line_stays_when_it_speaks_of_something_else() -> None:
    assert "Four." in left(
        f'{TEXT}<p><a href="/n">{HEADLINE}</a></p><p>The bill was passed by Four. Nobody objected to it.</p>'
    )


def test_a_page_of_links_is_left_alone() -> None:
    links = "".join(f'<p><a href="/{number}">{HEADLINE} {number}</a></p>' for number in range(20))

    assert left(links).count(HEADLINE) in (0, 20)


@pytest.mark.parametrize("href", ["javascript:print()", "mailto:?subject=x", "tel:+43"])
def test_a_row_of_buttons_below_the_headline_takes_no_article_with_it(href: str) -> None:
    text = f'<h1>图书馆出借登山靴</h1><h5><a href="{href}">打印</a></h5><p>河谷的图书馆周末开始出借登山靴。</p>'
    page = page_of(f"<body><div>{text}</div></body>")
    prune(page.tree, url=page.url)

    assert "周末" in page.tree.text_content()


def test_blocks_with_linked_headings_that_hold_the_text_are_the_article() -> None:
    items = "".join(
        f'<section class="walk"><h2><a href="/w/{number}">Der Weg Nummer {number}</a></h2><p>{SENTENCE}</p></section>'
        for number in range(5)
    )

    assert left(items).count("Der Weg Nummer") == 5


@pytest.mark.parametrize(
    "card",
    [
        '<span class="tooltip-text">Das Amt für Brücken</span>',
        '<span role="tooltip">Das Amt für Brücken</span>',
        '<span style="display:none"><a href="/a">Das Amt für Brücken</a></span>',
        "<span hidden>Das Amt für Brücken</span>",
    ],
)
def test_a_card_over_a_word_goes_and_the_word_stays(card: str) -> None:
    said = left(f"{TEXT}<p>Das <a href=/amt>Amt</a>{card} will im Mai entscheiden, wie es weitergeht.</p>")

    assert "Das Amt will im Mai" in said
    assert "Brücken" not in said
