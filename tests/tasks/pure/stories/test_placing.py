"""Articles of a batch are placed among the stories that were stored before."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest

from schemas.history.stories import NewArticle, StoriesDecided, StoryEventKind, StoryState
from tasks.pure.stories.clusters import story_of
from tasks.pure.stories.placing import decide_stories, is_merge_due, last_merge, story_probes, story_vectors

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
BY = (None, "run", NOON)
FERRY = ("ferry", "nordh", "runs", "agrou", "storm")


def article(name: str, *terms: str, language: str = "en", hours: float = 0) -> NewArticle:
    at = NOON + timedelta(hours=hours)
    return NewArticle(uuid5(UUID(int=0), name), language, dict.fromkeys(terms, 1.0), False, at, at)


def placed(*articles: NewArticle, states: tuple[StoryState, ...] = ()) -> StoriesDecided:
    return decide_stories(story_vectors(articles, (), {}), states, BY)


def test_a_stored_story_takes_an_article_of_the_next_batch_and_says_so() -> None:
    first = placed(article("one", *FERRY))

    second = placed(article("two", *FERRY[:4], "crew"), states=tuple(first.states))

    (event,) = second.events
    assert event.kind is StoryEventKind.JOINED
    assert event.story_id == first.events[0].story_id == story_of(article("one").article_id)
    assert {one.term for one in event.shared} == set(FERRY[:4])
    assert [(one.story_id, one.articles) for one in second.states] == [(event.story_id, 2)]


@pytest.mark.parametrize("other", [{"language": "de"}, {"hours": 97}, {"hours": -97}])
def test_another_language_and_a_time_beyond_four_days_begin_a_story(other: dict[str, float | str]) -> None:
    first = placed(article("one", *FERRY))

    second = placed(article("two", *FERRY, **other), states=tuple(first.states))  # type: ignore[arg-type] # one at a time

    assert [one.kind for one in second.events] == [StoryEventKind.BEGAN]


def test_equal_articles_have_a_cosine_of_one_at_most() -> None:
    its = [f"term{number}" for number in range(7)]

    _, event = placed(article("one", *its), article("two", *its)).events

    assert event.cosine == pytest.approx(1, abs=0.001)
    assert event.cosine is not None
    assert event.cosine <= 1


def test_an_article_without_terms_is_a_story_of_its_own_that_nothing_is_looked_up_for() -> None:
    made = story_vectors([article("empty")], (), {})

    assert story_probes(made.articles, ()) == []
    assert [one.kind for one in decide_stories(made, (), BY).events] == [StoryEventKind.BEGAN]


def test_an_article_is_kept_from_the_story_that_a_person_took_it_out_of() -> None:
    first = placed(article("one", *FERRY))
    two = article("two", *FERRY)
    made = story_vectors([two], (), {two.article_id: frozenset({first.events[0].story_id})})

    (event,) = decide_stories(made, first.states, BY).events

    assert event.kind is StoryEventKind.BEGAN


@pytest.mark.parametrize(
    ("before", "articles", "is_due"), [(0, 99, False), (0, 100, True), (99, 1, True), (100, 99, False)]
)
def test_stories_are_merged_after_every_hundredth_article(before: int, articles: int, is_due: bool) -> None:
    assert is_merge_due(before, articles) is is_due
    assert last_merge(before) == before - before % 100


def test_a_story_keeps_its_terms_in_latin_letters() -> None:
    (state,) = placed(article("one", "лисса", "паром", language="ru")).states

    assert set(state.latin_terms) == {"lissa", "parom"}
    assert sum(weight * weight for weight in state.latin_weights) == pytest.approx(1, abs=0.001)
