"""The stories that an article may join, with the centroid of each: the sum of its articles' vectors."""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from tasks.pure.stories.frequencies import Vector

OPEN_FOR = timedelta(hours=96)
"""Behind the last article of a story, and before its first: BASIL's B-cubed F1 rises from .929 to .951."""
PROBES = 24
"""Heaviest terms by which candidates are looked for."""
_STORIES_A_TERM = 3000
"""A term of more stories finds no candidates."""
CANDIDATES = 10


@dataclass
class Story:
    """`centroid` is the sum of the vectors of its `articles`, `square` the square of its length. `first_at` and
    `last_at` (UTC) are the times of its first and last article. `is_short`: all are known by their headline alone.
    `absorbed`: the ids of stories that were merged into it, or that an article of it would have begun of which a
    person said what it is not of. `apart`: ids of stories that a person said it is not."""

    story_id: UUID
    centroid: dict[str, float]
    square: float
    articles: int
    first_at: datetime
    last_at: datetime
    is_short: bool
    absorbed: frozenset[UUID] = frozenset()
    apart: frozenset[UUID] = frozenset()

    @property
    def ids(self) -> frozenset[UUID]:
        """Its id, and those of the stories that it holds."""
        return self.absorbed | {self.story_id}

    def may_take(self, begun: "Story") -> bool:
        """Whether no person said that the two are different stories."""
        return not (self.ids & begun.apart or begun.ids & self.apart)

    def cosine(self, vector: Vector) -> float:
        """Between the article's vector and the centroid."""
        centroid = self.centroid
        return sum(weight * centroid[term] for term, weight in vector.items() if term in centroid) / math.sqrt(
            self.square
        )

    def is_open(self, at: datetime) -> bool:
        """Whether an article of that time may join."""
        return self.first_at - OPEN_FOR <= at <= self.last_at + OPEN_FOR

    def meets(self, other: "Story") -> bool:
        """Whether the two stories may be one, by their times and by what people said."""
        are_near = self.first_at - OPEN_FOR <= other.last_at and other.first_at - OPEN_FOR <= self.last_at
        return are_near and self.may_take(other)


@dataclass
class Window:
    """Stories by id, and by term the stories whose centroid holds it, with the term's weight."""

    stories: dict[UUID, Story] = field(default_factory=dict)
    _holders: defaultdict[str, dict[UUID, float]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, stories: Iterable[Story]) -> "Window":
        """The window that holds these stories."""
        window = cls()
        for story in stories:
            window.put(story)
        return window

    def put(self, story: Story) -> None:
        """Add the story, or replace that of its id by one that has all of its terms."""
        self.stories[story.story_id] = story
        for term, weight in story.centroid.items():
            self._holders[term][story.story_id] = weight

    def drop(self, story_id: UUID) -> Story:
        """Take the story out; raises `KeyError` where it is not there."""
        story = self.stories.pop(story_id)
        for term in story.centroid:
            self._holders[term].pop(story_id, None)
        return story

    def grow(self, story: Story, vector: Vector, at: datetime, is_short: bool) -> None:
        """An article with that vector joins the story."""
        dot = 0.0
        for term, weight in vector.items():
            before = story.centroid.get(term, 0.0)
            dot += before * weight
            story.centroid[term] = self._holders[term][story.story_id] = before + weight
        story.square += 2 * dot + 1
        story.articles += 1
        story.first_at, story.last_at = min(story.first_at, at), max(story.last_at, at)
        story.is_short = story.is_short and is_short

    def near(self, vector: Vector, besides: UUID | None = None) -> Iterator[Story]:
        """The stories that share most of the vector's heaviest terms, likeliest first, `besides` one."""
        shared: defaultdict[UUID, float] = defaultdict(float)
        for term, weight in heapq.nlargest(PROBES, vector.items(), key=_weight):
            holders: Mapping[UUID, float] = self._holders.get(term) or {}
            if len(holders) <= _STORIES_A_TERM:
                for story_id, its in holders.items():
                    shared[story_id] += weight * its
        if besides:
            shared.pop(besides, None)
        stories = self.stories
        scores = {story_id: dot / math.sqrt(stories[story_id].square) for story_id, dot in shared.items()}
        return (stories[story_id] for story_id in heapq.nlargest(CANDIDATES, scores, key=scores.__getitem__))


def _weight(term: tuple[str, float]) -> float:
    return term[1]
