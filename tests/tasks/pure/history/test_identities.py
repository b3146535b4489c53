"""Which page is which article, decided from pages that are given."""

import random
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from schemas.errors import NewsdeskError
from schemas.history.identity import IdentityRule
from schemas.history.identity_match import KnownIdentity
from schemas.history.load_decisions import Identified, KnownPages
from schemas.history.timeline import VersionKey
from schemas.items.article import Article, Completeness
from schemas.items.capture import Capture
from tasks.pure.history.identities import WINDOW, identify, pages_to_look_up, texts_to_look_up
from tasks.pure.history.same_texts import candidate_of, lookup_hashes
from tests.support.warehouse.batch_samples import NOON, article, batch, capture, hours

FERRY = "https://harbour.example/ferry"
SEA = "https://harbour.example/sea/ferry-sails"
LONG = " ".join(f"The ferry number {number} sails to the island." for number in range(12))


def page(url: str, text: str = LONG, known_as: str | None = None, **changes: Any) -> tuple[Article, Capture]:
    its = capture(url)
    its = its.model_copy(update={"link": its.link.model_copy(update={"known_as": known_as})})
    return article(its, text, **{"published_at": NOON - hours(9)} | changes), its


def known(*of: Article, **changes: Any) -> KnownPages:
    """A version of each of these articles is stored."""
    versions = [VersionKey(article_id=one.article_id, version=1, loaded_at=NOON) for one in of]
    candidates = [candidate_of(one, one.article_id) for one in of]
    return KnownPages({}, versions, candidates, candidates)._replace(**changes)


def identified(stored: KnownPages, *pages: tuple[Article, Capture]) -> Identified:
    its = batch(pages)
    return identify(its, pages_to_look_up(its), stored, NOON)


def rules_of(found: Identified) -> Sequence[tuple[str, str]]:
    return [(row.canonical_url, row.rule.value) for row in found.rows]


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        (page(f"{FERRY}/amp"), "variant"),
        (page(FERRY.replace("https:", "http:"), LONG), "variant"),
        (page(SEA), "same_text"),
        (page(SEA, "The ferry no longer sails to the island.", known_as=FERRY), "guid"),
    ],
    ids=["variant", "http", "same text", "guid"],
)
def test_a_page_is_a_known_article_by_guid_address_or_text(other: tuple[Article, Capture], rule: str) -> None:
    found = identified(known(page(FERRY)[0]), other)

    assert rules_of(found) == [(FERRY, rule)]
    assert found.articles[0].article_id == uuid5(NAMESPACE_URL, FERRY)
    assert found.pages == {other[1].capture_id: uuid5(NAMESPACE_URL, other[0].canonical_url)}


def test_a_page_that_an_older_version_stored_under_another_form_is_that_article() -> None:
    former = "https://harbour.example/sand&gravel"
    found = identified(known(page(former)[0]), page("https://harbour.example/sand%26gravel"))

    assert rules_of(found) == [(former, "variant")]
    assert found.articles[0].article_id == uuid5(NAMESPACE_URL, former)


@pytest.mark.parametrize(
    "other",
    [
        page(SEA, "A text that is short."),
        page(SEA, completeness=Completeness.TEASER),
        page(SEA, published_at=NOON - hours(99)),
        page(SEA, LONG.replace("ferry", "bus"), known_as=f"{FERRY}/unknown"),
    ],
    ids=["short", "teaser", "another day", "unknown GUID"],
)
def test_a_page_without_evidence_stays_an_article_of_its_own(other: tuple[Article, Capture]) -> None:
    found = identified(known(page(FERRY)[0]), other)

    assert (rules_of(found), found.articles[0]) == ([], other[0])


def test_one_text_at_any_number_of_addresses_is_one_article() -> None:
    pages = [
        page(f"https://harbour.example/noticia/Z59BAEC38-ADF2/{slug}") for slug in ("a", "b", "c", "d", "e", "f")
    ]

    found = identified(known(), *pages)

    assert len({one.article_id for one in found.articles}) == 1
    assert [row.rule.value for row in found.rows] == ["same_text"] * 5


SHORT = "Der Fährbetrieb ruht am Sonntag wegen Nebels, teilt die Reederei mit."


@pytest.mark.parametrize(
    ("one", "other", "rules"),
    [
        ("/stadt/faehre-ruht-am-sonntag", "/land/faehre-ruht-am-sonntag", ["same_text"]),
        ("/a/47119-faehre", "/b/nebel-47119.html", ["same_text"]),
        ("/artikel?id=4711900", "/druck?id=4711900", ["same_text"]),
        ("/stadt/1", "/land/2", []),
        ("/2026/11/20261120/a", "/2026/11/20261120/b", []),
    ],
)
def test_a_short_text_is_one_article_where_the_addresses_share_a_slug_or_a_number(
    one: str, other: str, rules: list[str]
) -> None:
    host = "https://harbour.example"
    stored = page(f"{host}{one}", SHORT)[0]

    assert [row.rule.value for row in identified(known(stored), page(f"{host}{other}", SHORT)).rows] == rules


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, [(FERRY, "same_text")]),
        ({"published_at": NOON - hours(3)}, [(FERRY, "same_text")]),
        ({"published_at": NOON - hours(99)}, []),
        ({"text": LONG + " It is free."}, []),
        ({"word_count": 79}, []),
    ],
    ids=["same day", "re-dated", "another day", "another text", "short"],
)
def test_a_body_under_another_title_and_address_is_its_article(
    changes: dict[str, Any], rules: list[tuple[str, str]]
) -> None:
    stored = page(FERRY, body_hash="ab" * 32)[0]
    retold = page(SEA, **{"title": "A ferry returns", "body_hash": "cd" * 32} | changes)

    assert rules_of(identified(known(stored), retold)) == rules


