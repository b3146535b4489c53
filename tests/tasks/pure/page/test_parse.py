"""A page is parsed once, and no page breaks the parser."""

import pytest

from schemas.items.article import Article
from schemas.items.outcome import Reason, Refusal
from schemas.items.site_page import SiteMemory
from tasks.pure.article.build import extract_article
from tasks.pure.page.parse import read_page
from tests.support.extraction_samples import SOURCE, TEXT, article_html, capture_of, page_of


def test_metas_are_kept_by_name_in_document_order() -> None:
    page = page_of(
        '<head><meta property="article:tag" content="a"><meta name="Article:Tag" content="b &amp;amp; c"></head><p>x'
    )

    assert page.metas["article:tag"] == ("a", "b & c")


def test_microdata_is_read_from_attributes_and_texts() -> None:
    page = page_of(
        "<div itemscope><h1 itemprop=headline>Story</h1><time itemprop=datePublished datetime=2026-05-01>May</time>"
        "<span itemprop=author><b itemprop=name>Ada Winter</b>, reporter</span></div>"
    )

    assert page.microdata == {"headline": ("Story",), "datePublished": ("2026-05-01",), "author": ("Ada Winter",)}


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://cdn.example/x/", "https://cdn.example/x/"),
        ("/sub/", "https://courier.example/sub/"),
        ("javascript:alert(1)", "https://courier.example/local/story"),
        ("file:///etc/", "https://courier.example/local/story"),
    ],
)
def test_a_hostile_base_does_not_count(base: str, expected: str) -> None:
    assert page_of(f'<head><base href="{base}"></head><p>x').base_url == expected


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + "x",
        "<b>" * 100_000 + "x",
        "<table><tr><td>" * 500 + "x",
        "x<br>" * 300_000,
        "<p " + " ".join(f"a{number}=1" for number in range(6000)) + ">x",
    ],
    ids=["divs", "bolds", "tables", "breaks", "attributes"],
)
def test_a_page_beyond_the_bounds_is_a_parse_error(html: str) -> None:
    found = read_page(html, "https://courier.example/")

    assert isinstance(found, Refusal)
    assert found.reason is Reason.PARSE_ERROR


@pytest.mark.parametrize(
    "html",
    [
        "<p>x</p><!-- never closed",
        "<p>x<script>var a = 1; <b>",
        "<p>x<plaintext><p>",
        '<p>x<a href="',
        '<?xml version="1.0" encoding="utf-16"?><html><p>x',
        "<p>x" + "<" + "z" * 100_000 + ">",
        '<p title="' + "y" * 1_000_000 + '">x</p>',
        '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>x &e;',
    ],
)
def test_a_broken_page_still_gives_its_text(html: str) -> None:
    text = page_of(html).tree.text_content()

    assert "x" in text
    assert "root:" not in text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Kai\x08 7", "Kai 7"),
        ("Quay\x0c7", "Quay 7"),
        ("Kai&#8; 7", "Kai 7"),
        ("Quai &#x0B;7", "Quai 7"),
        ("Hafen\ufffe", "Hafen"),
        ("Port&#65535;", "Port"),
        ("caf\x00é", "café"),
        ("a&#9;b&#133;", "a\tb…"),
    ],
)
def test_every_text_of_a_tree_can_be_set_again(written: str, text: str) -> None:
    paragraph = page_of(f"<p>{written}</p>").tree.find(".//p")

    assert paragraph is not None
    read = paragraph.text
    paragraph.text = read

    assert read == text


@pytest.mark.parametrize("character", ["\x08", "&#7;"])
def test_a_control_character_in_a_list_costs_no_page(character: str) -> None:
    items = "".join(
        f"<li>Berth {number} was{character} repaired in the spring of that year.</li>" for number in range(9)
    )
    page = article_html(f"{TEXT}<ul>{items}</ul>")

    article = extract_article(page.encode(), capture_of(), SOURCE, SiteMemory()).answer

    assert isinstance(article, Article)
    assert "Berth 8 was repaired in the spring of that year." in article.body
