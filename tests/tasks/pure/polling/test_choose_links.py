"""What a run takes up of all that the places of one source list."""

from datetime import UTC, datetime

from schemas.history.known_urls import KnownGuid, KnownUrl
from schemas.items.link import EntryFacts, Link, UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from schemas.sources.source import Source
from tasks.pure.polling.choose_links import KnownLinks, Polled, choose, with_trust

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FEED = "http://o.example/feed"
SOURCE = Source(
    slug="o", name="O", homepage="http://o.example/", feeds=(FEED,), language="en", country="gb", pace_s=0
)


def state(url: str = FEED, **changes: object) -> FeedState:
    plain = {"run_id": "r", "source": "o", "url": url, "kind": UrlKind.FEED, "at": NOW, "reason": Reason.OK}
    return FeedState.model_validate(plain | changes)


def link(path: str, found_in: str = FEED, guid: str | None = None) -> Link:
    entry = EntryFacts(guid=guid, title=f"About {path}")
    return Link(url=f"http://o.example{path}", source="o", found_in=found_in, found_at=NOW, entry=entry)


def polled(*links: Link) -> Polled:
    entries = sum(each.found_in == FEED for each in links)
    return Polled(SOURCE, {}, {FEED: state(entries=entries)}, links)


def known(path: str, reason: Reason = Reason.LOADED) -> dict[str, KnownUrl]:
    url = f"http://o.example{path}"
    return {url: KnownUrl(source="o", url=url, last_reason=reason, last_at=NOW)}


def test_every_link_is_due_known_or_refused_and_its_place_counts_it() -> None:
    found = polled(link("/a"), link("/b"), link("/b?utm_source=x"))

    choice = choose(found, KnownLinks(urls=known("/a")), NOW)

    assert [each.url for each in choice.due] == ["http://o.example/b"]
    assert [(each.url, refusal.reason) for each, refusal in choice.refused] == [
        ("http://o.example/b?utm_source=x", Reason.DUPLICATE)
    ]
    observed = choice.observed[FEED]
    assert (observed.entries, observed.entries_known, observed.entries_due, observed.entries_new) == (3, 1, 2, 1)
    assert observed.next_poll_at is not None


def test_a_feed_whose_guid_stands_for_two_links_is_not_believed_and_its_memory_is_left_out() -> None:
    found = polled(link("/a", guid="g"), link("/b", guid="g"))
    past = [KnownGuid(source="o", found_in=FEED, guid="g", url="http://o.example/a")]

    judged, memory = with_trust(found, past)

    assert (judged.observed[FEED].is_guid_trusted, memory) == (False, [])
