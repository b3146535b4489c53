"""An article is forgotten while a run has it in hand: the accounts close, and its words are nowhere afterwards."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

import flows.backfill
import tasks.ingest.extract
import tasks.ingest.load
import tasks.upkeep.forget_everywhere
from flows.maintain import maintain_with
from schemas.runs.backfill_plan import BackfillOrigin
from schemas.runs.forget import Forgotten
from schemas.settings import Settings
from tasks.demo_site import Newsroom
from tasks.upkeep.forget.ask import Wanted
from tasks.upkeep.forget_everywhere import forget
from tests.support.backfills import backfill
from tests.support.newsrooms import ask, ingest, settings_for
from tests.support.words import files_with
from warehouse.reader.status import status

WORDS = ("shanty", "shanties")
OUTLET = "harbour-gazette"
UNFINISHED = "SELECT count(*) AS n FROM ops.forget_requests ANTI JOIN ops.forget_results USING (forget_id)"
MOMENTS = {
    "its capture passed the check": (tasks.ingest.extract, "obey_captures"),
    "its article passed the check": (tasks.ingest.load, "obey_articles"),
}
"""After the step looked at the tombstones, and before it goes on: the worst instant of each."""


@pytest.fixture(scope="module")
def newsroom() -> Any:
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        yield newsroom


def url_of(newsroom: Newsroom) -> str:
    return next(url for listed in newsroom.listed().values() for url in listed if "shanty" in url)


def forgets_after(place: Any, name: str, settings: Settings, url: str, patch: pytest.MonkeyPatch) -> list[Forgotten]:
    """Let the function, after the first batch that has the page, wait for `newsdesk forget` of that page."""
    done: list[Forgotten] = []
    checked: Callable[..., Any] = getattr(place, name)

    def checked_and_forgotten(kit: Any, batch: Any, *rest: Any) -> Any:
        passed = checked(kit, batch, *rest)
        if not done and any(each.url == url for each in passed.kept):
            done.append(forget(settings, Wanted(url=url), "a letter", "ada", datetime.now(UTC), lambda: None))
        return passed

    patch.setattr(place, name, checked_and_forgotten)
    return done


def assert_gone(settings: Settings, done: list[Forgotten]) -> None:
    [told] = done
    assert len(told.waits_for) == 1
    assert [row["n"] for row in ask(settings, UNFINISHED)] == [1]
    maintain_with(settings, datetime.now(UTC))
    assert files_with(settings.home, WORDS) == {}
    assert [row["n"] for row in ask(settings, UNFINISHED)] == [0]
    assert ask(settings, "FROM reports.unaccounted_urls") == []
    assert status(settings.reader_path).totals.unaccounted_urls == 0
    assert len(ask(settings, "SELECT url FROM main.articles")) > 10


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_ingest_that_has_the_page_in_hand_leaves_nothing_of_it(
    moment: str, newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path / "home", newsroom)
    done = forgets_after(*MOMENTS[moment], settings, url_of(newsroom), monkeypatch)

    ingest(settings, datetime.now(UTC), [OUTLET])

    assert_gone(settings, done)


def test_a_backfill_that_has_the_page_in_hand_leaves_nothing_of_it(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, given = settings_for(tmp_path / "home", newsroom, backfill_pace_s=0.0), tmp_path / "urls.txt"
    given.write_text("\n".join(next(its for its in newsroom.listed().values() if url_of(newsroom) in its)))
    done = forgets_after(flows.backfill, "obey_captures", settings, url_of(newsroom), monkeypatch)

    backfill(settings, BackfillOrigin.URLS, str(given))

    assert_gone(settings, done)


def test_what_a_run_loads_and_ends_with_while_its_page_is_forgotten_goes_in_the_same_command(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, url = settings_for(tmp_path / "home", newsroom), url_of(newsroom)
    swept_once, run_ended = Event(), Event()
    done: list[Future[Forgotten]] = []
    sweep: Callable[..., Any] = vars(tasks.upkeep.forget_everywhere)["sweep"]
    checked: Callable[..., Any] = vars(tasks.ingest.load)["obey_articles"]

    def swept(*given: Any) -> Any:
        found = sweep(*given)
        swept_once.set()
        assert run_ended.wait(60)
        return found

    def checked_and_swept(kit: Any, batch: Any, *rest: Any) -> Any:
        passed = checked(kit, batch, *rest)
        if not done and any(each.url == url for each in passed.kept):
            asked = Wanted(url=url)
            done.append(pool.submit(forget, settings, asked, "a letter", "ada", datetime.now(UTC), lambda: None))
            assert swept_once.wait(60)
        return passed

    monkeypatch.setattr(tasks.upkeep.forget_everywhere, "sweep", swept)
    monkeypatch.setattr(tasks.ingest.load, "obey_articles", checked_and_swept)
    with ThreadPoolExecutor(1) as pool:
        ingest(settings, datetime.now(UTC), [OUTLET])
        assert files_with(settings.home, WORDS)  # The run loaded it behind the first sweep.
        run_ended.set()
        told = done[0].result(60)

    assert told.waits_for == ()
    assert files_with(settings.home, WORDS) == {}
    assert [row["n"] for row in ask(settings, UNFINISHED)] == [0]
    assert ask(settings, "FROM reports.unaccounted_urls") == []