TOLD = [f"word{number}" for number in random.Random(1).sample(range(4000), 300)]
REPRINT = " ".join(["Updated", *TOLD[:100], "edited", *TOLD[101:]])


@pytest.mark.parametrize(
    ("url", "changes", "rules"),
    [
        (SEA, {}, ["same_text"]),
        (f"{SEA}/47119-b", {"title": "It sails"}, ["same_text"]),
        (SEA, {"title": "It sails"}, []),
        (SEA, {"published_at": None, "published_precision": None}, []),
        (SEA, {"published_at": NOON - hours(99)}, []),
        (SEA, {"completeness": Completeness.TEASER}, []),
        (SEA, {"text": " ".join([*TOLD[:200], *(f"{word}s" for word in TOLD[200:])])}, []),
        (SEA, {"text": " ".join(TOLD[:200])}, []),
        (SEA, {"text": " ".join([*TOLD, *TOLD[::-1]])}, []),
    ],
    ids=[
        "edited",
        "shared number",
        "another title and address",
        "undated",
        "another day",
        "teaser",
        "a third rewritten",
        "cut",
        "within a longer text",
    ],
)
def test_an_edited_reprint_is_its_article_where_title_or_address_and_date_agree(
    url: str, changes: dict[str, Any], rules: list[str]
) -> None:
    stored = page(f"{FERRY}/47119-a", " ".join(TOLD))[0]

    found = identified(known(stored), page(url, **{"text": REPRINT} | changes))

    assert [row.rule.value for row in found.rows] == rules


def test_an_edited_reprint_that_two_articles_are_like_is_neither() -> None:
    one, other = page(FERRY, " ".join(TOLD))[0], page(SEA, " ".join(TOLD), title="It sails")[0]

    found = identified(known(one, other), page(f"{SEA}/2", REPRINT))

    assert found.rows == []


def test_an_edited_reprint_of_a_page_in_the_same_batch_is_its_article() -> None:
    found = identified(known(), page(FERRY, " ".join(TOLD)), page(SEA, REPRINT))

    assert rules_of(found) == [(FERRY, "same_text")]
    assert "but for a few words" in found.rows[0].evidence


def test_a_page_that_was_decided_on_stays_that_article_and_is_not_decided_again() -> None:
    ferry, sea = page(FERRY)[0], page(SEA, "Another text altogether.")
    before = KnownIdentity(
        page_id=sea[0].article_id,
        page_url=SEA,
        article_id=ferry.article_id,
        canonical_url=FERRY,
        source="harbour",
        rule=IdentityRule.GUID,
    )

    found = identified(known(ferry, identities={sea[0].article_id: before}), sea)

    assert (found.rows, found.articles[0].article_id) == ([], ferry.article_id)


def test_a_page_that_shared_a_text_is_itself_again_when_its_text_is_another() -> None:
    ferry, sea = page(FERRY)[0], page(SEA, "Another text altogether.", title="Sea")
    before = KnownIdentity(
        page_id=sea[0].article_id,
        page_url=SEA,
        article_id=ferry.article_id,
        canonical_url=FERRY,
        source="harbour",
        rule=IdentityRule.SAME_TEXT,
    )

    found = identified(known(ferry, identities={sea[0].article_id: before}), sea)

    assert (rules_of(found), found.articles[0].article_id) == ([(SEA, "undone")], sea[0].article_id)


def test_texts_are_looked_up_for_new_pages_that_are_whole_within_a_month_of_their_fetch() -> None:
    fresh, stored, short = page(SEA)[0], page(FERRY)[0], page(f"{SEA}/2", "A text that is short.")[0]

    wanted = texts_to_look_up([fresh, stored, short], {}, known(stored).versions)

    assert wanted is not None
    assert wanted.texts == [("harbour", fresh.body_hash, lookup_hashes(fresh)), ("harbour", short.body_hash, ())]
    assert (wanted.first, wanted.last) == (NOON - WINDOW, NOON + WINDOW)


def test_an_article_without_its_capture_is_an_error() -> None:
    its = batch([page(FERRY)])
    orphan = its.model_copy(update={"ledger": its.ledger.model_copy(update={"captures": ()})})

    with pytest.raises(NewsdeskError, match="no capture"):
        pages_to_look_up(orphan)
