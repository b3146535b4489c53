"""Extract: what a batch shows of its hosts, and what one bad record costs."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.link import EntryFacts, Link, UrlKind
from schemas.items.outcome import Reason
from schemas.runs.batch import Batch
from schemas.sources.source import Source
from tasks.ingest.extract import extract
from tasks.ingest.fetch import fetch
from tasks.run.groups import Group
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress
from tests.hostile.world.good_publisher import HTML, article_html
from tests.support.sites.raw_site import Behaviour, RawSite, answer

GONE = """<html><title>Oh dear</title><body><h1>Oh dear</h1><p>Sorry, whatever stood at this address has been
moved by us, or was never there. Our editors keep every story of the last ten years, so please have a look at the
archive, use the search field above, or go on to our home page and see what is new today. Request {}.</p></body>"""
WALL = answer(b"<html><title>Just a moment...</title><body><p>Checking your browser.</p></body></html>", HTML)
TDM = "tdm-reservation: 1"
PAGES: dict[str, Behaviour] = {
    **{f"fine.test/{number}": answer(article_html(number), HTML) for number in range(3)},
    **{f"gone.test/{number}": answer(GONE.format(number).encode(), HTML) for number in range(3)},
    "gone.test/real": answer(article_html(5), HTML),
    "wall.test/0": WALL,
    "wall.test/1": WALL,
    "wall.test/2": answer(article_html(6), HTML),
    "wall.test/3": WALL,
    "wall.test/4": WALL,
    "one-wall.test/0": WALL,
    **{f"one-wall.test/{number}": answer(article_html(number + 6), HTML) for number in (1, 2)},
    "cloud.test/0": answer(b"", "cf-mitigated: challenge", status="403 Forbidden"),
    "cloud.test/1": answer(b"", "cf-mitigated: challenge", status="403 Forbidden"),
    "cloud.test/2": answer(article_html(9), HTML),
    "policy.test/tdm": answer(article_html(10), HTML, TDM),
    "policy.test/meta": answer(article_html(11, head='<meta name="robots" content="NoArchive, follow">'), HTML),
    "policy.test/header": answer(article_html(12), HTML, "X-Robots-Tag: otherbot: noarchive", "X-Robots-Tag: none"),
}


class Told:
    """What one batch over all pages came to; the record of fine.test/1 was damaged between the stages."""

    def __init__(self, kit: Kit, before: Batch[Capture], after: Batch[Article]) -> None:
        self.kit = kit
        self.captures = {capture.url: capture for capture in before.ledger.captures}
        self.articles = {article.url: article for article in after.kept}
        self.dropped = sorted(after.dropped, key=lambda outcome: outcome.url)
        self.reasons = {outcome.url.removeprefix("http://"): outcome.reason for outcome in after.dropped}
        self.findings = {finding.source: finding for finding in after.ledger.findings}

    def attempts(self, host: str) -> list[int | None]:
        """Requests for each page of the host without an article."""
        return [outcome.attempts for outcome in self.dropped if outcome.url.startswith(f"http://{host}/")]

    def is_paused(self, host: str) -> bool:
        """Whether no article of the host is asked for now."""
        seen = self.kit.hot.challenged(host, "article")
        return seen is not None and seen.until > self.kit.clock()


def source_at(host: str) -> Source:
    """The source whose pages are the host's."""
    slug = host.removesuffix(".test")
    return Source(slug=slug, name=host, homepage=f"http://{host}/", language="en", country="gb", pace_s=0.0)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    home = tmp_path_factory.mktemp("extract")
    now = datetime.now(UTC)
    hosts = sorted({place.partition("/")[0] for place in PAGES})
    sources = tuple(map(source_at, hosts))
    with RawSite(PAGES) as site:
        settings = site.settings(*hosts, home=home, disk_floor_mb=0, cage_children=1)
        with open_kit(settings, "run", now, "0", NoProgress(), threading.Event()) as kit:
            links = tuple(
                Link(
                    url=f"http://{place}",
                    source=place.partition(".test")[0],
                    kind=UrlKind.ARTICLE,
                    found_in="list",
                    found_at=now,
                    entry=EntryFacts(title=f"What {place} is about"),
                )
                for place in PAGES
            )
            group = Group(uuid4(), sources)
            captured = fetch(kit, group, Batch(batch_id=group.batch_id, run_id="run", kept=links))
            _damage(settings.archive_path, next(c for c in captured.kept if c.url == "http://fine.test/1"))
            yield Told(kit, captured, extract(kit, group, captured))


def _damage(archive: Path, capture: Capture) -> None:
    path = archive / capture.warc.file
    content = bytearray(path.read_bytes())
    content[capture.warc.offset + capture.warc.length // 2] ^= 0xFF
    path.write_bytes(content)


def test_a_damaged_record_costs_its_own_url_and_no_other(told: Told) -> None:
    assert told.reasons["fine.test/1"] is Reason.BAD_RECORD
    assert {"http://fine.test/0", "http://fine.test/2"} <= told.articles.keys()


def test_one_short_text_under_three_urls_of_a_host_is_a_soft_404(told: Told) -> None:
    assert {told.reasons[f"gone.test/{number}"] for number in range(3)} == {Reason.SOFT_404}
    assert "http://gone.test/real" in told.articles


def test_a_host_with_walls_in_a_row_is_asked_for_no_article_and_told_of(told: Told) -> None:
    assert told.reasons["wall.test/0"] is Reason.CHALLENGE_PAGE
    assert told.is_paused("wall.test")
    found = told.findings["wall"]
    assert (found.code, found.severity.value, found.observed) == ("challenge_pages", "warning", 0.8)


def test_one_wall_among_pages_is_told_of_and_nothing_more(told: Told) -> None:
    assert not told.is_paused("one-wall.test")
    assert told.findings["one-wall"].severity.value == "notice"


def test_walls_of_the_past_shut_no_door(told: Told) -> None:
    wall = told.captures["http://one-wall.test/0"]
    past = wall.model_copy(update={"fetched_at": wall.fetched_at - timedelta(days=2)})
    group = Group(uuid4(), (source_at("one-wall.test"),))

    (found,) = extract(told.kit, group, Batch(batch_id=group.batch_id, run_id="run", kept=(past,))).ledger.findings
    assert (found.severity.value, found.observed) == ("notice", 1.0)
    assert not told.is_paused("one-wall.test")


def test_the_second_challenge_by_status_and_header_shuts_out_the_third_page_at_once(told: Told) -> None:
    assert [told.reasons[f"cloud.test/{number}"] for number in range(3)] == [Reason.CHALLENGE_PAGE] * 3
    assert told.attempts("cloud.test") == [1, 1, 0]
    assert told.findings["cloud"].observed == 1.0


def test_challenged_articles_do_not_shut_out_the_feeds_of_the_host(told: Told) -> None:
    assert told.is_paused("cloud.test")
    assert told.kit.hot.challenged("cloud.test", "list") is None
    assert told.kit.hot.paused_until("cloud.test", told.kit.clock()) is None


def test_policies_are_kept_with_capture_and_article_and_honoured_by_the_setting(told: Told) -> None:
    assert told.reasons["policy.test/tdm"] is Reason.POLICY_DENIED
    assert told.captures["http://policy.test/tdm"].policies == ("tdm-reservation",)
    assert told.articles["http://policy.test/meta"].policies == ("noarchive",)
    assert told.articles["http://policy.test/header"].policies == ("noindex",)
