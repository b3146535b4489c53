"""Categories of feeds become tags where the page states none."""

import pytest

from schemas.items.article import Article
from schemas.items.link import EntryFacts
from tasks.pure.article.build import read_article
from tasks.pure.article.categories import says_something
from tests.support.extraction_samples import SOURCE, TEXT, article_html, capture_of


def tags(head: str, *categories: str) -> tuple[str, ...]:
    found = read_article(
        article_html(TEXT, head).encode(), capture_of(entry=EntryFacts(categories=categories)), SOURCE
    )
    assert isinstance(found, Article), found
    return found.tags


def test_the_categories_of_the_feed_are_the_tags_of_a_page_without_any() -> None:
    assert tags("", "Hafen", "Fähre", "Hafen") == ("Hafen", "Fähre")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="keywords" content="boats, quay">',
        '<meta property="article:tag" content="boats"><meta property="article:tag" content="quay">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "keywords": ["boats", "quay"]}</script>',
    ],
)
def test_the_page_outranks_the_feed(head: str) -> None:
    assert tags(head, "Local") == ("boats", "quay")


def test_keywords_that_are_blank_are_none() -> None:
    assert tags('<meta name="keywords" content=" , ">', "Puerto") == ("Puerto",)


@pytest.mark.parametrize(
    "category",
    [
        "Uncategorized",
        "Non classé",
        "Sin categoría",
        "Без рубрики",
        "未分類",
        "http://schemas.google.com/blogger/2008/kind#post",
        "tag:quay.example,2026:local",
        "31907",
        "",
    ],
)
def test_what_is_no_word_for_people_is_no_tag(category: str) -> None:
    assert tags("", category, "Quay") == ("Quay",)


@pytest.mark.parametrize("category", ["Politik", "2026", "5G", "Wetter: Sturm", "経済", "Москва", "C++"])
def test_words_are_tags(category: str) -> None:
    assert says_something(category)
