"""Identities: pages that are one article, by rules that are kept with their evidence and can be undone."""

import random
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from schemas.errors import UsageError
from schemas.items.article import Article, Completeness
from schemas.items.capture import Capture
from schemas.runs.batch import Batch, Loaded
from tests.support.warehouse.batch_samples import NOON, article, batch, capture, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask, look
from warehouse.database.connection import Warehouse
from warehouse.load.corrections import corrections, write_corrections
from warehouse.load.identities import undo_identity

FERRY = "https://harbour.example/ferry"
LONG = " ".join(f"The ferry number {number} sails to the island." for number in range(12))
OTHER = " ".join(f"The council decided on point {number} of the list." for number in range(12))
ROWS = "SELECT page_url, canonical_url, rule FROM ops.identities ORDER BY at_utc, rule"


def page(
    url: str, text: str = LONG, at_hour: float = 0, known_as: str | None = None, **changes: Any
) -> tuple[Article, Capture]:
    """An article of that address, with a known day of publication."""
    its = capture(url, NOON + hours(at_hour), f"run-{at_hour}")
    its = its.model_copy(update={"link": its.link.model_copy(update={"known_as": known_as})})
    fields = {"published_at": NOON - hours(9), "links_out": ()}
    return article(its, text, **fields | changes), its


def load(warehouse: Warehouse, *pages: tuple[Article, Capture], name: str = "a") -> Loaded:
    run_id = pages[0][1].run_id
    return load_batch(warehouse, batch(pages, f"{name} {run_id}", run_id=run_id), pages[-1][1].fetched_at)


def told(loaded: Loaded) -> list[tuple[str, str, int | None]]:
    return sorted((one.url, one.reason.value, one.version) for one in loaded.outcomes)


def articles(warehouse: Warehouse) -> list[str]:
    return [row[0] for row in look(warehouse, "SELECT canonical_url FROM main.articles ORDER BY canonical_url")]


def test_one_article_under_many_addresses_is_one_article_and_each_address_says_why(warehouse: Warehouse) -> None:
    load(warehouse, page(FERRY))
    amp, copy = page(f"{FERRY}/amp", at_hour=2), page("https://harbour.example/sea/ferry-sails", at_hour=3)
    moved = page("https://harbour.example/ferry-2", OTHER, 4, known_as=FERRY)

    results = [told(load(warehouse, one)) for one in (amp, copy, moved)]

    assert [(result[0][1], result[0][2]) for result in results] == [("unchanged", 1), ("unchanged", 1), ("loaded", 2)]
    assert look(warehouse, ROWS) == [
        (amp[0].canonical_url, FERRY, "variant"),
        (copy[0].canonical_url, FERRY, "same_text"),
        (moved[0].canonical_url, FERRY, "guid"),
    ]
    assert articles(warehouse) == [FERRY]
    assert ask(warehouse, "FROM reports.unaccounted_urls") == []


def test_addresses_of_one_batch_are_resolved_together(warehouse: Warehouse) -> None:
    loaded = load(warehouse, page(f"{FERRY}/amp", at_hour=0.2), page(FERRY), page(f"{FERRY}/", at_hour=0.1))

    assert told(loaded) == [(FERRY, "duplicate", 1), (f"{FERRY}/", "duplicate", 1), (f"{FERRY}/amp", "loaded", 1)]
    assert articles(warehouse) == [FERRY]


def test_an_address_that_was_decided_on_stays_that_article_when_its_text_grows(warehouse: Warehouse) -> None:
    load(warehouse, page(FERRY))
    load(warehouse, page("https://harbour.example/sea", at_hour=1))

    grown = page("https://harbour.example/sea", f"{LONG} It is free.", at_hour=2)

    assert told(load(warehouse, grown)) == [("https://harbour.example/sea", "loaded", 2)]
    assert articles(warehouse) == [FERRY]
    assert len(look(warehouse, ROWS)) == 1


def test_an_address_whose_text_turns_out_to_be_another_is_an_article_of_its_own_again(warehouse: Warehouse) -> None:
    load(warehouse, page(FERRY))
    load(warehouse, page("https://harbour.example/council", at_hour=1))

    load(warehouse, page("https://harbour.example/council", OTHER, 2, title="Council decides"))

    assert [row[2] for row in look(warehouse, ROWS)] == ["same_text", "undone"]
    assert articles(warehouse) == ["https://harbour.example/council", FERRY]
    assert look(warehouse, "SELECT title FROM main.articles ORDER BY canonical_url") == [
        ("Council decides",),
        ("Ferry sails",),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "lighthouse"},
        {"word_count": 49},
        {"completeness": Completeness.PAYWALLED},
        {"published_at": NOON - hours(9 + 72)},
    ],
)
def test_what_only_may_be_the_same_stays_two_articles(warehouse: Warehouse, changes: dict[str, Any]) -> None:
    load(warehouse, page(FERRY))

    load(warehouse, page("https://harbour.example/sea", at_hour=1, **changes))

    assert look(warehouse, ROWS) == []
    assert len(articles(warehouse)) == 2


def test_an_amp_address_with_another_text_stays_an_article_of_its_own(warehouse: Warehouse) -> None:
    load(warehouse, page(FERRY))

    load(warehouse, page(f"{FERRY}/amp", OTHER, 1))

    assert look(warehouse, ROWS) == []


