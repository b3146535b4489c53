"""Run after run over the same feeds: what is asked again, what is an article, and what is not believed."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from schemas.runs.report import RunReport
from schemas.runs.run import RunState
from tests.support.newsrooms import ask, environment_for
from tests.support.repository import ROOT
from tests.support.sites.papers import Edition, Item, Papers, feed, items, open_papers
from tests.support.sites.raw_site import Visit, answer

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BUSY = answer(b"", "Retry-After: 36000", status="503 Busy")
FLOOD = items(*(f"/flood/{number}" for number in range(11)))
HIJACKED = [Item(f"http://stranger.test/{number}", f"x{number}") for number in range(4)]
EDITIONS: dict[str, tuple[Edition, ...]] = {
    "e11": ([Item("/a", "same"), Item("/b", "same"), Item("/a", "same")],),
    "e12": tuple([Item("/a", f"a-{session}"), Item("/b", f"b-{session}")] for session in "1234"),
    "e13-moved": ([Item("/a", "g1", "One"), Item("/b", "g2")], [Item("/moved/a", "g1", "One"), Item("/b", "g2")]),
    "e13-edited": ([Item("/a", "g1", "One", 7)], [Item("/moved/a", "g1", "One", 8)]),
    "e13-again": ([Item("/a", "first", "One")], [Item("/b", "first", "Two")]),
    "e13-link": ([Item("/a", "old", "One")], [Item("/a", "other", "One")]),
    "tracked": tuple(
        [
            Item(f"/a?id=1&amp;utm_campaign={poll}", "g1", "One"),
            Item(f"/a?fbclid={poll}&amp;id=2", f"{poll}-g2", "Two"),
        ]
        for poll in "1234"
    ),
    "e25": ([Item("/a", "g", "One")], [Item("/b/a", "g", "One")]) * 2,
    "e26-hijack": (items("/a", "/b"), HIJACKED, items("/c", "/a", "/b")),
    "e26-flood": (items("/a"), FLOOD, [*items("/b"), *FLOOD]),
    "empty": (items("/a", "/b"), [], [], items("/a", "/b")),
    "shrank": (items("/a", "/b", "/c", "/d", "/e"), items("/a", "/b")),
    "busy": (items("/a"), BUSY),
    "g12-at-once": (items("/shared/a", "/shared/b", "/shared/c"),),
    "g12-one-by-one": tuple(items(f"/shared/{name}") for name in "abcd"),
    "index": ([],),
    "reworded": (
        [Item("/a", "a", "Ferry late"), Item("/b", "b", "Tide")],
        [Item("/a", "a", "Ferry gone"), Item("/b", "b", "Tide")],
    ),
    "liar": tuple(
        feed(items(*(f"/{name}" for name in "abcd"[:count])), "liar.test", "same") for count in (1, 3, 3, 4)
    ),
}


def sitemap(entry: str, *urls: str) -> bytes:
    name = "sitemapindex" if entry == "sitemap" else "urlset"
    inside = "".join(f"<{entry}><loc>{url}</loc></{entry}>" for url in urls)
    body = f'<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</{name}>'
    return answer(body.encode(), 'ETag: "1"')


def index(visit: Visit) -> None:
    """An index that never changes."""
    is_known = b'If-None-Match: "1"' in visit.request
    fresh = sitemap("sitemap", "http://index.test/news.xml")
    visit.send(b"HTTP/1.1 304 Not Modified\r\n\r\n" if is_known else fresh)


class Told(NamedTuple):
    """Four runs, an hour apart, of one edition each."""

    papers: Papers
    reports: list[RunReport]

    def ends(self, name: str) -> list[dict[str, str]]:
        """What the runs took up at the source, run by run."""
        return [self.papers.ends(report, name) for report in self.reports]

    def findings(self, name: str) -> list[str]:
        """Number of the run and code of each finding about the source."""
        numbered = [(number, each) for number, report in enumerate(self.reports) for each in report.findings]
        return [f"{number} {finding.code}" for number, finding in numbered if finding.source == name]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    def news(visit: Visit) -> None:
        visit.send(sitemap("url", *(f"http://index.test/{name}" for name in "abcd"[: papers.edition + 1])))

    def partial(visit: Visit) -> None:
        """One of the two articles that the feed lists since the second edition."""
        listed = sitemap("url", *(f"http://liar.test/{name}" for name in "ab"[: papers.edition + 1]))
        visit.send(listed.replace(b"ETag", b"X-Unused"))

    pages = {"/index.xml": index, "/news.xml": news, "/partial.xml": partial}
    lines = {
        "liar": 'feeds = ["http://liar.test/feed"]\nsitemaps = ["http://liar.test/partial.xml"]',
        "index": 'sitemaps = ["http://index.test/index.xml"]',
        "e26-flood": 'feeds = ["http://e26-flood.test/feed"]\n[expect]\narticles_per_day = [0, 2]',
    }
    with open_papers(tmp_path_factory.mktemp("polling"), EDITIONS, pages, lines) as papers:
        reports = []
        for papers.edition in range(4):
            reports.append(papers.run(HOUR))
        yield Told(papers, reports)


def test_e11_one_guid_for_two_articles_gives_two(told: Told) -> None:
    assert told.papers.articles("e11") == ["/a", "/b"]
    assert told.papers.states("e11")[0]["is_guid_trusted"] is False


def test_e12_guids_that_change_with_every_poll_give_nothing_twice(told: Told) -> None:
    assert told.ends("e12") == [{"/a": "loaded", "/b": "loaded"}, {}, {}, {}]
    assert [state["is_guid_trusted"] for state in told.papers.states("e12")] == [True, False, False, False]


def test_e15_a_tracker_that_changes_with_every_poll_costs_one_fetch_an_article(told: Told) -> None:
    asked = ask(told.papers.settings, "SELECT url FROM ops.requests WHERE source = 'tracked' AND kind = 'article'")
    assert told.ends("tracked") == [{"/a?id=1&utm_campaign=1": "loaded", "/a?fbclid=1&id=2": "loaded"}, {}, {}, {}]
    assert len(asked) == 2
    assert told.papers.articles("tracked") == ["/a?id=1", "/a?id=2"]
    assert [state["entries_new"] for state in told.papers.states("tracked")] == [2, 0, 0, 0]


def test_e13_an_article_that_moved_is_the_article_that_it_was(told: Told) -> None:
    assert told.ends("e13-moved") == [{"/a": "loaded", "/b": "loaded"}, {}, {}, {}]
    assert told.papers.states("e13-moved")[-1]["is_guid_trusted"] is True


def test_e13_a_moved_article_that_was_edited_is_a_version_of_what_it_was_and_its_outcome_says_so(told: Told) -> None:
    assert told.ends("e13-edited") == [{"/a": "loaded"}, {"/moved/a": "loaded"}, {}, {}]
    assert told.papers.articles("e13-edited") == ["/a"]
    where = "source = 'e13-edited' AND url LIKE '%/moved/a'"
    assert ask(told.papers.settings, f"SELECT version, detail FROM ops.outcomes WHERE {where}") == [
        {"version": 2, "detail": "moved: the article is known as http://e13-edited.test/a"}
    ]


def test_e13_a_guid_that_is_used_again_for_another_article_gives_two(told: Told) -> None:
    assert told.papers.articles("e13-again") == ["/a", "/b"]
    assert told.papers.states("e13-again")[-1]["is_guid_trusted"] is False


def test_e13_another_guid_at_the_same_link_is_the_same_article(told: Told) -> None:
    assert told.ends("e13-link") == [{"/a": "loaded"}, {}, {}, {}]


def test_e25_a_feed_that_flips_between_two_backends_gives_nothing_twice(told: Told) -> None:
    assert told.ends("e25") == [{"/a": "loaded"}, {}, {}, {}]


def test_e26_a_feed_whose_links_all_lead_elsewhere_is_not_taken_up_until_it_is_itself_again(told: Told) -> None:
    ends = told.ends("e26-hijack")
    assert ends[1] == {f"http://stranger.test/{number}": "source_quarantined" for number in range(4)}
    assert ends[2:] == [{"/c": "loaded"}, {}]
    assert told.papers.articles("e26-hijack") == ["/a", "/b", "/c"]
    assert "1 source_quarantined" in told.findings("e26-hijack")


def test_e26_the_hijacked_feed_stays_in_the_archive(told: Told) -> None:
    where = f"source = 'e26-hijack' AND kind = 'feed' AND run_id = '{told.reports[1].run.run_id}'"
    assert len(ask(told.papers.settings, f"FROM main.captures WHERE {where}")) == 1


def test_e26_a_sudden_flood_of_entries_is_not_taken_up_and_what_comes_after_it_is(told: Told) -> None:
    flood = {item.path: "source_quarantined" for item in FLOOD}
    assert told.ends("e26-flood") == [{"/a": "loaded"}, flood, {"/b": "loaded"}, {}]
    assert told.findings("e26-flood") == ["1 source_quarantined"]


def test_a_new_title_in_a_feed_brings_the_next_look_at_the_page_at_once_and_only_one(told: Told) -> None:
    assert told.ends("reworded") == [{"/a": "loaded", "/b": "loaded"}, {"/a": "unchanged"}, {}, {}]


def test_a_304_beside_a_sitemap_with_news_is_found_to_be_wrong_and_validators_are_no_longer_sent(told: Told) -> None:
    assert told.ends("liar") == [{"/a": "loaded"}, {"/b": "loaded"}, {"/c": "loaded"}, {"/d": "loaded"}]
    assert told.findings("liar") == ["2 validators_wrong"]
    states = told.papers.states("liar")
    assert [state["reason"] for state in states] == ["ok", "not_modified", "ok", "ok"]
    assert [state["validators_wrong"] for state in states] == [0, 0, 1, 1]


def test_a_feed_that_went_empty_is_a_finding_while_it_lasts_and_never_a_success(told: Told) -> None:
    assert told.findings("empty") == ["1 feed_went_empty", "2 feed_went_empty"]
    failed = ["empty" in report.run.sources_failed for report in told.reports]
    assert failed == [False, True, True, False]


def test_a_feed_that_lists_under_half_of_what_it_listed_is_a_finding(told: Told) -> None:
    assert told.findings("shrank") == ["1 feed_shrank"]


def test_retry_after_is_when_the_feed_is_asked_next(told: Told) -> None:
    state = told.papers.states("busy")[1]
    assert timedelta(hours=9.9) < state["next_poll_at"] - state["at_utc"] < timedelta(hours=10.1)


def test_g12_a_canonical_link_that_all_pages_share_names_none_of_them(told: Told) -> None:
    assert told.papers.articles("g12-at-once") == ["/shared/a", "/shared/b", "/shared/c"]


def test_g12_pages_that_come_one_by_one_are_told_apart_from_the_third_on(told: Told) -> None:
    assert told.papers.articles("g12-one-by-one") == ["/shared", "/shared/c", "/shared/d"]


def test_an_index_that_did_not_change_does_not_hide_that_its_sitemap_did(told: Told) -> None:
    assert told.ends("index") == [{f"/{name}": "loaded"} for name in "abcd"]


def test_every_url_is_accounted_for_and_no_article_is_there_twice(told: Told) -> None:
    assert ask(told.papers.settings, "FROM reports.unaccounted_urls") == []


def test_a_scheduled_run_asks_what_is_due_and_a_person_what_they_name(tmp_path: Path) -> None:
    with open_papers(tmp_path, {"one": (items("/a"),), "two": (items("/a"),)}) as papers:
        papers.run()
        early = papers.run(MINUTE, poll_all=False)
        assert (papers.site.asked, early.run.state, early.run.urls) == ([], RunState.COMPLETED, 0)
        papers.run(MINUTE, slugs=["two"], poll_all=False)
        assert papers.site.asked == ["/feed"]
        papers.run(13 * MINUTE, poll_all=False)
        assert papers.site.asked == ["/feed"]


def test_a_poll_in_which_nothing_changed_is_one_conditional_request_and_no_work_after_it(tmp_path: Path) -> None:
    code = (
        "import os, sys; from datetime import datetime; from schemas.settings import Settings\n"
        "from tests.support.newsrooms import ingest\n"
        "report = ingest(Settings.from_environment(os.environ), datetime.fromisoformat(sys.argv[1]))\n"
        "print([tally.reason.value for tally in report.outcomes], 'great_expectations' in sys.modules)"
    )
    with open_papers(tmp_path, {"one": (items("/a", "/b"),)}) as papers:
        papers.run()
        papers.site.asked.clear()
        done = subprocess.run(
            [sys.executable, "-c", code, (papers.at + HOUR).isoformat()],
            env=environment_for(papers.settings),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert papers.site.asked == ["/feed"]
    assert done.stdout == "['not_modified'] False\n", done.stderr
