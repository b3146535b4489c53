"""Decides the stories of a batch's new articles from what is stored: the rules of a load that concern stories."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nlargest
from typing import NamedTuple
from uuid import UUID

from schemas.history.stories import (
    NO_LANGUAGE,
    STEPS_AN_ARTICLE,
    KnownFrequency,
    NewArticle,
    Probe,
    StoriesDecided,
    StoryEvent,
    StoryEventKind,
    StoryState,
    TermShare,
    VectorsMade,
)
from schemas.items.article import ArticleVersion, Cause
from tasks.pure.stories import clusters
from tasks.pure.stories.across_languages import heaviest
from tasks.pure.stories.features import terms
from tasks.pure.stories.frequencies import Frequencies, FrequenciesByLanguage, Vector
from tasks.pure.stories.window import OPEN_FOR, PROBES, Story, Window

MERGED_EVERY = 100
"""Articles after which stories that grew are merged, counted through all batches: where a batch ends decides nothing.
After each article instead, B-cubed F1 on ECB+ falls by .02."""
ALL = ""
"""The term that stands for all articles of a language."""
_FLOOR = 0.1
_FLOOR_SHORT = 0.05
"""Least cosine by the heaviest terms alone: stories below it are far from the thresholds of a join or merge."""
_DECIMALS = 6


class Decision(NamedTuple):
    """In whose name stories are decided. `at` is the time of the load (UTC)."""

    batch_id: UUID | None
    run_id: str
    at: datetime


@dataclass
class _Known:
    """Stories by language, as they grow. `placed`: by story, the number of its last article; `last_steps`: by story
    that changed, the last decision about it; `ended`: stories that were merged into others."""

    step: int = 0
    placed: dict[UUID, int] = field(default_factory=dict)
    languages: dict[UUID, str] = field(default_factory=dict)
    windows: defaultdict[str, Window] = field(default_factory=lambda: defaultdict(Window))
    last_steps: dict[UUID, int] = field(default_factory=dict)
    ended: dict[UUID, Story] = field(default_factory=dict)


def new_articles(versions: Iterable[ArticleVersion], leading: Mapping[UUID, UUID]) -> list[NewArticle]:
    """The articles that these versions are the first of, in the order of their captures; without the copies, which
    `leading` has with the article whose text it is: they are of that article's story."""
    first = [one for one in versions if one.cause is Cause.FIRST]
    leaders = [one for one in first if leading.get(one.article_id, one.article_id) == one.article_id]
    return [_new(one) for one in sorted(leaders, key=lambda one: (one.fetched_at, str(one.article_id)))]


def _new(version: ArticleVersion) -> NewArticle:
    its = terms(version.title, version.body, version.canonical_url, version.language)
    return NewArticle(
        article_id=version.article_id,
        language=version.language or NO_LANGUAGE,
        weights=its.weights,
        is_short=its.is_short,
        at=version.published_at or version.fetched_at,
        fetched_at=version.fetched_at,
    )


def story_vectors(
    articles: Sequence[NewArticle], known: Iterable[KnownFrequency], apart: Mapping[UUID, frozenset[UUID]]
) -> VectorsMade:
    """The articles with their vectors; each is counted before its own vector is made, and those behind it are not.
    `apart`: by article, the stories that a person said it is not of."""
    frequencies = FrequenciesByLanguage()
    placed = 0
    for one in known:
        placed += one.articles or 0
        its = frequencies[one.language]
        if one.term == ALL:
            its.articles, its.newest = one.weight, one.newest_at
        else:
            its.counts[one.term] = one.weight  # type: ignore[assignment] # typeshed has whole counts only
    grown = FrequenciesByLanguage()
    made = []
    for article in articles:
        for each in (frequencies, grown):
            each[article.language].observe(article.weights, article.fetched_at)
        vector = frequencies[article.language].vector(article.weights, article.fetched_at)
        made.append(article._replace(vector=vector, apart=apart.get(article.article_id, frozenset())))
    return VectorsMade(made, placed, list(_grown(grown, len(made))))


