"""The bench's site: its feeds are what the benchmark says they are."""

from urllib.request import Request, urlopen

from bench.inputs.feed_site import ENTRIES, NEWEST_AT, FeedSite, article_urls, feed_of, host_of
from schemas.sources.listing import Listing
from tasks.pure.feeds.read import read_feed
from tasks.pure.urls.domains import registrable_domain


def test_a_feed_lists_twenty_dated_entries() -> None:
    listing = read_feed(feed_of(7), f"http://{host_of(7)}/feed", None, "UTC", NEWEST_AT)

    assert isinstance(listing, Listing)
    assert [entry.url for entry in listing.entries] == article_urls(7)
    assert all(entry.facts.published and entry.facts.published.at for entry in listing.entries)
    assert len(set(article_urls(7))) == ENTRIES


def test_every_feed_is_a_domain_of_its_own() -> None:
    assert len({registrable_domain(f"http://{host_of(number)}/feed") for number in range(50)}) == 50


def test_the_site_answers_feeds_validates_and_counts() -> None:
    with FeedSite(2) as site:
        for host in (host_of(0), host_of(1)):
            with urlopen(Request(f"http://127.0.0.1:{site.port}/feed", headers={"Host": host})) as answer:
                assert answer.headers["ETag"]

        assert site.tally() == {"/feed 200": 2}
        assert site.tally() == {}
