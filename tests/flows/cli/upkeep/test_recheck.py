"""`newsdesk recheck`, `why-missing`, and `explain` of a URL that nobody took up: one source after one ingest."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.support.desks import Desk
from tests.support.newsrooms import environment_for
from tests.support.sites.papers import items, open_papers
from tests.support.sites.raw_site import Visit, answer

GOOD, GONE, SECRET = "http://one.test/boats-leave", "http://one.test/gone", "http://one.test/secret"
ROBOTS = answer(b"User-agent: *\nDisallow: /secret\n", "Content-Type: text/plain")


class Changing:
    """A page whose text changes when `later` is set, and whose server says wrongly that it did not: it answers 304
    to every request with a validator."""

    later = False

    def __call__(self, visit: Visit) -> None:
        if b"If-None-Match: " in visit.request:
            visit.send(answer(b"", status="304 Not Modified"))
            return
        title, was = ("Boats back", "shut") if self.later else ("Boats leave", "open")
        lines = "".join(
            f"<p>Line {n}: the harbour was {was}, and {n} boats came back before noon.</p>" for n in range(8)
        )
        text = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{lines}</article>"
        head = ("Content-Type: text/html; charset=utf-8", 'ETag: "1"')
        visit.send(answer(f"{text}</body></html>".encode(), *head))


class Told(NamedTuple):
    rechecked: Any
    text: str
    asked_again: list[str]
    versions: Any
    refused: Any
    asked_refused: list[str]
    unknown: tuple[int, str]
    missing: Any
    missing_text: str
    other_day: str
    wrong_source: tuple[int, str]
    near: Any
    near_text: str
    nothing: str


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """What the commands print after an ingest of one good, one gone and one forbidden page."""
    changing = Changing()
    pages: dict[str, Any] = {
        "/boats-leave": changing,
        "/gone": answer(b"gone", status="410 Gone"),
        "/robots.txt": ROBOTS,
    }
    with open_papers(
        tmp_path_factory.mktemp("recheck"), {"one": [items("/boats-leave", "/gone", "/secret")]}, pages
    ) as papers:
        papers.run()
        desk = Desk(environment_for(papers.settings) | {"NEWSDESK_TIME_ZONE": "UTC"})

        def asked() -> list[str]:
            seen = [str(each) for each in papers.site.asked]
            papers.site.asked.clear()
            return seen

        asked()
        changing.later = True
        rechecked = desk.json("recheck", GOOD, "--json")
        asked_again = asked()
        text = desk.run("recheck", "one.test/boats-leave").stdout
        asked()
        refused = desk.run("recheck", SECRET, "--json")
        asked_refused = asked()
        unknown = desk.run("recheck", GOOD + "-not")
        polled = desk.json("sql", "SELECT min(at_utc)::DATE::VARCHAR AS day FROM ops.feed_states", "--format", "json")
        day = polled[0]["day"]  # type: ignore[index]  # JSON
        wrong = desk.run("why-missing", "on")
        versions = desk.json("sql", "SELECT version FROM main.article_versions ORDER BY 1", "--format", "json")
        yield Told(
            rechecked,
            text,
            asked_again,
            versions,
            (refused.returncode, refused.stdout),
            asked_refused,
            (unknown.returncode, unknown.stderr),
            desk.json("why-missing", "one", day, "--json"),
            desk.run("why-missing", "one", day).stdout,
            desk.run("why-missing", "one", "2026-11-01").stdout,
            (wrong.returncode, wrong.stderr),
            desk.run("explain", GOOD + "s", "--json").stdout,
            desk.run("explain", GOOD + "s").stdout,
            desk.run("explain", "volcano").stdout,
        )


def test_recheck_fetches_a_page_that_is_not_due_and_loads_what_changed(told: Told) -> None:
    assert any("/boats-leave" in each for each in told.asked_again)
    assert told.rechecked["before"]["reason"] == "loaded"
    assert (told.rechecked["outcome"]["reason"], told.rechecked["outcome"]["version"]) == ("loaded", 2)
    assert told.rechecked["article"]["title"] == "Boats back"
    assert told.versions == [{"version": 1}, {"version": 2}]


def test_recheck_says_how_the_page_ended_before(told: Told) -> None:
    assert told.text.startswith("before: loaded at ")
    assert "unchanged" in told.text


def test_recheck_asks_no_page_that_robots_txt_forbids(told: Told) -> None:
    code, text = told.refused
    assert code == 3
    assert '"robots_denied"' in text
    assert not any("/secret" in each for each in told.asked_refused)


def test_recheck_of_an_unknown_url_names_the_command_that_fetches_it(told: Told) -> None:
    code, text = told.unknown
    assert code == 2
    assert "`newsdesk add URL`" in text


def test_why_missing_tells_what_was_asked_listed_and_refused(told: Told) -> None:
    assert [(each["url"], each["entries"], each["entries_due"]) for each in told.missing["polls"]] == [
        ("http://one.test/feed", 3, 3)
    ]
    assert {each["url"]: each["reason"] for each in told.missing["refused"]} == {
        GONE: "http_error",
        SECRET: "robots_denied",
    }
    assert "robots_denied" in told.missing_text


def test_why_missing_of_a_day_without_a_poll_says_so(told: Told) -> None:
    assert "nothing was asked in this time; it was never polled" in told.other_day


def test_a_wrong_source_gets_the_nearest(told: Told) -> None:
    code, text = told.wrong_source
    assert code == 2
    assert "no run has processed a source 'on'; did you mean 'one'?" in text


def test_explain_of_an_unknown_url_tells_what_became_of_similar_ones_and_when_the_source_was_asked(
    told: Told,
) -> None:
    assert f'"url": "{GOOD}"' in told.near
    assert "similar URLs, as they ended last: 1" in told.near_text
    assert "source one: it was last asked" in told.near_text
    assert "newsdesk why-missing one" in told.near_text


def test_words_that_are_no_url_get_no_neighbours(told: Told) -> None:
    assert told.nothing == "the warehouse does not know volcano\n"
