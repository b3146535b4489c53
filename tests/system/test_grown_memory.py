"""What a site taught since the first fetch makes no version: only what the site itself changed does."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from flows import replay
from flows.running.direct import DirectRunner
from schemas.items.outcome import Reason
from schemas.runs.replay import Fate
from tasks.run.groups import Group
from tasks.run.kit import open_kit
from tasks.run.progress import NoProgress
from tests.hostile.world.good_publisher import HTML, article_html
from tests.support.sites.raw_site import RawSite, answer
from tests.support.stages import Run, run_at, source_of

FIRST_AT = datetime.now(UTC).replace(microsecond=0)
MOTTO = "The Harbour Courier is printed on every working day by the people of Lower Quay."
ADDED = "The harbour master confirmed on Tuesday that nobody had been aboard at the time."
SOURCE = source_of("harbour")
VERSIONS = "SELECT body, words_added, words_removed FROM main.article_versions WHERE url LIKE '%/0' ORDER BY version"


def story(number: int, added: str = "") -> bytes:
    """An article with the site's motto below its text."""
    return answer(article_html(number, foot="".join(f"<p>{text}</p>" for text in (added, MOTTO) if text)), HTML)


def hour(number: int) -> datetime:
    """So many hours after the first run."""
    return FIRST_AT + timedelta(hours=number)


class Told(NamedTuple):
    """The runs in their order, what is stored of the article, and what a replay between them said."""

    first: Run
    others: Run
    again: Run
    changed: Run
    versions: list[tuple[Any, ...]]
    replayed: replay.ReplayOptions


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    home = tmp_path_factory.mktemp("grown")
    own = "harbour.test/0"
    with RawSite({f"/{number}": story(number) for number in range(4)}) as site:
        settings = site.settings("harbour.test", home=home, disk_floor_mb=0, cage_children=1)
        with open_kit(settings, "run", FIRST_AT, "0", NoProgress(), threading.Event()) as kit:
            first = run_at(kit, hour(0), [SOURCE], [own])
            others = run_at(kit, hour(1), [SOURCE], [f"harbour.test/{number}" for number in (1, 2, 3)])
            again = run_at(kit, hour(2), [SOURCE], [own])
            options = replay.ReplayOptions(hour(-1))
            later = replace(kit, run_id="replay", now=hour(3), clock=hour(3).timestamp)
            replay.stages(options, DirectRunner(1), later, [Group(uuid4(), (SOURCE,))])
            site.pages["/0"] = story(0, ADDED)
            changed = run_at(kit, hour(4), [SOURCE], [own])
            versions = kit.warehouse.look(lambda session: session.script(VERSIONS), "asking")
            yield Told(first, others, again, changed, versions, options)


def ended(run: Run) -> tuple[set[Reason], int]:
    """How the URLs of a run ended, and how many stored captures were read again beside them."""
    return set(run.reasons.values()), len(run.found.ledger.readings)


def test_what_the_site_taught_since_is_no_change_of_the_article(told: Told) -> None:
    assert MOTTO in told.versions[0][0]
    assert ended(told.again) == ({Reason.UNCHANGED}, 1)


def test_articles_that_are_met_for_the_first_time_are_compared_with_nothing(told: Told) -> None:
    assert (ended(told.first), ended(told.others)) == (({Reason.LOADED}, 0), ({Reason.LOADED}, 0))


def test_what_the_site_changed_is_a_version_without_what_was_learned_in_its_counts(told: Told) -> None:
    assert ended(told.changed) == ({Reason.LOADED}, 1)
    (_, (body, added, removed)) = told.versions
    assert (ADDED in body, MOTTO in body) == (True, False)
    assert (added, removed) == (len(ADDED.split()), 0)


def test_a_replay_shows_what_memory_improves(told: Told) -> None:
    assert told.replayed.diff.fates[Fate.CHANGED] >= 1
    bodies = [c for each in told.replayed.diff.examples for c in each.changes if c.field == "body"]
    assert any(MOTTO in (change.before or "") and MOTTO not in (change.after or "") for change in bodies)
