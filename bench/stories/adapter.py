"""The pipeline's stories in the form that a scorer of labelled articles asks for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.history.stories import NewArticle
from tasks.pure.stories import placing
from tasks.pure.stories.across_languages import latin, likeness
from tasks.pure.stories.features import Terms, terms
from tasks.pure.stories.frequencies import Frequencies

_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
Row = Mapping[str, str | None]


def stories(articles: Sequence[Row]) -> list[UUID]:
    """The story of each article (with id, title, text, url and perhaps date and lang, else English), loaded in
    batches in their order."""
    return cluster(articles, [_terms(one, one.get("url"), one.get("lang") or "en") for one in articles])


def _terms(row: Row, url: str | None, language: str | None) -> Terms:
    return terms(_text(row, "title"), _text(row, "text"), url, language)


def cluster(articles: Sequence[Row], found: Sequence[Terms]) -> list[UUID]:
    """The same, from the terms of each article."""
    new = [_new(row, its, place) for place, (row, its) in enumerate(zip(articles, found, strict=True))]
    made = placing.story_vectors(new, (), {})
    events = placing.decide_stories(made, (), (None, "bench", _UNDATED)).events
    merged: dict[UUID | None, UUID] = {one.other_story_id: one.story_id for one in events if one.other_story_id}
    return [_last(one.story_id, merged) for one in events if one.article_id]


def _new(row: Row, its: Terms, place: int) -> NewArticle:
    article_id = uuid5(NAMESPACE_URL, f"{place} {row['id']}")
    return NewArticle(article_id, "", its.weights, its.is_short, _at(row), _at(row))


def likenesses(pairs: Sequence[tuple[Row, Row]]) -> list[float]:
    """How likely both articles (with title, text and lang) are of one story: the cosine of their vectors, in Latin
    letters where their languages differ. Each language has frequencies of its own."""
    frequencies: defaultdict[str | None, Frequencies] = defaultdict(Frequencies)
    found = [tuple(_terms(one, None, one.get("lang")) for one in pair) for pair in pairs]
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


def _last(story_id: UUID, renamed: Mapping[UUID | None, UUID]) -> UUID:
    while story_id in renamed:
        story_id = renamed[story_id]
    return story_id


def _at(row: Row) -> datetime:
    said = row.get("date")
    return datetime.fromisoformat(said).replace(tzinfo=UTC) if said else _UNDATED


def _text(row: Row, name: str) -> str:
    return row.get(name) or ""
