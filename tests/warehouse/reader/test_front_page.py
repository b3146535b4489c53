"""What the front page is told: stories, the newest, revisions, and the SQL of each answer."""

from datetime import timedelta
from pathlib import Path

import pytest

from schemas.history.front_page import FrontPage, Period
from tests.support.warehouse.batch_samples import NOON, article, batch, capture, hours, run
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import published
from tests.support.warehouse.story_samples import batches, told
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_run
from warehouse.reader.front_page import front_page, members_sql
from warehouse.reader.queries import answer_rows

END = NOON + hours(12)
DAY = Period(since=END - timedelta(days=1), until=END)
NEWS = "https://harbour.example/news/"


@pytest.fixture
def reader(warehouse: Warehouse) -> Path:
    """An event of three outlets, an older one of four, and articles with odd dates, one of which was revised."""
    events = [
        *(told(1, outlet, NOON + hours(outlet)) for outlet in range(3)),
        *(told(2, outlet, NOON - hours(100 + outlet)) for outlet in range(4)),
    ]
    load_batch(warehouse, batches(events, 10)[0], NOON)
    pages = {name: capture(NEWS + name) for name in ("undated", "ahead", "day", "plain")}
    odd = [
        article(pages["undated"], "Nobody says when it was.", published_at=None, published_precision=None),
        article(pages["ahead"], "It is of tomorrow, it says.", published_at=NOON + hours(20)),
        article(pages["day"], "Of some time of that day.", published_at=NOON - hours(12), published_precision="day"),
        article(pages["plain"], "Two boats sank off the quay.", title="Two boats sink"),
    ]
    load_batch(warehouse, batch(list(zip(odd, pages.values(), strict=True)), "odd"), NOON)
    later = capture(NEWS + "plain", NOON + hours(6), "run-2")
    revised = article(later, "Three boats sank off the quay.", title="Three boats sink", published_at=NOON - hours(1))
    load_batch(warehouse, batch([(revised, later)], "later", run_id="run-2"), NOON + hours(6))
    load_run(warehouse, run(), [])
    return published(warehouse)


@pytest.fixture
def front(reader: Path) -> FrontPage:
    return front_page(reader, DAY)


def test_stories_of_the_period_come_by_outlets(front: FrontPage) -> None:
    first = front.stories[0]
    assert (first.outlets, first.articles, first.sources) == (3, 3, ("harbour", "pier", "quay"))
    assert all(story.last_at >= DAY.since for story in front.stories)
    assert [story.weight for story in front.stories] == sorted((s.weight for s in front.stories), reverse=True)


def test_a_former_day_shows_its_stories_as_they_stood_then(reader: Path) -> None:
    until = NOON - hours(101.5)
    then = front_page(reader, Period(since=until - timedelta(days=1), until=until))
    assert [(story.outlets, story.articles) for story in then.stories] == [(2, 2)]
    assert then.totals.articles_of_period == 2


def test_each_article_says_whence_its_time_is_known(front: FrontPage) -> None:
    by = {each.url.removeprefix(NEWS): (each.at_by, each.at) for each in front.newest}
    assert by["undated"] == ("fetched", NOON)
    assert by["ahead"] == ("ahead", NOON)
    assert by["day"] == ("day", NOON - hours(12))
    assert by["plain"] == ("published", NOON - hours(1))


def test_a_revision_has_both_texts(front: FrontPage) -> None:
    (change,) = front.revisions
    assert (change.title_before, change.title_after) == ("Two boats sink", "Three boats sink")
    assert (change.body_before, change.body_after) == (
        "Two boats sank off the quay.",
        "Three boats sank off the quay.",
    )


def test_the_members_of_a_story_come_in_order_of_time(front: FrontPage) -> None:
    its = [each for each in front.told if each.story_id == front.stories[0].story_id]
    assert [each.source for each in its] == ["harbour", "quay", "pier"]
    assert [each.at for each in its] == sorted(each.at for each in its)


def test_the_counts_are_those_of_the_period(front: FrontPage) -> None:
    assert (front.totals.articles, front.totals.articles_of_period) == (11, 7)
    assert front.totals.newest_at == NOON + hours(1.9)


def test_attention_is_a_share_of_the_articles_of_the_day(front: FrontPage) -> None:
    its = {(row.name, row.day.day): (row.articles, row.share) for row in front.attention if row.by_what == "source"}
    assert its["quay", 23] == (1, 1 / 7)
    assert {day for _, day in its} == {19, 23}


def test_a_word_rises_where_two_sources_have_it_more_often_than_before(front: FrontPage) -> None:
    shared = {each.term for each in front.terms}
    titles = [each.title.lower().split() for each in front.told if each.story_id == front.stories[0].story_id]
    assert shared == {word for title in titles for word in title if sum(word in other for other in titles) >= 2}
    assert all(each.before == 0 and each.sources >= 2 for each in front.terms)


def test_every_query_that_a_page_shows_can_be_asked(reader: Path, front: FrontPage) -> None:
    shown = [*front.asked.values(), members_sql(front.stories[0].story_id)]
    assert all("$" not in sql for sql in shown)
    answers = [answer_rows(reader, sql) for sql in shown]
    assert len(answers[-1].rows) == 3


def test_an_empty_warehouse_has_an_empty_front_page(warehouse: Warehouse) -> None:
    front = front_page(published(warehouse), DAY)
    assert front.totals.articles == front.totals.articles_of_period == 0
    assert front.totals.newest_at is None
    assert [*front.stories, *front.newest, *front.revisions, *front.carried, *front.sources] == []
