"""Proposes to split a story that looks like two: its articles are compared with each other, not with a centroid.

A story that grows for weeks may have taken in another event, an article at a time. Nothing is changed: a person
decides."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from schemas.history.stories import NewArticle, StoryEvent, StoryEventKind, TermShare
from tasks.pure.stories.across_languages import likeness
from tasks.pure.stories.clusters import JOIN, MERGE, shares

GROUP_AT_LEAST = 3
"""Articles of a part: fewer are stray ones, which are read in the list of the story."""
_ROUNDS = 20
"""Labels settle after 5 or so."""
_DECIMALS = 6


def propose_split(
    story_id: UUID, articles: Sequence[NewArticle], step: int, run_id: str, at: datetime
) -> list[StoryEvent]:
    """An event for each article of the parts that look like stories of their own, numbered from `step` on; none where
    the story is one. Articles share a label where they are alike enough to join (label propagation); a part is told
    if its articles are less like all others on average than stories that are merged. `at` is now (UTC)."""
    labels = _labels(articles)
    parts: defaultdict[int, list[NewArticle]] = defaultdict(list)
    for article, label in zip(articles, labels, strict=True):
        parts[label].append(article)
    ranked = sorted(parts.values(), key=len, reverse=True)
    events: list[StoryEvent] = []
    for part in ranked[1:]:
        rest = [one for one in articles if one not in part]
        alike = _mean_likeness(part, rest)
        if len(part) < GROUP_AT_LEAST or alike >= MERGE:
            continue
        why = f"{len(part)} of {len(articles)} articles are more like each other than like the others"
        shared = tuple(TermShare(term=one.term, share=round(one.share, 3)) for one in shares(*_halves(part)))
        for article in part:
            event = StoryEvent(
                step=step + len(events),
                kind=StoryEventKind.SPLIT_PROPOSED,
                story_id=story_id,
                article_id=article.article_id,
                cosine=round(alike, _DECIMALS),
                shared=shared,
                why=why,
                run_id=run_id,
                at=at,
            )
            events.append(event)
    return events


def _labels(articles: Sequence[NewArticle]) -> list[int]:
    """By article, the number of the article whose label it has: the label with most weight around it, of equal ones
    the smallest, so that the order of the articles alone decides."""
    near: list[list[tuple[int, float]]] = [[] for _ in articles]
    for one, article in enumerate(articles):
        for other in range(one):
            cosine = likeness(article.vector, articles[other].vector)
            if cosine >= JOIN:
                near[one].append((other, cosine))
                near[other].append((one, cosine))
    labels = list(range(len(articles)))
    for _ in range(_ROUNDS):
        before = list(labels)
        for place, its in enumerate(near):
            weights: Counter[int] = Counter()
            for other, cosine in its:
                weights[labels[other]] += cosine  # type: ignore[assignment] # typeshed has whole counts only
            if weights:
                labels[place] = min(weights, key=lambda label: (-weights[label], label))
        if labels == before:
            break
    return labels


def _mean_likeness(part: Sequence[NewArticle], rest: Sequence[NewArticle]) -> float:
    pairs = [likeness(one.vector, other.vector) for one in part for other in rest]
    return sum(pairs) / len(pairs)


def _halves(part: Sequence[NewArticle]) -> tuple[dict[str, float], dict[str, float]]:
    """The sums of every other article: what both have is what the part is about."""
    return _sum(part[::2]), _sum(part[1::2])


def _sum(articles: Iterable[NewArticle]) -> dict[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    for article in articles:
        for term, weight in article.vector.items():
            total[term] += weight
    return total
