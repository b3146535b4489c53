"""Answers queries from the index."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from schemas.history.search import Query
from warehouse.search.engine import IndexRules, Narrowed
from warehouse.search.index import SearchIndex, Shown, docs_in, primary, unpacked


class Found(NamedTuple):
    """A version that was found, with what is shown of it."""

    article_id: str
    version: int
    is_newest: bool
    section: str | None
    source: str
    score: float
    shown: Shown


class IndexAnswer(NamedTuple):
    """The hits, best first. `docs`: versions in the index. Else as `SearchAnswer`."""

    hits: tuple[Found, ...]
    has_more: bool
    ranked_at_most: int | None
    docs: int
    engine: str


def known_sources(folder: Path, rules: IndexRules) -> list[str]:
    """The slugs of the sources that have an article in the index. Raises as `ask`."""
    index = SearchIndex(folder, rules, is_read_only=True)
    try:
        return sorted(index.sources())
    finally:
        index.close()


class Filters(NamedTuple):
    """As `SearchFilters`, times in epoch seconds. `articles`: their ids; `after_doc`: what was indexed later."""

    since: float | None = None
    until: float | None = None
    sources: Sequence[str] = ()
    language: str | None = None
    section: str | None = None
    articles: tuple[str, ...] | None = None
    is_all_versions: bool = False
    after_doc: int = 0


def ask(folder: Path, rules: IndexRules, query: Query, filters: Filters, limit: int) -> IndexAnswer:
    """The best hits of a query. Raises `DamagedIndexError` where the index cannot be used."""
    index = SearchIndex(folder, rules, is_read_only=True)
    try:
        return asked(index, query, filters, limit)
    finally:
        index.close()


def asked(index: SearchIndex, query: Query, filters: Filters, limit: int) -> IndexAnswer:
    """As `ask`, of an index that is open."""
    docs = docs_in(index.file)
    ranked = index.engine.ranked(query, _narrowed(index, filters), limit + 1)
    found = [_found(index, doc_id, score) for doc_id, score in ranked.docs[:limit]]
    hits = tuple(each for each in found if each)
    return IndexAnswer(hits, len(ranked.docs) > limit, ranked.ranked_at_most, docs, index.engine.name)


def _narrowed(index: SearchIndex, filters: Filters) -> Narrowed:
    known = index.sources() if filters.sources else {}
    return Narrowed(
        since=filters.since,
        until=filters.until,
        sources=tuple(known.get(slug, -1) for slug in filters.sources) or None,
        language=primary(filters.language),
        section=filters.section,
        articles=filters.articles,
        is_all_versions=filters.is_all_versions,
        after_doc=filters.after_doc,
    )


def _found(index: SearchIndex, doc_id: int, score: float) -> Found | None:
    """None: it was removed meanwhile."""
    rows = index.file.rows("select_doc", doc_id=doc_id)
    if not rows:
        return None
    article_id, version, is_newest, section, slug, packed = rows[0]
    return Found(article_id, version, bool(is_newest), section, slug, score, unpacked(packed))
