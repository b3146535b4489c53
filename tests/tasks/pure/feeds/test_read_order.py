"""The order of a feed's entries: which dates count, and which are the server's clock."""

from datetime import datetime, timedelta

from schemas.items.link import Dated
from schemas.sources.listing import Listing
from tests.tasks.pure.feeds.test_read import AT, item, listing, rss


def test_dates_more_than_a_day_ahead_order_nothing_and_are_kept() -> None:
    dates = {"a": AT, "b": AT + timedelta(hours=25), "c": AT + timedelta(hours=23), "d": AT - timedelta(days=1)}
    found = listing(rss(*(item(link=f"/{name}", date=at.isoformat()) for name, at in dates.items())))

    assert [each.url[-1] for each in found.entries] == ["c", "a", "b", "d"]
    published = {each.url[-1]: each.facts.published for each in found.entries}
    assert published["b"] is not None
    assert published["b"].at == dates["b"]


def test_entries_that_claim_the_far_future_push_no_others_over_the_cap() -> None:
    ahead = [item(link=f"/ahead-{n}", date="Sun, 01 Jan 2040 00:00:00 GMT") for n in range(1_000)]
    found = listing(rss(item(date="9 Nov 2026 12:00 GMT", link="/old"), *ahead, item(link="/new")))

    assert found.entries[0].url == "https://paper.example/new"
    assert found.entries_dropped == 2


def test_dates_that_all_equal_the_time_of_the_fetch_are_the_servers_clock() -> None:
    one, other = AT + timedelta(seconds=5), AT - timedelta(seconds=40)
    clock = listing(rss(*(item(link=f"/{at:%S}", date=at.isoformat()) for at in (one, other))))
    fresh = listing(rss(item(link="/1", date=one.isoformat()), item(link="/2")))
    alone = listing(rss(item(date=one.isoformat())))

    assert instants(clock) == [None, None]
    assert clock.entries[0].facts.published == Dated(raw=one.isoformat())
    assert [instants(found)[0] for found in (fresh, alone)] == [one, one]


def instants(found: Listing) -> list[datetime | None]:
    """The publication dates of the entries."""
    return [(each.facts.published or Dated(raw="")).at for each in found.entries]
