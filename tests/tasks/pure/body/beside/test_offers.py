"""Items of an article that link to other sites stay; headlines of related articles, which link to the same, go."""

import pytest

from tasks.pure.body.beside.offers import offers, unlinked
from tasks.pure.body.boxes import prune
from tasks.pure.body.measures import Measures
from tests.support.extraction_samples import TEXT, article_html, page_of

SITE = "courier.example"


def listed(*hosts: str) -> str:
    items = (
        f'<li><a href="https://{host}/item">A lamp of brass that the {number}. jury liked</a></li>'
        for number, host in enumerate(hosts)
    )
    return f"<ul>{''.join(items)}</ul>"


def count(inside: str, site: str = SITE) -> int:
    body = page_of(article_html(inside)).tree.find("body")
    return len(offers(body, Measures(body, site)))


def test_a_list_of_links_to_other_sites_between_paragraphs_is_the_articles() -> None:
    page = page_of(article_html(TEXT + listed("makers.example", "lamps.example") + TEXT))
    prune(page.tree, url=page.url)
    assert page.tree.find("body").text_content().count("A lamp of brass") == 2


@pytest.mark.parametrize(
    ("inside", "site"),
    [
        (TEXT + listed("courier.example", "lamps.example") + TEXT, SITE),
        (TEXT + listed("www.facebook.com", "lamps.example") + TEXT, SITE),
        (TEXT + listed("lamps.example"), SITE),
        (TEXT + listed("lamps.example") + TEXT, SITE),
        (TEXT + listed("makers.example", "lamps.example"), SITE),
        (TEXT + listed("makers.example", "lamps.example") + TEXT, ""),
    ],
    ids=["own site", "a network", "below the text", "one item", "two below the text", "no domain known"],
)
def test_other_lists_of_links_are_not(inside: str, site: str) -> None:
    assert count(inside, site) == 0


def test_links_are_plain_text_for_a_while_and_links_again_behind_it() -> None:
    body = page_of(article_html(TEXT + listed("makers.example", "lamps.example") + TEXT)).tree.find("body")
    items = offers(body, Measures(body, SITE))
    with unlinked(items):
        assert not any(True for item in items for _ in item.iter("a"))
    assert [link.get("href") for item in items for link in item.iter("a")] == [
        "https://makers.example/item",
        "https://lamps.example/item",
    ]
