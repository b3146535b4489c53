"""How far a feed's GUIDs are believed."""

from datetime import UTC, datetime

import pytest

from schemas.history.known_urls import KnownGuid, KnownUrl
from schemas.items.link import EntryFacts, Link
from schemas.items.outcome import Reason
from tasks.pure.polling.guids import are_trusted, with_moved, with_origins

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FEED = "http://o.example/feed"


def link(path: str, guid: str | None = "g", title: str | None = "One") -> Link:
    entry = EntryFacts(guid=guid, title=title)
    return Link(url=f"http://o.example/{path}", source="o", found_in=FEED, found_at=NOW, entry=entry)


def remembered(path: str, guid: str = "g", title: str | None = "One", article: str | None = "") -> KnownGuid:
    url = f"http://o.example/{path}"
    canonical_url = url if article == "" else article and f"http://o.example/{article}"
    return KnownGuid(source="o", found_in=FEED, guid=guid, url=url, title=title, canonical_url=canonical_url)


@pytest.mark.parametrize(
    ("links", "memory", "trusted"),
    [
        ([], [], True),
        ([link("a"), link("b", "h")], [], True),
        ([link("a", None), link("b", None)], [], True),
        ([link("a"), link("a?utm_source=feed")], [], True),
        ([link("a"), link("b")], [], False),
        ([link("a")], [remembered("a")], True),
        ([link("a", "h")], [remembered("a")], False),
        ([link("a", "h")], [remembered("a"), remembered("a", "h")], True),
        ([link("b")], [remembered("a")], True),
        ([link("b", title="Two")], [remembered("a")], False),
        ([link("b", title=None)], [remembered("a", title=None)], False),
        ([link("b", title="Edited")], [remembered("a"), remembered("b", article="a")], True),
    ],
)
def test_guids_are_trusted_while_they_are_stable_and_unique(
    links: list[Link], memory: list[KnownGuid], trusted: bool
) -> None:
    assert are_trusted(links, memory) is trusted


@pytest.mark.parametrize(
    ("found", "memory", "known_as"),
    [
        (link("b"), [remembered("a")], "http://o.example/a"),
        (link("a"), [remembered("a")], None),
        (link("a?utm_source=feed"), [remembered("a")], None),
        (link("b", "h"), [remembered("a")], None),
        (link("b", None), [remembered("a")], None),
        (link("b"), [remembered("a", article=None)], None),
        (link("b", title="Two"), [remembered("a")], None),
        (link("b", title="Edited"), [remembered("a"), remembered("b", article=None)], "http://o.example/a"),
        (link("c"), [remembered("a"), remembered("b", article="a")], "http://o.example/a"),
        (link("b"), [remembered("a").model_copy(update={"found_in": "http://o.example/other"})], None),
    ],
)
def test_an_article_moved_where_guid_and_title_stay_and_the_link_does_not(
    found: Link, memory: list[KnownGuid], known_as: str | None
) -> None:
    assert with_moved([found], memory)[0].known_as == known_as


def test_a_moved_article_is_known_as_it_was_at_its_old_link() -> None:
    memory = [remembered("a")]
    old = KnownUrl(source="o", url=memory[0].url, last_reason=Reason.LOADED, last_at=NOW)
    moved = with_moved([link("b")], memory)
    assert with_origins({old.url: old}, moved, memory)[moved[0].url] == old


def test_what_is_known_of_the_new_link_itself_comes_first() -> None:
    memory = [remembered("a")]
    moved = with_moved([link("b")], memory)
    urls = [memory[0].url, moved[0].url]
    known = {url: KnownUrl(source="o", url=url, last_reason=Reason.UNCHANGED, last_at=NOW) for url in urls}
    assert with_origins(known, moved, memory) == known
