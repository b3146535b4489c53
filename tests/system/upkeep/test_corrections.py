"""What a person said against the rules holds: after a rebuild from the archive, and until its page is forgotten."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from flows import rebuild
from flows.running.run import run_flow
from schemas.settings import Settings
from tasks.archive.store import Archive
from tasks.upkeep.corrections import undo_identity, undo_join
from tasks.upkeep.forget.ask import Wanted
from tasks.upkeep.forget_everywhere import forget
from tasks.upkeep.open_warehouse import correct
from tests.support.newsrooms import ask
from tests.support.sites.papers import START, Papers, items, open_papers
from tests.support.sites.raw_site import answer

NAMES = (
    "Kvassholm",
    "Brundage",
    "Ostrovar",
    "Telmadyne",
    "Fjordgate",
    "Wrenmoor",
    "Pellucida",
    "Harksund",
    "Zellbach",
)
FRAMES = {
    "one": "Officials at {} were warned twice before the spill reached open water near {}.",
    "two": "By nightfall {} had sent three tugs, and crews from {} laid booms along the coast.",
    "three": "Nobody in {} expected such damage; fishermen of {} now want to be paid for lost weeks.",
}
COUNCIL = "The council meets on each first Monday, and item {} of its list is what the school roof will cost."
NOW = START + timedelta(hours=30)


def told(title: str, lines: list[str]) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    text = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    return answer(text.encode(), "Content-Type: text/html; charset=utf-8")


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[Papers]:
    """An event that three outlets tell in words of their own, and a text that one outlet has at two addresses."""
    listed = {slug: [items("/spill")] for slug in FRAMES} | {"four": [items("/council"), items("/council", "/roof")]}
    with open_papers(tmp_path / "home", listed) as opened:
        for slug, frame in FRAMES.items():
            lines = [frame.format(name, other) for name, other in zip(NAMES, NAMES[1:] + NAMES[:1], strict=True)]
            opened.site.pages[f"{slug}.test/spill"] = told(f"Spill at {NAMES[0]} and {NAMES[1]}", lines)
        for path in ("/council", "/roof"):
            opened.site.pages[f"four.test{path}"] = told("What the roof costs", [COUNCIL.format(n) for n in range(9)])
        opened.run()
        opened.edition = 1
        opened.run(timedelta(hours=20))
        yield opened


def url_of(settings: Settings, ending: str) -> str:
    [row] = [row for row in ask(settings, "SELECT DISTINCT url FROM main.captures") if row["url"].endswith(ending)]
    return str(row["url"])


def stories(settings: Settings) -> list[Any]:
    return [row["articles"] for row in ask(settings, "SELECT articles FROM main.stories ORDER BY articles")]


def articles(settings: Settings) -> set[str]:
    return {row["canonical_url"] for row in ask(settings, "SELECT canonical_url FROM main.articles")}


def rebuilt(settings: Settings, home: Path) -> Settings:
    """The archive in a warehouse of its own."""
    anew = settings.model_copy(update={"home": home, "archive": str(settings.archive_path), "hosts": ()})
    run_flow("rebuild", rebuild.stages, [], anew, now=NOW)
    return anew


def test_a_rebuild_obeys_what_was_said_and_a_forgotten_page_takes_it_along(papers: Papers, tmp_path: Path) -> None:
    settings = papers.settings
    spill, roof = url_of(settings, "three.test/spill"), url_of(settings, "/roof")
    assert stories(settings) == [1, 3]
    assert roof not in articles(settings)
    assert stories(rebuilt(settings, tmp_path / "before")) == [1, 3]

    correct(settings, NOW, lambda where, now: undo_join(where, settings, spill, "another spill", now))
    correct(settings, NOW, lambda where, now: undo_identity(where, settings, roof, "another roof", now))

    assert stories(settings) == [1, 1, 2]
    after = rebuilt(settings, tmp_path / "after")
    assert stories(after) == [1, 2, 2]  # The page about the roof is an article, and a copy.
    assert roof in articles(after)
    said = "SELECT why FROM ops.story_separations UNION SELECT evidence FROM ops.identities WHERE rule = 'undone'"
    assert ask(after, f"{said} ORDER BY 1") == [{"why": "another roof"}, {"why": "another spill"}]

    told_by_two = url_of(settings, "two.test/spill")
    for url in (told_by_two, spill, roof):
        forget(settings, Wanted(url=url), "a letter", "ada", datetime.now(UTC), lambda: None)
        assert str(uuid5(NAMESPACE_URL, url)) not in "".join(Archive.of(settings).texts("corrections").values())
    assert Archive.of(settings).texts("corrections") == {}
    assert ask(settings, said) == []
