"""Looks up the stories near a batch's new articles, lets the rules place these, and writes what they decide."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import pyarrow as pa
from pydantic import BaseModel

from schemas.history.stories import KnownFrequency, NewArticle, Probe, StoryEvent, StoryState
from schemas.items.article import ArticleVersion
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.load.rules import HistoryRules

NEAREST = 10
"""Stories that are looked up for each article."""
_INSTANT = pa.timestamp("us", tz="UTC")
_FREQUENCIES: dict[str, pa.DataType] = {
    "language": pa.string(),
    "term": pa.string(),
    "weight": pa.float64(),
    "newest_at": _INSTANT,
    "articles": pa.int64(),
}
_PROBES: dict[str, pa.DataType] = {
    "number": pa.int64(),
    "language": pa.string(),
    "terms": pa.list_(pa.string()),
    "weights": pa.list_(pa.float64()),
    "first": _INSTANT,
    "last": _INSTANT,
    "floor": pa.float64(),
}


def load_stories(
    session: Session,
    versions: Sequence[ArticleVersion],
    leading: Mapping[UUID, UUID],
    rules: HistoryRules,
    by: tuple[UUID | None, str, datetime],
) -> int:
    """Place the new articles among `versions` in stories; returns their number. `leading` has by copy the article
    whose text it is; `by` is the batch, the run and the time of the load (UTC)."""
    return place_articles(session, rules.new_articles(versions, leading), rules, by)


def place_stored(warehouse: Warehouse, rules: HistoryRules, run_id: str, at: datetime, at_most: int) -> int:
    """Place up to `at_most` stored articles that are in no story, newest first: those that an earlier version of
    Newsdesk loaded, and copies that lead since. Returns their number; 0: each has its story."""

    def work(session: Session) -> int:
        versions = session.models("select_unplaced", ArticleVersion, at_most=at_most)
        return load_stories(session, versions, {}, rules, (None, run_id, at))

    return warehouse.write(run_id, work, "putting stored articles into stories")


def place_articles(
    session: Session, new: Sequence[NewArticle], rules: HistoryRules, by: tuple[UUID | None, str, datetime]
) -> int:
    """Place these articles, none of which has a story, in their order; returns their number."""
    if not new:
        return 0
    made = rules.story_vectors(new, frequencies(session, new), _apart(session, rules))
    grown: list[StoryState] = []
    if rules.is_merge_due(made.placed, len(new)):
        grown = session.models("select_grown_stories", StoryState, placed=rules.last_merge(made.placed))
    near = _near(session, rules.story_probes(made.articles, grown))
    known = {one.story_id: one for one in (*grown, *near) if one.articles}
    decided = rules.decide_stories(made, known.values(), by)
    session.bring(_table(_FREQUENCIES, made.grown))
    session.rows("insert_term_frequencies")
    insert(session, "insert_story_events", StoryEvent, decided.events)
    insert(session, "insert_story_states", StoryState, decided.states)
    return len(new)


def insert(session: Session, statement: str, row: type[BaseModel], rows: Iterable[BaseModel]) -> None:
    """Write the rows."""
    arriving = arrow_rows(row, rows)
    if arriving.num_rows:
        session.bring(arriving)
        session.rows(statement)


def frequencies(session: Session, new: Iterable[NewArticle]) -> list[KnownFrequency]:
    """What is stored of the terms of these articles."""
    terms: defaultdict[str, set[str]] = defaultdict(lambda: {""})
    for article in new:
        terms[article.language] |= article.weights.keys()
    keys = [("", ""), *((language, term) for language, its in terms.items() for term in its)]
    session.bring(pa.table({"language": [language for language, _ in keys], "term": [term for _, term in keys]}))
    return [KnownFrequency(*row) for row in session.rows("select_frequencies")]


def _apart(session: Session, rules: HistoryRules) -> dict[UUID, frozenset[UUID]]:
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for article_id, other, *_ in session.rows("select_story_separations"):
        found[article_id].add(rules.story_of(other))
        found[other].add(rules.story_of(article_id))
    return {article_id: frozenset(its) for article_id, its in found.items()}


def _near(session: Session, probes: Sequence[Probe]) -> list[StoryState]:
    if not probes:
        return []
    session.bring(_table(_PROBES, probes))
    first, last = min(one.first for one in probes), max(one.last for one in probes)
    return session.models("select_near_stories", StoryState, first=first, last=last, nearest=NEAREST)


def _table(types: Mapping[str, pa.DataType], rows: Sequence[tuple[object, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True)
    return pa.table(
        {name: pa.array(column, kind) for column, (name, kind) in zip(columns, types.items(), strict=True)}
    )