def _grown(frequencies: Mapping[str, Frequencies], articles: int) -> Iterator[KnownFrequency]:
    newest = max(its.newest for its in frequencies.values() if its.newest)
    yield KnownFrequency(ALL, ALL, float(articles), newest, articles)
    for language, its in frequencies.items():
        if its.newest:
            yield KnownFrequency(language, ALL, its.articles, its.newest)
            for term, weight in its.counts.items():
                yield KnownFrequency(language, term, weight, its.newest)


def story_probes(articles: Sequence[NewArticle], touched: Iterable[StoryState]) -> list[Probe]:
    """What the stories are looked for by, that these articles may join and those that may be one with `touched`."""
    sought = [(one.language, one.vector, one.is_short, one.at, one.at) for one in articles]
    for one in touched:
        length = one.square**0.5
        vector = {term: weight / length for term, weight in zip(one.terms, one.weights, strict=True)}
        sought.append((one.language, vector, one.is_short, one.first_at, one.last_at))
    return [
        _probe(number, language, vector, _FLOOR_SHORT if is_short else _FLOOR, first, last)
        for number, (language, vector, is_short, first, last) in enumerate(sought)
        if vector
    ]


def _probe(number: int, language: str, vector: Vector, floor: float, first: datetime, last: datetime) -> Probe:
    heaviest = nlargest(PROBES, vector.items(), key=lambda each: each[1])
    names, weights = zip(*heaviest, strict=True)
    return Probe(number, language, names, weights, first - OPEN_FOR, last + OPEN_FOR, floor)


def last_merge(placed: int) -> int:
    """How many articles were placed when stories were merged last."""
    return placed - placed % MERGED_EVERY


def is_merge_due(placed: int, articles: int) -> bool:
    """Whether stories are merged while so many more articles are placed."""
    return last_merge(placed + articles) > last_merge(placed)


def decide_stories(
    made: VectorsMade, states: Iterable[StoryState], by: tuple[UUID | None, str, datetime]
) -> StoriesDecided:
    """The stories of the articles, placed in their order. `states` are the stories near them, and those that grew
    since the last merge; `by` is the batch, the run and the time of the load (UTC)."""
    known = _Known()
    grown: set[UUID] = set()
    for state in states:
        known.windows[state.language].put(_story(state))
        known.placed[state.story_id], known.languages[state.story_id] = state.placed, state.language
        if state.placed > last_merge(made.placed):
            grown.add(state.story_id)
    events: list[StoryEvent] = []
    decision = Decision(*by)
    for number, article in enumerate(made.articles, made.placed + 1):
        known.step = number * STEPS_AN_ARTICLE
        events.append(_joined(known, article, number, decision))
        grown.add(events[-1].story_id)
        if number % MERGED_EVERY == 0:
            events += _merged(known, grown, decision)
            grown.clear()
    return StoriesDecided(events, _states(known))


def _joined(known: _Known, article: NewArticle, number: int, by: Decision) -> StoryEvent:
    window = known.windows[article.language]
    placed = clusters.Placed(article.article_id, article.vector, article.is_short, article.at, article.apart)
    (joined,) = clusters.join(window, [placed])
    story_id = joined.story_id
    known.placed[story_id], known.languages[story_id] = number, article.language
    known.last_steps[story_id] = known.step
    has_joined = bool(joined.because)
    return StoryEvent(
        step=known.step,
        kind=StoryEventKind.JOINED if has_joined else StoryEventKind.BEGAN,
        story_id=story_id,
        article_id=article.article_id,
        cosine=round(joined.cosine, _DECIMALS) if has_joined else None,
        shared=_shared(joined.because),
        batch_id=by.batch_id,
        run_id=by.run_id,
        at=by.at,
    )


