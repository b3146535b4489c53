"""docs/explanation/hostile-web.md, section G over several runs: what moves on a page without being its text, and what
does not."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

import pytest

from schemas.items.outcome import Reason
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress
from tests.hostile.world.good_publisher import HTML, article_html, headline, prose
from tests.support.sites.raw_site import RawSite, Visit, answer
from tests.support.stages import Run, run_at, source_of
from tests.support.warehouse.reading import ask

FIRST_AT = datetime.now(UTC).replace(microsecond=0)
SLUGS = ("same", "noisy", "live", "talk", "parts", "gallery", "canon", "edited", "wire-one", "wire-two")
SOURCES = [source_of(slug) for slug in SLUGS]
SLOGAN = "You read the Estuary Post, which belongs to its readers and to nobody else since 1961."
ENTRY = "<div class='entry'><time datetime='2026-05-01T1{0}:00Z'>1{0}:00</time><p>{1}</p></div>"
BOAT = "<figure><img src=/b.jpg><figcaption>A boat</figcaption></figure>"
WIRE = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "Nine trawlers that had been kept in port by the quarrel over mesh sizes left before dawn.",
        "Their owners gave in after the inspector offered to measure every net twice and to pay for the second time.",
        "Whether the truce outlives the herring season depends on a hearing that was put off three times already.",
        "Wholesalers inland expect cheaper fish by the weekend and longer queues at both smokehouses.",
        "An ice machine that broke down during the strike still waits for a part from the far end of the country.",
    )
)
"""A text of an agency: the other pages have one wording but for names and numbers."""


def wire(head: str = "") -> bytes:
    """The agency's text on a page of its own."""
    shown = headline(15)
    page = f"<html lang=en><head><title>{shown}</title>{head}</head><body><article><h1>{shown}</h1>{WIRE}</article>"
    return answer(page.encode(), HTML)


COMMENTS = "".join(
    f"<li class='comment'><b>r{n}</b><p>I do not believe a word of what r{n - 1} says about the ferry.</p></li>"
    for n in range(1, 9)
)


NUMBERS = count()


def noisy(visit: Visit) -> None:
    """An article among advertisements, counters and times of which no two answers have the same."""
    number = next(NUMBERS)
    noise = (
        f'<div class="ad-slot" data-ad="{number}"><p>Buy {number} boxes of the finest herring tonight.</p></div>'
        f'<p class="share-count">Shared {number} times</p><script>var t={number};</script>'
    )
    visit.send(answer(article_html(20, foot=noise, head=f'<meta name="generated" content="{number}">'), HTML))


def live(entries: int) -> bytes:
    """A live blog with so many entries, the newest first."""
    ld = '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Storm, live"}</script>'
    body = "".join(ENTRY.format(n, prose(10 + n)[0]) for n in reversed(range(entries)))
    return answer(article_html(3, title="Storm, live", head=ld, foot=body), HTML)


def canonical_elsewhere(number: int) -> bytes:
    """An article that says, as all of its site do, that it is another page."""
    head = '<link rel="canonical" href="http://canon.test/latest">'
    return answer(article_html(number, head=head), HTML)


PAGES: dict[str, bytes | Callable[[Visit], None]] = {
    **{f"same.test/{n}": answer(article_html(n, foot=f"<p>{SLOGAN}</p>"), HTML) for n in range(3)},
    "noisy.test/0": noisy,
    "live.test/0": live(2),
    "talk.test/0": answer(article_html(6, foot=f"<ol class='comments'>{COMMENTS}</ol>"), HTML),
    "parts.test/0": answer(article_html(7, head='<link rel="next" href="/0?page=2">'), HTML),
    "gallery.test/0": answer(f"<html><title>Nine boats</title><h1>Nine boats</h1>{BOAT * 9}".encode(), HTML),
    **{f"canon.test/{n}": canonical_elsewhere(10 + n) for n in range(3)},
    "edited.test/0": answer(article_html(14), HTML),
    "wire-one.test/0": wire(),
    "wire-two.test/0": wire('<meta property="og:site_name" content="Two">'),
}


