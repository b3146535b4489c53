"""Articles on one event are one story, and each decision names the terms that made it."""

import math
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from tasks.pure.stories.clusters import Placed, join, merge
from tasks.pure.stories.window import Window

AT = datetime(2026, 11, 30, 8, tzinfo=UTC)


def article(name: str, *terms: str, hours: float = 0, is_short: bool = False) -> Placed:
    weight = 1 / math.sqrt(len(terms)) if terms else 0
    return Placed(uuid5(NAMESPACE_URL, name), dict.fromkeys(terms, weight), is_short, AT + timedelta(hours=hours))


def stories(window: Window, *articles: Placed) -> list[UUID]:
    return [one.story_id for one in join(window, articles)]


def test_an_article_joins_the_story_that_shares_its_terms_and_says_which() -> None:
    first, second = join(
        Window(), [article("a", "ferry", "strike", "harbour"), article("b", "ferry", "strike", "pay")]
    )

    assert second.story_id == first.story_id
    assert {share.term for share in second.because} == {"ferry", "strike"}
    assert math.isclose(sum(share.share for share in second.because), 1)
    assert math.isclose(second.cosine, 2 / 3)


def test_another_event_with_one_word_in_common_is_another_story() -> None:
    one, other = stories(
        Window(), article("a", "fire", "school", "roof", "amber"), article("b", "fire", "forest", "winds", "crews")
    )

    assert one != other


def test_a_story_keeps_its_id_while_it_grows() -> None:
    window = Window()
    first = stories(window, article("a", "ferry", "strike"))
    later = stories(window, article("b", "ferry", "strike", "pay"), article("c", "strike", "pay", "ferry", "ends"))

    assert set(first + later) == set(first)


def test_a_story_is_closed_four_days_after_its_last_article_and_open_to_late_ones_before() -> None:
    window = Window()
    first, in_time, too_late = stories(
        window,
        article("a", "ferry", "strike"),
        article("b", "ferry", "strike", hours=95),
        article("c", "ferry", "strike", hours=95 + 97),
    )

    assert first == in_time != too_late
    assert stories(window, article("late", "ferry", "strike", hours=-20)) == [first]


def test_the_order_within_a_batch_leaves_no_event_in_two_stories() -> None:
    window = Window()
    its = [
        article("a", "ferry", "strike", "dock", "wages"),
        article("b", "islands", "supplies", "shops", "empty"),
        article("c", "ferry", "strike", "islands", "supplies"),
    ]
    touched = stories(window, *its)
    merged = merge(window, touched)

    assert len({*touched} - {one.merged_id for one in merged}) == len(window.stories)
    assert sum(story.articles for story in window.stories.values()) == len(its)


def test_the_larger_of_two_merged_stories_keeps_its_id_and_the_terms_are_told() -> None:
    window = Window()
    large, _, small = stories(
        window,
        article("a", "ferry", "strike", "dock"),
        article("b", "ferry", "strike", "dock"),
        article("c", "ferry", "rail", "strike", hours=1, is_short=True),
    )
    for story_id in {large, small}:
        assert story_id in window.stories
    apart = Window()
    one = stories(apart, article("x", "storm", "coast", "trees"), article("y", "storm", "coast", "power"))
    other = stories(apart, article("z", "gale", "night", "roads", hours=150))
    bridge = apart.stories[other[0]]
    bridge.first_at = AT
    apart.grow(bridge, {"storm": 0.8, "coast": 0.6}, AT, False)

    (merged,) = merge(apart, other)

    assert (merged.story_id, merged.merged_id) == (one[0], other[0])
    assert {share.term for share in merged.because} == {"storm", "coast"}
    assert apart.stories[one[0]].articles == 4


def test_an_article_without_terms_is_a_story_of_its_own() -> None:
    one, other = stories(Window(), article("a"), article("b"))

    assert one != other


def test_the_same_articles_in_the_same_order_give_the_same_stories() -> None:
    its = [article(f"{number}", f"word{number % 5}", f"word{number % 3}", "news") for number in range(40)]

    assert stories(Window(), *its) == stories(Window(), *its)


def test_a_headline_alone_needs_less_in_common_to_merge_than_a_text() -> None:
    window = Window()
    touched = stories(
        window,
        article("a", "ferry", "winds", "cable", "owner", is_short=True),
        article("b", "ferry", "island", "queue", "mayor", is_short=True),
        article("c", "river", "winds", "flood", "bank"),
        article("d", "river", "mud", "boats", "fish"),
    )

    merged = merge(window, touched)

    assert [(one.story_id in touched[:2], one.merged_id in touched[:2]) for one in merged] == [(True, True)]