def _merged(known: _Known, grown: Iterable[UUID], by: Decision) -> Iterator[StoryEvent]:
    its = set(grown)
    for language in sorted(known.windows):
        window = known.windows[language]
        before = dict(window.stories)
        for one in clusters.merge(window, its & before.keys()):
            known.ended[one.merged_id] = before[one.merged_id]
            known.step += 1
            known.last_steps[one.story_id] = known.last_steps[one.merged_id] = known.step
            known.placed[one.story_id] = max(known.placed[one.story_id], known.placed[one.merged_id])
            yield StoryEvent(
                step=known.step,
                kind=StoryEventKind.MERGED,
                story_id=one.story_id,
                other_story_id=one.merged_id,
                cosine=round(one.likeness, _DECIMALS),
                shared=_shared(one.because),
                batch_id=by.batch_id,
                run_id=by.run_id,
                at=by.at,
            )


def _shared(because: Iterable[clusters.SharedTerm]) -> tuple[TermShare, ...]:
    return tuple(TermShare(term=one.term, share=round(one.share, 3)) for one in because)


def _story(state: StoryState) -> Story:
    return Story(
        state.story_id,
        dict(zip(state.terms, state.weights, strict=True)),
        state.square,
        state.articles,
        state.first_at,
        state.last_at,
        state.is_short,
        frozenset(map(UUID, state.absorbed)),
        frozenset(map(UUID, state.apart)),
    )


def _states(known: _Known) -> list[StoryState]:
    return [_state(known, story_id, step) for story_id, step in known.last_steps.items()]


def _state(known: _Known, story_id: UUID, step: int) -> StoryState:
    language, placed = known.languages[story_id], known.placed[story_id]
    story = known.windows[language].stories.get(story_id)
    if story is None:
        gone = known.ended[story_id]
        return StoryState(
            story_id=story_id,
            step=step,
            placed=placed,
            language=language,
            square=0.0,
            articles=0,
            first_at=gone.first_at,
            last_at=gone.last_at,
            is_short=gone.is_short,
        )
    return state_of(story, step, placed, language)


def state_of(story: Story, step: int, placed: int, language: str) -> StoryState:
    """The row of ops.story_states; weights are rounded, so that sums do not depend on their order."""
    in_latin = heaviest(story.centroid)
    return StoryState(
        story_id=story.story_id,
        step=step,
        placed=placed,
        language=language,
        terms=tuple(story.centroid),
        weights=tuple(round(weight, _DECIMALS) for weight in story.centroid.values()),
        square=round(story.square, _DECIMALS),
        articles=story.articles,
        first_at=story.first_at,
        last_at=story.last_at,
        is_short=story.is_short,
        absorbed=tuple(sorted(map(str, story.absorbed))),
        apart=tuple(sorted(map(str, story.apart))),
        latin_terms=tuple(in_latin),
        latin_weights=tuple(in_latin.values()),
    )


def parted(articles: Iterable[NewArticle], event: StoryEvent, before: StoryState) -> list[StoryState]:
    """The states of the story that an article was taken out of and of the article's own, whose articles these are;
    `before` is the story's state until then."""
    its = list(articles)
    alone = [one for one in its if one.article_id == event.article_id]
    others = [one for one in its if one.article_id != event.article_id]
    left = _summed(before.story_id, others)
    own = _summed(event.story_id, alone)
    left.absorbed = frozenset(map(UUID, before.absorbed))
    left.apart = frozenset(map(UUID, before.apart)) | {event.story_id}
    own.apart = left.ids
    return [state_of(one, event.step, before.placed, before.language) for one in (left, own)]


def _summed(story_id: UUID, articles: Sequence[NewArticle]) -> Story:
    window = Window()
    first = articles[0]
    story = Story(story_id, dict(first.vector), 1.0, 1, first.at, first.at, first.is_short)
    window.put(story)
    for one in articles[1:]:
        window.grow(story, one.vector, one.at, one.is_short)
    return story
