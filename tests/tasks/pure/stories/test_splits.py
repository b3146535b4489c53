"""A story whose articles fall into two parts is proposed to be split, and one that is one is not."""

from datetime import UTC, datetime
from uuid import UUID

from schemas.history.stories import NewArticle, StoryEvent, StoryEventKind
from tasks.pure.stories.splits import propose_split

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
STORY = UUID(int=99)


def article(number: int, *terms: str) -> NewArticle:
    vector = dict.fromkeys((*terms, f"own{number}"), (len(terms) + 1) ** -0.5)
    return NewArticle(UUID(int=number), "en", {}, False, NOON, NOON, vector)


def proposed(*articles: NewArticle) -> list[StoryEvent]:
    return propose_split(STORY, articles, 7, "run", NOON)


FERRY = [article(number, "ferry", "runs", "agrou", "storm") for number in range(10)]
STRIKE = [article(number, "strik", "railw", "union", "storm") for number in range(10, 14)]


def test_the_smaller_part_is_proposed_with_what_it_is_about_and_how_little_it_is_like_the_rest() -> None:
    events = proposed(*FERRY, *STRIKE)

    assert [one.article_id for one in events] == [one.article_id for one in STRIKE]
    assert [one.step for one in events] == [7, 8, 9, 10]
    assert {one.kind for one in events} == {StoryEventKind.SPLIT_PROPOSED}
    assert {one.cosine for one in events} == {0.2}
    assert {one.term for one in events[0].shared} >= {"strik", "railw", "union"}
    assert events[0].why == "4 of 14 articles are more like each other than like the others"


def test_a_story_of_one_event_is_left_alone() -> None:
    assert proposed(*FERRY) == []


def test_parts_that_are_alike_enough_to_be_merged_are_one_story() -> None:
    near = [article(number, "ferry", "runs", "union", "railw") for number in range(10, 14)]

    assert proposed(*FERRY, *near) == []


def test_two_stray_articles_are_no_story() -> None:
    assert proposed(*FERRY, *STRIKE[:2]) == []
