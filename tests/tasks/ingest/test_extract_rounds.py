"""A batch learns from its own first pages, whatever order its captures are in, and a revisit makes no version."""

import threading
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

import pytest

from bench.inputs.extract_pages import MadePage, Site
from schemas.items.article import Article
from schemas.items.link import Link
from schemas.items.outcome import Reason
from schemas.items.site_page import Method, PageSight, WrapperState
from schemas.runs.batch import Batch
from schemas.settings import Settings
from tasks.ingest.extract import extract, read, settle
from tasks.ingest.fetch import fetch
from tasks.ingest.learned_sites import Learned
from tasks.run.groups import Group
from tasks.run.kit import open_kit
from tasks.run.progress import NoProgress
from tasks.upkeep.explain_removals import explain_removals
from tests.hostile.world.good_publisher import HTML
from tests.support.sites.raw_site import RawSite, answer
from tests.support.stages import Run, run_at, source_of
from warehouse.reader.publish import publish_reader
from warehouse.reader.url_history import explain

FIRST_AT = datetime.now(UTC).replace(microsecond=0)
PAPER = source_of("paper")
PAGES = 42


class Told(NamedTuple):
    """The pages by URL; what one batch of them gave in two orders, and to a batch behind the first; two runs that
    loaded them; and by whom their earliest and latest page were relieved of something."""

    made: dict[str, MadePage]
    batch: Batch[Article]
    turned: Batch[Article]
    behind: Batch[Article]
    first: Run
    again: Run
    left_out: list[set[str]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    made = {f"http://paper.test/{number}": Site(3, bulk=60).page(number) for number in range(PAGES)}
    places = [url.removeprefix("http://") for url in made]
    links = tuple(Link(url=url, source="paper", found_in="list", found_at=FIRST_AT) for url in made)
    group = Group(uuid4(), (PAPER,))
    with RawSite({f"/{number}": answer(page.html, HTML) for number, page in enumerate(made.values())}) as site:
        settings = site.settings("paper.test", home=tmp_path_factory.mktemp("rounds"), disk_floor_mb=0)
        with open_kit(settings, "run", FIRST_AT, "0", NoProgress(), threading.Event()) as kit:
            pages = fetch(kit, group, Batch(batch_id=group.batch_id, run_id="run", kept=links))
            learned = Learned()
            batch = settle(kit, group, pages, read(kit, group, pages, {}, learned))
            behind = settle(kit, group, pages, read(kit, group, pages, {}, Learned(learned.taught)))
            turned = extract(kit, group, pages.model_copy(update={"kept": pages.kept[::-1]}))
            first = run_at(kit, FIRST_AT, [PAPER], places)
            publish_reader(kit.warehouse, settings.reader_path)
            again = run_at(kit, FIRST_AT + timedelta(hours=1), [PAPER], places)
        sights = sorted(first.found.ledger.sights, key=lambda sight: sight.capture_id)
        left_out = [left_out_by(settings, first, sight) for sight in (sights[0], sights[-1])]
    return Told(made, batch, turned, behind, first, again, left_out)


def left_out_by(settings: Settings, run: Run, sight: PageSight) -> set[str]:
    """The parts of the program that removed blocks of the page, as `newsdesk explain` names them."""
    url = next(one.url for one in run.found.kept if one.capture_id == sight.capture_id)
    removals = explain_removals(settings, explain(settings.reader_path, url), PAPER)
    return {removal.rule.partition(":")[0] for removal in removals}


def wrappers(batch: Batch[Article]) -> list[dict[str, object]]:
    """The wrappers that a batch brings, but for the moment."""
    return [wrapper.model_dump(exclude={"at"}) for wrapper in batch.ledger.wrappers]


def test_the_last_pages_are_read_by_the_wrapper_that_the_first_ones_taught(told: Told) -> None:
    roads = {sight.article_id: sight.road for sight in told.batch.ledger.sights}
    late = [article for article in told.batch.kept if roads[article.article_id] is Method.WRAPPER]

    assert [wrapper.state for wrapper in told.batch.ledger.wrappers] == [WrapperState.TRIAL, WrapperState.TRUSTED]
    assert len(late) == PAGES - 20
    assert [one.body for one in late] == ["\n\n".join(told.made[one.url].paragraphs) for one in late]


def test_in_another_order_the_same_comes_of_a_batch(told: Told) -> None:
    assert {one.url: one.body for one in told.turned.kept} == {one.url: one.body for one in told.batch.kept}
    assert wrappers(told.turned) == wrappers(told.batch)


def test_the_batch_behind_goes_on_with_what_was_learned_and_is_not_loaded_yet(told: Told) -> None:
    assert {sight.road for sight in told.behind.ledger.sights} == {Method.WRAPPER}
    assert not told.behind.ledger.wrappers
    assert {one.url: one.body for one in told.behind.kept} == {
        url: "\n\n".join(page.paragraphs) for url, page in told.made.items()
    }


def test_a_batch_behind_one_that_taught_nothing_goes_on_with_what_is_stored() -> None:
    learned = Learned()
    learned.teach({})

    assert Learned(learned.taught).from_before() == {}


def test_what_a_page_lost_is_explained_by_the_wrapper_that_its_own_batch_learned_and_it_was_read_by(
    told: Told,
) -> None:
    by_rules, by_wrapper = told.left_out

    assert by_rules
    assert "the site's wrapper did not select it" not in by_rules
    assert by_wrapper == {"the site's wrapper did not select it"}


def test_a_page_read_before_its_site_was_known_is_unchanged_when_it_is_seen_again(told: Told) -> None:
    assert set(told.first.reasons.values()) == {Reason.LOADED}
    assert set(told.again.reasons.values()) == {Reason.UNCHANGED}
