"""A captured page becomes an article, or is refused with a reason."""

import unicodedata
from urllib.parse import urlsplit

import pytest

from schemas.items.article import Article
from schemas.items.link import EntryFacts
from schemas.items.outcome import Reason, Refusal
from tasks.pure.article.build import read_article
from tests.support.extraction_samples import SENTENCE, SOURCE, TEXT, article_html, capture_of


def outcome(html: str | bytes, entry: EntryFacts | None = None) -> Article | Refusal:
    page = html if isinstance(html, bytes) else html.encode()
    return read_article(page, capture_of(entry=entry or EntryFacts()), SOURCE)


def article(html: str | bytes) -> Article:
    found = outcome(html)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"", Reason.EMPTY_BODY),
        (b"%PDF-1.7", Reason.WRONG_TYPE),
        (b"<html>", Reason.EMPTY_TEXT),
        (b"<html><body><div id=root></div><script src=a.js></script></body></html>", Reason.EMPTY_TEXT),
        ("<p>\U0001f642\U0001f642</p>".encode(), Reason.EMPTY_TEXT),
        (b"<div>" * 10_000 + b"deep", Reason.PARSE_ERROR),
        (b"<title>Just a moment...</title><p>Checking.", Reason.CHALLENGE_PAGE),
        (b"<title>Page not found</title><p>Gone.", Reason.SOFT_404),
        (b"<title>Before you continue</title><p>We use cookies.", Reason.CONSENT_PAGE),
    ],
)
def test_a_page_without_an_article_is_refused_with_its_reason(page: bytes, reason: Reason) -> None:
    found = outcome(page)

    assert isinstance(found, Refusal)
    assert found.reason is reason


def test_an_article_keeps_the_record_rules() -> None:
    found = article(article_html(TEXT))

    assert Article.model_validate(found.model_dump()).body == found.body


def test_the_body_is_plain_text_in_paragraphs() -> None:
    body = article(
        article_html(TEXT.replace("ferry", "fer&shy;ry").replace("council", "coun\u200bcil") + "<p>1 &lt; 2</p>")
    ).body

    assert body.split("\n\n")[0] == f"One. {SENTENCE}"
    assert body.endswith("1 < 2")
    assert "\n\n\n" not in body
    assert unicodedata.is_normalized("NFC", body)


def test_line_breaks_separate_paragraphs_when_doubled() -> None:
    text = "<br><br>".join(f"{number}. {SENTENCE}" for number in range(5))

    assert article(article_html(f"<div class=entry-content>{text}</div>")).body.split("\n\n") == text.split(
        "<br><br>"
    )


def test_the_description_that_begins_the_text_is_no_dek() -> None:
    head = f'<meta name="description" content="One. {SENTENCE[:60]}…">'

    assert article(article_html(TEXT, head)).dek is None


def test_a_description_of_its_own_is_the_dek() -> None:
    head = '<meta name="description" content="A narrow vote ends eleven years of argument.">'

    assert article(article_html(TEXT, head)).dek == "A narrow vote ends eleven years of argument."


def test_a_canonical_of_another_site_does_not_count() -> None:
    head = '<link rel="canonical" href="https://elsewhere.example/story">'

    assert urlsplit(article(article_html(TEXT, head)).canonical_url).hostname == "courier.example"


@pytest.mark.parametrize(
    ("stated", "canonical"),
    [
        ("https://courier.example/local/ferry-rebuilt", "https://courier.example/local/ferry-rebuilt"),
        ("courier.example/local/ferry-rebuilt", "https://courier.example/local/ferry-rebuilt"),
        ("https://courier.example/local/", "https://courier.example/top/ferry-rebuilt"),
        ("https://elsewhere.example/local/ferry-rebuilt", "https://courier.example/top/ferry-rebuilt"),
    ],
)
def test_the_page_of_the_json_ld_is_the_canonical_url_if_it_has_the_pages_slug(stated: str, canonical: str) -> None:
    node = f'{{"@type": "NewsArticle", "mainEntityOfPage": {{"@id": "{stated}"}}}}'
    html = article_html(TEXT, f'<script type="application/ld+json">{node}</script>')

    found = read_article(html.encode(), capture_of("https://courier.example/top/ferry-rebuilt"), SOURCE)

    assert isinstance(found, Article)
    assert found.canonical_url == canonical


def test_the_same_page_gives_the_same_article() -> None:
    assert article(article_html(TEXT)) == article(article_html(TEXT))


def test_a_change_of_an_advertisement_does_not_change_the_hash() -> None:
    one, other = (article(article_html(TEXT + f"<div class=advert>Buy {what}</div>")) for what in ("fish", "boats"))

    assert one.body_hash == other.body_hash


@pytest.mark.parametrize("image", ["javascript:alert(1)", "data:image/png;base64,AAAA", "ftp://x.example/i.png"])
def test_an_image_is_http_or_none(image: str) -> None:
    assert article(article_html(TEXT, f'<meta property="og:image" content="{image}">')).image_url is None
