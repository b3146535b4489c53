"""What a site taught since the first fetch makes no version: only what the site itself changed does."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from flows import replay
from flows.runner import DirectRunner
from schemas.batch import Batch
from schemas.capture import Capture
from schemas.link import Link
from schemas.outcome import Reason
from schemas.replay import Fate
from schemas.source import Source
from tasks.extract import extract
from tasks.fetch import fetch
from tasks.kit import Group, Kit, open_kit
from tasks.load import load
from tasks.progress import Silence
from tasks.validate import validate
from tests.hostile.good_publisher import HTML, article_html
from tests.tasks.raw_site import RawSite, answer

FIRST_AT = datetime.now(UTC).replace(microsecond=0)
HOST = "harbour.test"
MOTTO = "The Harbour Courier is printed on every working day by the people of Lower Quay."
ADDED = "The harbour master confirmed on Tuesday that nobody had been aboard at the time."
SOURCE = Source(slug="harbour", name="H", homepage=f"http://{HOST}/", language="en", country="gb", pace_s=0)
VERSIONS = "SELECT body, words_added, words_removed FROM main.article_versions WHERE url LIKE '%/0' ORDER BY version"


def story(number: int, added: str = "") -> bytes:
    """An article with the site's motto below its text."""
    return answer(article_html(number, foot="".join(f"<p>{text}</p>" for text in (added, MOTTO) if text)), HTML)


class Run(NamedTuple):
    """What the run at that time did with the paths."""

    reasons: list[Reason]
    readings: int


def run(kit: Kit, hours: int, *paths: str) -> Run:
    """Fetches the paths, and takes them all the way to the warehouse."""
    now = FIRST_AT + timedelta(hours=hours)
    its = replace(kit, run_id=f"run-{hours}", now=now, clock=now.timestamp)
    group = Group(uuid4(), (SOURCE,))
    links = tuple(Link(url=f"http://{HOST}{path}", source="harbour", found_in="list", found_at=now) for path in paths)
    pages = fetch(its, group, Batch(batch_id=group.batch_id, run_id=its.run_id, kept=links))
    found = extract(its, group, fetched_at(pages, now))
    loaded = load(its, validate(found, {}, now, group.languages))
    return Run([one.reason for one in loaded.outcomes], len(found.papers.readings))


def fetched_at(pages: Batch[Capture], now: datetime) -> Batch[Capture]:
    """The batch as a run at that time would have fetched it: the web has a clock of its own."""
    dated = {one.capture_id: one.model_copy(update={"fetched_at": now}) for one in pages.papers.captures}
    papers = pages.papers.model_copy(update={"captures": tuple(dated.values())})
    return pages.model_copy(update={"kept": tuple(dated[one.capture_id] for one in pages.kept), "papers": papers})


class Told(NamedTuple):
    """The runs in their order, what is stored of the article, and what a replay between them said."""

    first: Run
    others: Run
    again: Run
    changed: Run
    versions: list[tuple[Any, ...]]
    replayed: replay.Wish


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    home = tmp_path_factory.mktemp("grown")
    with RawSite({f"/{number}": story(number) for number in range(4)}) as site:
        settings = site.settings(HOST, home=Path(home), disk_floor_mb=0, cage_children=1)
        with open_kit(settings, "run", FIRST_AT, "0", Silence(), threading.Event()) as kit:
            first, others = run(kit, 0, "/0"), run(kit, 1, "/1", "/2", "/3")
            again = run(kit, 2, "/0")
            wish = replay.Wish(FIRST_AT - timedelta(hours=1))
            now = FIRST_AT + timedelta(hours=3)
            later = replace(kit, run_id="replay", now=now, clock=now.timestamp)
            replay.stages(wish, DirectRunner(1), later, [Group(uuid4(), (SOURCE,))])
            site.pages["/0"] = story(0, ADDED)
            changed = run(kit, 4, "/0")
            versions = kit.warehouse.look(lambda session: session.script(VERSIONS), "asking")
            yield Told(first, others, again, changed, versions, wish)


def test_what_the_site_taught_since_is_no_change_of_the_article(told: Told) -> None:
    assert MOTTO in told.versions[0][0]
    assert told.again == Run([Reason.UNCHANGED], readings=1)


def test_articles_that_are_met_for_the_first_time_are_compared_with_nothing(told: Told) -> None:
    assert (told.first, told.others) == (Run([Reason.LOADED], 0), Run([Reason.LOADED] * 3, 0))


def test_what_the_site_changed_is_a_version_without_what_was_learned_in_its_counts(told: Told) -> None:
    assert told.changed == Run([Reason.LOADED], readings=1)
    (_, (body, added, removed)) = told.versions
    assert (ADDED in body, MOTTO in body) == (True, False)
    assert (added, removed) == (len(ADDED.split()), 0)


def test_a_replay_shows_what_memory_improves(told: Told) -> None:
    assert told.replayed.diff.fates[Fate.CHANGED] >= 1
    bodies = [c for each in told.replayed.diff.examples for c in each.changes if c.field == "body"]
    assert any(MOTTO in (change.before or "") and MOTTO not in (change.after or "") for change in bodies)
