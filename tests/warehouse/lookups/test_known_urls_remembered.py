"""What discovery and extraction are told of GUIDs, canonical URLs and links that were left over."""

from collections.abc import Mapping

import pytest

from schemas.history.known_urls import KnownGuid
from schemas.items.capture import Capture
from schemas.items.link import EntryFacts
from schemas.items.outcome import Reason
from schemas.runs.batch import BatchLedger
from tests.support.warehouse.batch_samples import FEED, NOON, article, batch, capture, hours, outcome
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse
from warehouse.lookups.known_urls import canonical_claims, known_guids, unfinished_feeds

URL = "https://harbour.example/ferry"


def listed(url: str, guid: str, hour: float = 0) -> Capture:
    plain = capture(url, NOON + hours(hour))
    entry = EntryFacts(title=f"About {guid}", guid=guid)
    return plain.model_copy(update={"link": plain.link.model_copy(update={"entry": entry})})


def test_guids_come_with_title_and_article_oldest_first(warehouse: Warehouse) -> None:
    old, moved = listed(URL, "g"), listed(f"{URL}/moved", "g", 1)
    unread = BatchLedger(captures=(old, moved))
    load_batch(warehouse, batch([(article(old), old)], ledger=unread), NOON)

    found = known_guids(warehouse, {("harbour", "g")}, {})["harbour"]

    assert [(each.found_in, each.guid, each.url) for each in found] == [(FEED, "g", URL), (FEED, "g", f"{URL}/moved")]
    assert [(each.title, each.canonical_url) for each in found] == [("About g", URL), ("About g", None)]


@pytest.mark.parametrize(("guids", "urls", "count"), [(["g"], [], 1), ([], [URL], 1), (["h"], [URL + "/x"], 0)])
def test_a_guid_is_found_by_itself_or_by_its_url(
    warehouse: Warehouse, guids: list[str], urls: list[str], count: int
) -> None:
    load_batch(warehouse, batch([], ledger=BatchLedger(captures=(listed(URL, "g"),))), NOON)

    def of(source: str) -> Mapping[str, list[KnownGuid]]:
        return known_guids(warehouse, {(source, guid) for guid in guids}, {(source, url): url for url in urls})

    assert len(of("harbour").get("harbour", [])) == count
    assert of("other") == {}


def test_the_pages_that_made_versions_of_an_article_are_its_claims(warehouse: Warehouse) -> None:
    pages = [capture(URL), capture(f"{URL}/print", NOON + hours(1))]
    for number, page in enumerate(pages):
        made = article(
            page,
            f"The text of the page is number {number}.",
            canonical_url=URL,
            article_id=article(pages[0]).article_id,
        )
        load_batch(warehouse, batch([(made, page)], f"batch-{number}"), NOON + hours(number))

    claims = canonical_claims(warehouse, {("harbour", URL), ("talblick", URL)})

    assert sorted(claim.url for claim in claims["harbour"]) == [URL, f"{URL}/print"]
    assert len({claim.body_hash for claim in claims["harbour"]}) == 2
    assert not claims["talblick"]


def test_a_feed_is_unfinished_until_its_last_link_was_got_to(warehouse: Warehouse) -> None:
    since = NOON - hours(24)
    load_batch(warehouse, batch([], "b1", dropped=(outcome(URL, Reason.INTERRUPTED),)), NOON)
    assert unfinished_feeds(warehouse, ["harbour"], since) == {"harbour": {FEED}}
    assert unfinished_feeds(warehouse, ["harbour"], NOON) == {}

    ended = outcome(URL, Reason.HTTP_ERROR, run_id="run-2", at=NOON + hours(1))
    load_batch(warehouse, batch([], "b2", run_id="run-2", dropped=(ended,)), NOON)
    assert unfinished_feeds(warehouse, ["harbour"], since) == {}
