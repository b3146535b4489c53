"""The pipeline's stories in the form that a scorer of labelled articles asks for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from tasks.pure.stories import clusters
from tasks.pure.stories.across_languages import latin, likeness
from tasks.pure.stories.features import Terms, terms
from tasks.pure.stories.frequencies import Frequencies
from tasks.pure.stories.window import Window

_BATCH = 100
"""Articles a load."""
_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
Row = Mapping[str, str | None]


def stories(articles: Sequence[Row]) -> list[UUID]:
    """The story of each article (with id, title, text, url and perhaps date), loaded in batches in their order."""
    return cluster(articles, [terms(_text(one, "title"), _text(one, "text"), one.get("url")) for one in articles])


def cluster(articles: Sequence[Row], found: Sequence[Terms]) -> list[UUID]:
    """The same, from the terms of each article."""
    window, frequencies, ids = Window(), Frequencies(), []
    renamed: dict[UUID, UUID] = {}
    for start in range(0, len(articles), _BATCH):
        batch = list(zip(articles, found, strict=True))[start : start + _BATCH]
        for row, its in batch:
            frequencies.observe(its.weights, _at(row))
        placed = [
            clusters.Placed(
                uuid5(NAMESPACE_URL, str(row["id"])),
                frequencies.vector(its.weights, _at(row)),
                its.is_short,
                _at(row),
            )
            for row, its in batch
        ]
        joined = clusters.join(window, placed)
        ids += [one.story_id for one in joined]
        for one in clusters.merge(window, {one.story_id for one in joined}):
            renamed[one.merged_id] = one.story_id
    return [_last(story_id, renamed) for story_id in ids]


def _placed(row: Row, its: Terms, frequencies: Frequencies) -> clusters.Placed:
    at = _at(row)
    article_id = uuid5(NAMESPACE_URL, str(row["id"]))
    return clusters.Placed(article_id, frequencies.vector(its.weights, at), its.is_short, at)


def likenesses(pairs: Sequence[tuple[Row, Row]]) -> list[float]:
    """How likely both articles (with title, text and lang) are of one story: the cosine of their vectors, in Latin
    letters where their languages differ. Each language has frequencies of its own."""
    frequencies: defaultdict[str | None, Frequencies] = defaultdict(Frequencies)
    found = [tuple(terms(_text(one, "title"), _text(one, "text"), None) for one in pair) for pair in pairs]
    for pair, its in zip(pairs, found, strict=True):
        for row, each in zip(pair, its, strict=True):
            frequencies[row.get("lang")].observe(each.weights, _UNDATED)
    scores = []
    for (one, other), its in zip(pairs, found, strict=True):
        vectors = [
            frequencies[row.get("lang")].vector(each.weights, _UNDATED)
            for row, each in zip((one, other), its, strict=True)
        ]
        if one.get("lang") != other.get("lang"):
            vectors = [latin(vector) for vector in vectors]
        scores.append(likeness(*vectors))
    return scores


def _last(story_id: UUID, renamed: Mapping[UUID, UUID]) -> UUID:
    while story_id in renamed:
        story_id = renamed[story_id]
    return story_id


def _at(row: Row) -> datetime:
    said = row.get("date")
    return datetime.fromisoformat(said).replace(tzinfo=UTC) if said else _UNDATED


def _text(row: Row, name: str) -> str:
    return row.get(name) or ""