class Told(NamedTuple):
    """Four runs over all pages: the first, one after nothing changed, one after edits, two after a removal."""

    kit: Kit
    runs: list[Run]

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the warehouse."""
        return self.kit.warehouse.look(lambda session: session.script(sql), "asking")

    def versions(self, host: str) -> list[tuple[Any, ...]]:
        """Version, words added and words removed of a host's articles."""
        columns = "version, words_added, words_removed"
        return self.ask(f"SELECT {columns} FROM main.article_versions WHERE url LIKE 'http://{host}/%' ORDER BY 1")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    places = [place for place in PAGES if place != "same.test/2"]
    with RawSite(dict(PAGES)) as site:
        hosts = [f"{slug}.test" for slug in SLUGS]
        settings = site.settings(*hosts, home=tmp_path_factory.mktemp("time"), disk_floor_mb=0, cage_children=1)
        with open_kit(settings, "run", FIRST_AT, "0", NoProgress(), threading.Event()) as kit:
            runs = [run_at(kit, hour(0), SOURCES, places), run_at(kit, hour(2), SOURCES, [*places, "same.test/2"])]
            site.pages["live.test/0"] = live(4)
            site.pages["edited.test/0"] = answer(article_html(14, foot="<p>The mayor has resigned since.</p>"), HTML)
            runs.append(run_at(kit, hour(7), SOURCES, places))
            site.pages["edited.test/0"] = answer(b"gone", status="404 Not Found")
            runs += [run_at(kit, hour(later), SOURCES, ["edited.test/0"]) for later in (25, 50)]
            yield Told(kit, runs)


def hour(number: int) -> datetime:
    """So many hours after the first run."""
    return FIRST_AT + timedelta(hours=number)


def test_g09_what_all_articles_of_a_site_say_ends_with_the_second_of_them(told: Told) -> None:
    texts = {one.url: one.body for one in told.runs[1].found.kept if one.source == "same"}

    assert not [url for url, body in texts.items() if SLOGAN in body]
    assert len(texts) == 3


def test_g09_a_live_blog_that_grows_is_one_article_with_a_version_for_what_came(told: Told) -> None:
    (first, second) = told.versions("live.test")

    assert (first[0], second[0], second[2]) == (1, 2, 0)
    assert second[1] >= len(prose(12)[0].split())


def test_g09_comments_are_no_text(told: Told) -> None:
    (article,) = [one for one in told.runs[0].found.kept if one.source == "talk"]

    assert article.body.split("\n\n") == list(prose(6))


def test_g09_a_page_of_a_story_in_parts_is_one_article_and_fetches_no_other(told: Told) -> None:
    assert told.runs[0].reasons["parts.test/0"] is Reason.LOADED
    assert told.ask("SELECT count(*) FROM main.captures WHERE url LIKE '%page=2%'") == [(0,)]


def test_g09_a_gallery_without_text_is_refused_with_its_reason(told: Told) -> None:
    assert told.runs[0].reasons["gallery.test/0"] is Reason.EMPTY_TEXT


def test_g12_a_canonical_url_that_three_texts_share_is_nobody_s(told: Told) -> None:
    its = [one.canonical_url for one in told.runs[0].found.kept if one.source == "canon"]

    assert its == [f"http://canon.test/{number}" for number in range(3)]


def test_g13_what_changes_around_the_text_with_every_fetch_makes_no_version(told: Told) -> None:
    assert [run.reasons["noisy.test/0"] for run in told.runs[:3]] == [
        Reason.LOADED,
        Reason.UNCHANGED,
        Reason.UNCHANGED,
    ]
    assert told.versions("noisy.test") == [(1, None, None)]


def test_g14_a_silent_edit_is_a_version_and_a_404_twice_a_deletion(told: Told) -> None:
    assert told.versions("edited.test") == [(1, None, None), (2, 5, 0)]
    assert told.ask("SELECT kind, url FROM ops.events WHERE kind = 'deleted'") == [
        ("deleted", "http://edited.test/0")
    ]
    assert told.ask("SELECT count(*) FROM main.articles WHERE url = 'http://edited.test/0'") == [(1,)]


def test_g15_one_story_of_two_publishers_is_kept_by_both_and_told_as_one(told: Told) -> None:
    assert told.ask("SELECT count(*) FROM main.articles WHERE source LIKE 'wire%'") == [(2,)]
    of_wire = "SELECT sources, titles FROM reports.shared_texts WHERE list_contains(sources, 'wire-one')"
    assert ask(told.kit.warehouse, of_wire) == [(["wire-one", "wire-two"], [headline(15)])]
