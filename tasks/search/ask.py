"""Answers a query: brings the index up to the reader file first, and cuts the passages."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from schemas.errors import RefusedError, UsageError, nearest
from schemas.history.search import Query, SearchAnswer, SearchFilters, SearchHit, WantedTerms
from schemas.items.link import Precision
from schemas.settings import Settings
from tasks.pure.search import terms
from tasks.pure.search.query import parse_query, wanted_of
from tasks.pure.search.snippets import passage
from warehouse.search.ask import Filters, Found, ask, known_sources
from warehouse.search.current import is_current
from warehouse.search.side_file import FILE, DamagedIndexError

CATCH_UP_S = 0.5
"""A search waits no longer for another process that feeds the index; it then answers from what is there."""
TITLE_CHARS = 300


def search(settings: Settings, text: str, filters: SearchFilters, limit: int = 10) -> SearchAnswer:
    """The best hits of a query over the articles of the home. Needs no more than the index where that is up to the
    reader file; else it is brought up first. Raises `UsageError` for a query that is none (with the column) and for a
    source that is unknown."""
    query = parse_query(text)
    notes = _caught_up(settings)
    try:
        return _answer(settings, text, query, filters, limit, notes)
    except DamagedIndexError as error:  # Damage within, which opening it does not show.
        _catch_up(settings, is_anew=True)
        return _answer(settings, text, query, filters, limit, (f"the search index was made anew: {error}",))


def search_among(
    settings: Settings, text: str, filters: SearchFilters, article_ids: tuple[str, ...], limit: int
) -> SearchAnswer:
    """As `search`, of these articles alone."""
    query = parse_query(text)
    return _answer(settings, text, query, filters, limit, _caught_up(settings), article_ids)


def _caught_up(settings: Settings) -> tuple[str, ...]:
    folder, reader = settings.search_path, settings.reader_path
    if is_current(folder, reader, terms):
        return ()
    try:
        wait_s = CATCH_UP_S if (folder / FILE).exists() else 120.0
        return _catch_up(settings, wait_s)
    except RefusedError as error:
        if not (folder / FILE).exists():
            raise
        return (f"the search index may lack the latest articles: {error}",)


def _catch_up(settings: Settings, wait_s: float = 120.0, is_anew: bool = False) -> tuple[str, ...]:
    """What is to be said of it. DuckDB is loaded here alone: most searches find the index up to the reader file."""
    from warehouse.search.feed import catch_up

    return catch_up(settings.search_path, settings.reader_path, terms, wait_s, is_anew).notes


def _answer(
    settings: Settings,
    text: str,
    query: Query,
    filters: SearchFilters,
    limit: int,
    notes: Sequence[str],
    article_ids: tuple[str, ...] | None = None,
) -> SearchAnswer:
    folder = settings.search_path
    if filters.sources:
        _check_sources(known_sources(folder, terms), filters.sources)
    answer = ask(folder, terms, query, _narrowing(filters, article_ids), limit)
    wanted = tuple(wanted_of(query))
    return SearchAnswer(
        query=text,
        hits=tuple(_hit(found, wanted) for found in answer.hits),
        has_more=answer.has_more,
        ranked_at_most=answer.ranked_at_most,
        articles=answer.docs,
        engine=answer.engine,
        notes=tuple(notes),
    )


def _check_sources(known: Sequence[str], asked: Sequence[str]) -> None:
    for slug in asked:
        if slug not in known:
            raise UsageError(f"no article of a source {slug!r}; {nearest(slug, known)}")


def _narrowing(filters: SearchFilters, article_ids: tuple[str, ...] | None) -> Filters:
    return Filters(
        since=filters.since.timestamp() if filters.since else None,
        until=filters.until.timestamp() if filters.until else None,
        sources=filters.sources,
        language=filters.language,
        section=filters.section,
        articles=article_ids,
        is_all_versions=filters.is_all_versions,
    )


def _hit(found: Found, wanted: Sequence[WantedTerms]) -> SearchHit:
    shown = found.shown
    whole = f"{shown.dek}\n{shown.body}" if shown.dek else shown.body
    return SearchHit(
        article_id=UUID(found.article_id),
        version=found.version,
        is_newest=found.is_newest,
        score=round(found.score, 4),
        source=found.source,
        url=shown.url,
        title=shown.title,
        published_at=_instant(shown.published_at),
        published_precision=Precision(shown.published_precision) if shown.published_precision else None,
        fetched_at=datetime.fromtimestamp(shown.fetched_at, UTC),
        language=shown.language,
        section=found.section,
        headline=passage(shown.title, wanted, TITLE_CHARS),
        passage=passage(whole, wanted),
    )


def _instant(at_s: float | None) -> datetime | None:
    return None if at_s is None else datetime.fromtimestamp(at_s, UTC)
