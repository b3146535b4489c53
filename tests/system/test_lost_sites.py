"""Sites that are out of reach: the cable to them is cut, or falls silent, in the midst of a run, and is mended later
(make prefect)."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.runs.run import RunState
from tests.support.newsrooms import ask
from tests.support.sites.cables import Cable, cable
from tests.support.sites.papers import Papers, items, open_papers
from tests.support.sites.raw_site import Visit

pytestmark = pytest.mark.prefect
PATHS = ("/a", "/cutting", "/b", "/c")
CUT = {"timeout_connect", "incomplete_body", "bad_http"}
SILENT = {"timeout_read", "timeout_total", "timeout_connect"}


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[Papers]:
    limits: dict[str, Any] = {
        "read_timeout_s": 0.5,
        "connect_timeout_s": 0.5,
        "article_deadline_s": 1.5,
        "feed_deadline_s": 1.5,
    }
    with open_papers(tmp_path, {"one": [items(*PATHS), items(*PATHS, "/later")]}, **limits) as opened:
        yield opened


def wired(papers: Papers, its: Cable) -> None:
    """The papers are reached by the cable only."""
    addresses = {name.rpartition(":")[2] for name in papers.settings.hosts}
    (port,) = addresses
    update = {
        name: tuple(word.replace(f":{port}", f":{its.port}") for word in getattr(papers.settings, name))
        for name in ("hosts", "allow_addresses")
    }
    papers.settings = papers.settings.model_copy(update=update)


def port_of(papers: Papers) -> int:
    return int(papers.settings.hosts[0].rpartition(":")[2])


def let_time_pass(papers: Papers) -> None:
    """As ten minutes later: hosts that could not be reached may be asked again."""
    with closing(sqlite3.connect(papers.settings.hot_path)) as hot, hot:
        hot.execute("DELETE FROM down_hosts")


@pytest.mark.parametrize(("lose", "named"), [(Cable.cut, CUT), (Cable.silence, SILENT)])
def test_a_run_whose_sites_are_lost_midway_names_why_and_the_next_goes_on(
    papers: Papers, lose: Callable[[Cable], None], named: set[str]
) -> None:
    with cable(port_of(papers)) as its:
        wired(papers, its)

        def cutting(_: Visit) -> None:
            lose(its)

        papers.site.pages["/cutting"] = cutting
        midway = papers.run()
        ends = papers.ends(midway, "one")
        assert midway.run.state is RunState.COMPLETED
        assert ends.keys() == set(PATHS)
        assert ends["/cutting"] in named
        assert set(ends.values()) <= named | {"loaded"}

        lost = papers.run(timedelta(minutes=20))
        (feed,) = ask(papers.settings, f"SELECT reason FROM ops.outcomes WHERE run_id = '{lost.run.run_id}'")
        assert (lost.run.state, lost.run.sources_failed) == (RunState.SOURCES_FAILED, ("one",))
        assert feed["reason"] in named

        del papers.site.pages["/cutting"]
        its.mend()
        let_time_pass(papers)
        papers.edition = 1
        mended = papers.run(timedelta(minutes=20))
        assert mended.run.state is RunState.COMPLETED
        assert papers.articles("one") == sorted([*PATHS, "/later"])
        assert ask(papers.settings, "FROM main.article_versions SELECT count(*) AS n") == [{"n": len(PATHS) + 1}]
        assert ask(papers.settings, "FROM reports.unaccounted_urls") == []
