"""Canonical URLs that several different articles state."""

from schemas.history.known_urls import CanonicalClaim
from schemas.items.article import Article
from tasks.pure.article.shared_canonicals import claimed_elsewhere, uncollapsed
from tasks.pure.urls.normalise import article_id
from tests.support.warehouse.batch_samples import article as article_of
from tests.support.warehouse.batch_samples import capture

SHARED = "http://o.example/shared"


def article(text: str, canonical_url: str = SHARED) -> Article:
    made = article_of(capture(canonical_url))
    return made.model_copy(
        update={"canonical_url": canonical_url, "article_id": article_id(canonical_url), "body_hash": text}
    )


def identities(pages: dict[str, str], *past: CanonicalClaim, claimed: str = SHARED) -> list[str]:
    """Path of the canonical URL of each page, given by path and text."""
    articles = [article(text, claimed) for text in pages.values()]
    found = uncollapsed(articles, [f"http://o.example/{path}" for path in pages], past)
    assert all(each.article_id == article_id(each.canonical_url) for each in found)
    return [each.canonical_url.rpartition("/")[2] for each in found]


def test_three_pages_with_three_texts_are_three_articles() -> None:
    assert identities({"a": "1", "b": "2", "c": "3"}) == ["a", "b", "c"]


def test_two_pages_may_be_one_article() -> None:
    assert identities({"a": "1", "b": "2"}) == ["shared", "shared"]


def test_many_addresses_of_one_text_are_one_article() -> None:
    assert identities({"a": "1", "b": "1", "c": "1", "d": "2"}) == ["shared"] * 4


def test_many_versions_at_one_address_are_one_article() -> None:
    past = [
        CanonicalClaim(source="o", canonical_url=SHARED, url="http://o.example/a", body_hash=text) for text in "234"
    ]
    assert identities({"a": "1"}, *past) == ["shared"]


def test_the_page_that_is_at_the_shared_address_keeps_it() -> None:
    assert identities({"shared": "1", "a": "2", "b": "3"}) == ["shared", "a", "b"]


def test_pages_of_earlier_runs_count() -> None:
    past = [
        CanonicalClaim(source="o", canonical_url=SHARED, url=f"http://o.example/{name}", body_hash=name)
        for name in "ab"
    ]
    assert identities({"c": "1"}, *past) == ["c"]


def test_a_tracker_in_an_address_makes_no_other_page() -> None:
    assert identities({"a": "1", "a?utm_source=x": "2", "a?utm_source=y": "3"}) == ["shared"] * 3


def test_only_pages_that_claim_another_address_are_asked_about() -> None:
    articles = [article("1"), article("2", "http://o.example/own")]
    assert claimed_elsewhere(articles, ["http://o.example/a", "http://o.example/own?utm_source=x"]) == [SHARED]
