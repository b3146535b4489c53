"""What was forgotten is left alone, under whatever URL it comes again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.link import Link
from schemas.items.outcome import Reason, Stage
from schemas.runs.batch import Batch, BatchLedger
from schemas.runs.forget import ForgetRequest, ForgetWhat, Tombstone, TombstoneFile, hash_of
from tasks.run.obey_tombstones import obey_articles, obey_captures, obey_links
from tests.support.warehouse.batch_samples import NOON, article, batch, batch_id, capture
from tests.support.warehouse.places import url_of
from warehouse.database.connection import Warehouse
from warehouse.tables.forget.tombstones import write_requests
from warehouse.tables.migrate import migrate

GONE = "https://harbour.example/quokka"
NEW = "https://harbour.example/amp/quokka"
KEPT = "https://harbour.example/ferry"
NAMED = f"forgotten:{hash_of(GONE)}"


@dataclass
class Kit:
    """The parts that the steps use."""

    warehouse: Warehouse
    run_id: str = "run-1"
    now: datetime = NOON

    def at(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """A warehouse in which one page, one source and one period were forgotten."""
    folder: Path = tmp_path_factory.mktemp("obey")
    with Warehouse(url_of(folder)) as warehouse:
        migrate(warehouse, NOON)
        asked = [
            (ForgetWhat.ARTICLE, None, None),
            (ForgetWhat.SOURCE, "shut", None),
            (ForgetWhat.PERIOD, "harbour", NOON - timedelta(days=300)),
        ]
        for what, source, before in asked:
            forget_id = uuid5(NAMESPACE_URL, what)
            request = ForgetRequest(
                forget_id=forget_id, what=what, source=source, before=before, why="a test", asked_by="ada", at=NOON
            )
            stone = Tombstone(forget_id=forget_id, url_hash=hash_of(GONE), at=NOON)
            stones = (stone,) if what is ForgetWhat.ARTICLE else ()
            write_requests(warehouse, [TombstoneFile(request=request, tombstones=stones)])
        yield Kit(warehouse)


def links(*urls: str, source: str = "harbour") -> Batch[Link]:
    its = tuple(Link(url=url, source=source, found_in="feed", found_at=NOON) for url in urls)
    return Batch(batch_id=batch_id("links"), run_id="run-1", kept=its)


def captures(*its: Capture) -> Batch[Capture]:
    return Batch(batch_id=batch_id("pages"), run_id="run-1", kept=its, ledger=BatchLedger(captures=its))


def test_a_link_in_any_spelling_ends_with_a_hash_and_others_go_on(kit: Kit) -> None:
    found = obey_links(kit, links(f"{GONE}?utm_source=x#top", KEPT), Stage.FETCH)

    assert [link.url for link in found.kept] == [KEPT]
    assert [(one.url, one.reason, one.stage) for one in found.dropped] == [(NAMED, Reason.FORGOTTEN, Stage.FETCH)]


def test_a_source_that_was_forgotten_is_left_alone_whole(kit: Kit) -> None:
    assert obey_links(kit, links(KEPT, source="shut"), Stage.FETCH).kept == ()


def test_a_capture_of_the_period_is_not_loaded_again(kit: Kit) -> None:
    old = capture(KEPT, at=NOON - timedelta(days=301))

    assert obey_captures(kit, captures(old, capture(KEPT))).kept == (capture(KEPT),)


def test_a_url_that_leads_to_the_page_is_forgotten_with_it(kit: Kit) -> None:
    moved = capture("https://harbour.example/short/1", final_url=GONE)

    found = obey_captures(kit, captures(moved))

    assert found.kept == ()
    assert found.ledger.captures == (moved,)
    assert obey_links(kit, links(moved.url), Stage.FETCH).kept == ()


def test_a_page_that_says_that_it_is_the_article_is_forgotten_with_it(kit: Kit) -> None:
    of = capture(NEW)
    one: Article = article(of, canonical_url=GONE)

    found = obey_articles(kit, batch([(one, of)]))

    assert found.kept == ()
    [told] = found.dropped
    assert (told.reason, told.stage, told.found_in) == (Reason.FORGOTTEN, Stage.LOAD, of.link.found_in)
    assert obey_links(kit, links(NEW), Stage.FETCH).kept == ()


def test_rows_of_other_peoples_archives_are_not_written(kit: Kit) -> None:
    own = capture(GONE)
    foreign = own.model_copy(update={"warc": own.warc.model_copy(update={"file": "file:///crawl.warc.gz"})})

    assert obey_captures(kit, captures(foreign)).ledger.captures == ()
