"""The commonest words of a language are known before a warehouse has counted any."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from schemas.history.stories import NewArticle, StoryEventKind
from tasks.pure.stories import placing
from tasks.pure.stories.features import terms
from tasks.pure.stories.function_words import function_words

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
ENGLISH = (
    "The first of the boats that were kept in the port by the storm is to leave on the day that the wind turns.",
    "In the hall of the school that was built by the town the pupils are to sing for the first of the guests.",
    "It was for the sake of the bees that the owners of the orchard had the road to the mill closed in the spring.",
    "The judge said that the man who was found in the loft of the bank had not been able to tell why he was there.",
)
CHINESE = (
    "今天的天氣很好我們去公園。",
    "他的書在桌子上面放著呢。",
    "這個城市的人口在去年增加。",
    "我的朋友在學校教數學課。",
)


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "the"), ("en-GB", "which"), ("de-AT", "und"), ("uk", "що"), ("tr", "ve"), ("nb", "og"), ("ar", "من")],
)
def test_the_commonest_words_are_known(language: str, word: str) -> None:
    assert word in function_words(language)


@pytest.mark.parametrize("language", [None, "", "zh", "und", "x-private", "qqq"])
def test_a_language_without_a_list_has_none(language: str | None) -> None:
    assert function_words(language) == frozenset()


def stories_of(texts: tuple[str, ...], language: str) -> int:
    """In how many stories a new warehouse puts these texts."""
    found = [terms("", text, None, language) for text in texts]
    new = [
        NewArticle(UUID(int=n), language, its.weights, its.is_short, AT + timedelta(hours=n), AT + timedelta(hours=n))
        for n, its in enumerate(found)
    ]
    events = placing.decide_stories(placing.story_vectors(new, (), {}), (), (None, "run", AT)).events
    return sum(one.kind is StoryEventKind.BEGAN for one in events)


def test_the_first_articles_of_a_warehouse_are_no_story_for_their_function_words() -> None:
    assert stories_of(ENGLISH, "en") == 4


def test_nor_are_those_in_a_script_without_spaces() -> None:
    texts = tuple(f"{text}{other}" for text in CHINESE for other in ("第一部分。", "第二部分。", "第三部分。"))
    assert stories_of(CHINESE, "zh") == 4
    assert stories_of(texts, "zh") >= 4
