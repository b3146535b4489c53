"""Which listed articles a run takes up."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from schemas.history.known_urls import KnownUrl
from schemas.items.link import Dated, EntryFacts, Link, Precision
from schemas.items.outcome import Reason
from tasks.pure.polling.revisits import due_links, fold, is_due, newest_first

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
URL = "http://outlet.example/a"


def link(url: str = URL, published: datetime | None = None, **entry: object) -> Link:
    dated = Dated(raw="x", at=published, precision=Precision.SECOND) if published else None
    facts = EntryFacts.model_validate({"published": dated, **entry})
    return Link(url=url, source="outlet", found_in="http://outlet.example/feed", found_at=NOW, entry=facts)


def known(**changes: object) -> KnownUrl:
    seen: dict[str, object] = {
        "source": "outlet",
        "url": URL,
        "last_reason": Reason.LOADED,
        "last_at": NOW - timedelta(minutes=30),
    }
    return KnownUrl.model_validate(seen | changes)


def test_an_unknown_link_is_due() -> None:
    assert is_due(link(), None, NOW)


def test_a_loaded_link_without_a_date_is_not_due_again() -> None:
    assert not is_due(link(), known(), NOW)


@pytest.mark.parametrize("reason", [Reason.TIMEOUT_READ, Reason.RATE_LIMITED, Reason.DNS_ERROR, Reason.INTERRUPTED])
def test_a_failure_that_may_pass_is_tried_by_the_next_run(reason: Reason) -> None:
    assert is_due(link(), known(last_reason=reason), NOW)


@pytest.mark.parametrize(("status", "due"), [(503, True), (500, True), (404, False), (410, False), (403, False)])
def test_a_server_error_is_tried_again_and_a_missing_page_is_not(status: int, due: bool) -> None:
    assert is_due(link(), known(last_reason=Reason.HTTP_ERROR, last_status=status), NOW) is due


def test_an_entry_that_says_it_changed_makes_its_link_due() -> None:
    seen = known(entry_newest_at=NOW - timedelta(hours=2))
    assert is_due(link(published=NOW - timedelta(minutes=1)), seen, NOW)
    assert not is_due(link(published=NOW - timedelta(hours=2)), seen, NOW)


def test_publication_alone_makes_no_listed_link_due() -> None:
    assert not is_due(
        link(), known(published_at=NOW - timedelta(minutes=70), last_at=NOW - timedelta(minutes=30)), NOW
    )


def test_links_go_newest_first_and_undated_ones_last_in_order() -> None:
    links = [link("http://o.example/1"), link("http://o.example/2", NOW), link("http://o.example/3")]
    older = link("http://o.example/4", NOW - timedelta(days=1))
    assert [one.url[-1] for one in newest_first([older, *links])] == ["2", "4", "1", "3"]


def test_a_date_more_than_a_day_ahead_orders_nothing() -> None:
    links = [link("http://o.example/1", NOW), link("http://o.example/2", NOW + timedelta(days=30))]
    assert [one.url[-1] for one in newest_first(links)] == ["1", "2"]
    assert not is_due(links[1], known(entry_newest_at=NOW), NOW)


def test_two_spellings_of_a_url_fold_into_the_first_and_the_other_is_named() -> None:
    tracked = link(URL + "?utm_source=feed")
    kept, others = fold([link(title="A"), tracked])
    assert [one.url for one in kept] == [URL]
    assert [(other.url, stands.url) for other, stands in others] == [(tracked.url, URL)]


def test_the_same_url_twice_is_one_link_whose_gaps_are_filled() -> None:
    kept, others = fold([link(title="A"), link(title="B", summary="S")])
    assert (kept[0].entry.title, kept[0].entry.summary, others) == ("A", "S", [])


def test_nothing_is_lost_between_due_known_and_over_the_cap() -> None:
    links = [link(f"http://o.example/{n}", NOW - timedelta(minutes=n)) for n in range(1_200)]
    seen = {links[0].url: known(url=links[0].url, entry_newest_at=NOW)}
    due, rest, over = due_links(links, seen, NOW)
    assert (len(due), len(rest), len(over)) == (1_000, 1, 199)
    assert due[0].url == links[1].url


FEED = "http://outlet.example/feed"
WORDED = {"article_id": UUID(int=7), "entry_in": FEED, "entry_title": "Ferry late"}
SUMMARY = EntryFacts(summary="It is late.").summary_md5


@pytest.mark.parametrize(
    ("had", "has", "due"),
    [
        (WORDED, {"title": "Ferry late"}, False),
        (WORDED, {"title": "Ferry cancelled"}, True),
        (WORDED, {}, False),
        (WORDED | {"entry_title": None}, {"title": "Ferry late"}, False),
        (WORDED | {"entry_summary_md5": SUMMARY}, {"title": "Ferry late", "summary": "It is late."}, False),
        (WORDED | {"entry_summary_md5": SUMMARY}, {"title": "Ferry late", "summary": "It is gone."}, True),
        (WORDED | {"entry_summary_md5": SUMMARY}, {"title": "Ferry late"}, False),
        (WORDED | {"entry_in": "http://outlet.example/other-feed"}, {"title": "Ferry cancelled"}, False),
        (WORDED | {"article_id": None}, {"title": "Ferry cancelled"}, False),
    ],
)
def test_another_title_or_summary_in_the_same_feed_is_a_reason_to_look_at_once(
    had: dict[str, object], has: dict[str, str], due: bool
) -> None:
    entry = link().model_copy(update={"entry": EntryFacts.model_validate(has)})
    assert is_due(entry, known(**had), NOW) is due


def test_a_change_after_one_that_was_none_of_the_page_waits_six_hours() -> None:
    fickle = WORDED | {"is_entry_fickle": True, "entry_newest_at": NOW - timedelta(days=1)}
    for entry in (link(title="Ferry cancelled"), link(published=NOW)):
        assert not is_due(entry, known(**fickle, last_reason=Reason.UNCHANGED), NOW)
        assert is_due(entry, known(**fickle, last_at=NOW - timedelta(hours=6)), NOW)


def test_a_clock_that_was_ahead_delays_no_look() -> None:
    fickle = known(**WORDED, is_entry_fickle=True, last_at=NOW + timedelta(days=300))
    assert is_due(link(title="Ferry cancelled"), fickle, NOW)