def test_a_text_under_any_slug_is_one_article_and_a_page_that_gets_its_own_text_is_itself_again(
    warehouse: Warehouse,
) -> None:
    load(warehouse, page(FERRY))
    for number in range(6):
        load(warehouse, page(f"https://harbour.example/{number}", at_hour=1 + number))
    assert (len(look(warehouse, ROWS)), articles(warehouse)) == (6, [FERRY])

    load(warehouse, page("https://harbour.example/3", OTHER, 9, title="Council decides"))

    assert articles(warehouse) == ["https://harbour.example/3", FERRY]


def test_a_body_under_another_title_and_address_is_the_next_version_of_its_article(warehouse: Warehouse) -> None:
    load(warehouse, page(FERRY))
    renamed = page("https://harbour.example/back", at_hour=5, title="The ferry is back", body_hash="ab" * 32)

    assert told(load(warehouse, renamed)) == [("https://harbour.example/back", "loaded", 2)]
    assert articles(warehouse) == [FERRY]
    assert look(warehouse, "SELECT title FROM main.articles") == [("The ferry is back",)]


def test_an_edited_reprint_under_another_address_is_the_next_version_of_its_article(warehouse: Warehouse) -> None:
    told = [f"word{number}" for number in random.Random(1).sample(range(4000), 200)]
    load(warehouse, page(FERRY, " ".join(told)), page(f"{FERRY}/other", OTHER, title="Council decides"))
    load(warehouse, page("https://lighthouse.example/back", " ".join(told), source="lighthouse"), name="b")

    edited = page("https://harbour.example/back", " ".join([*told[:90], "edited", *told[91:]]), at_hour=5)
    loaded = load(warehouse, edited)

    assert [(one.reason.value, one.version) for one in loaded.outcomes] == [("loaded", 2)]
    assert look(warehouse, ROWS) == [("https://harbour.example/back", FERRY, "same_text")]


def test_an_identity_that_is_undone_splits_what_was_read_and_what_will_be(warehouse: Warehouse) -> None:
    sea = "https://harbour.example/sea"
    load(warehouse, page(FERRY))
    load(warehouse, page(sea, at_hour=1))
    load(warehouse, page(sea, f"{LONG} It is free.", 2))
    assert articles(warehouse) == [FERRY]

    undo_identity(warehouse, sea, "they only share a text", NOON + hours(3))

    assert articles(warehouse) == [FERRY, sea]
    assert look(warehouse, "SELECT word_count FROM main.articles ORDER BY canonical_url")[0] == (len(LONG.split()),)
    again = load(warehouse, page(sea, f"{LONG} It is free.", 4), name="b")
    other = load(warehouse, page(sea, f"{LONG} It costs a fee.", 5), name="b")
    assert (told(again)[0][1:], told(other)[0][1:]) == (("unchanged", 2), ("loaded", 3))
    assert look(
        warehouse, f"SELECT article_id = '{uuid5(NAMESPACE_URL, sea)}' FROM main.article_versions WHERE version = 3"
    ) == [(True,)]
    assert ask(warehouse, "SELECT canonical_url FROM articles_as_of('2026-11-24') ORDER BY 1") == [(FERRY,), (sea,)]


def test_what_was_said_of_a_page_before_it_is_met_holds_too(warehouse: Warehouse) -> None:
    sea = "https://harbour.example/sea"
    load(warehouse, page(FERRY))
    load(warehouse, page(sea, at_hour=1))
    undo_identity(warehouse, sea, "they only share a text", NOON + hours(3))
    said = corrections(warehouse)
    warehouse.write("test", lambda session: session.script("DELETE FROM ops.identities"), "a new warehouse")
    assert corrections(warehouse) == []

    write_corrections(warehouse, said)
    load(warehouse, page(sea, f"{LONG} It is free.", 4), name="b")

    assert articles(warehouse) == [FERRY, sea]
    assert corrections(warehouse) == said
    assert [one.identity.evidence for one in said if one.identity] == ["they only share a text"]


def test_what_is_no_other_pages_article_cannot_be_undone(warehouse: Warehouse) -> None:
    load(warehouse, page(FERRY))

    with pytest.raises(UsageError, match="nothing to undo"):
        undo_identity(warehouse, FERRY, "no", NOON)


def test_loading_all_again_under_other_ids_decides_nothing_new(warehouse: Warehouse) -> None:
    pages: Sequence[tuple[Article, Capture]] = [
        page(FERRY),
        page(f"{FERRY}/amp", at_hour=2),
        page("https://harbour.example/sea", at_hour=3),
        page("https://harbour.example/ferry-2", OTHER, 4, known_as=FERRY),
    ]
    for one in pages:
        load(warehouse, one)
    state = "SELECT * EXCLUDE (loaded_at) FROM main.article_versions ORDER BY article_id, version"
    before = (
        look(warehouse, ROWS),
        look(warehouse, state),
        look(warehouse, "SELECT event_id FROM ops.events ORDER BY 1"),
    )

    again: list[Batch[Article]] = [
        batch([one], f"again {one[0].url}", run_id=one[1].run_id) for one in reversed(pages)
    ]
    for each in again:
        load_batch(warehouse, each, NOON + hours(9))

    assert (
        look(warehouse, ROWS),
        look(warehouse, state),
        look(warehouse, "SELECT event_id FROM ops.events ORDER BY 1"),
    ) == before
