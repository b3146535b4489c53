"""What a server answers from the reader file: articles by page, versions with their places, sources, tables, queries.

Every function takes a session of `ReaderPool`."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from schemas.errors import UsageError, nearest
from schemas.history.article_texts import VersionText
from schemas.history.search import SearchFilters
from schemas.served import (
    ArticlePage,
    ServedArticle,
    ServedCapture,
    ServedRows,
    ServedSource,
    ServedTable,
    ServedVersion,
)
from warehouse.database.session import Session

QUERY_S = 10.0
"""Seconds that one answer may take."""


class ServedPlace(ServedCapture):
    """A capture and the whole place of its record."""

    warc_length: int


def article_page(session: Session, filters: SearchFilters, limit: int, cursor: str | None) -> ArticlePage:
    """Articles that fit, newest first, each as its site last said it. Raises `UsageError` for a cursor that no page
    gave."""
    after_at, after_id = _place(cursor) if cursor else (None, None)
    with session.bounded(QUERY_S):
        rows = session.models(
            "select_article_page",
            _Placed,
            sources=list(filters.sources) or None,
            language=filters.language,
            section=filters.section,
            since=filters.since,
            until=filters.until,
            after_at=after_at,
            after_id=after_id,
            most=limit + 1,
        )
    more = _cursor(rows[limit - 1]) if len(rows) > limit else None
    return ArticlePage(items=tuple(ServedArticle.model_validate(row.model_dump()) for row in rows[:limit]), next=more)


def versions(session: Session, article_id: UUID) -> tuple[ServedVersion, ...]:
    """The versions of the article in the order of their fetches; empty: it is unknown."""
    with session.bounded(QUERY_S):
        texts = session.models("select_version_texts", VersionText, id=article_id)
        places = {each.capture_id: each for each in captures(session, [text.capture_id for text in texts])}
    return tuple(_served(text, places.get(text.capture_id)) for text in texts)


def captures(session: Session, ids: Sequence[UUID]) -> list[ServedPlace]:
    """The captures of these keys that are there."""
    return session.models("select_served_captures", ServedPlace, ids=list(ids)) if ids else []


def sources(session: Session) -> tuple[ServedSource, ...]:
    """Every source with its number of articles."""
    with session.bounded(QUERY_S):
        return tuple(session.models("select_served_sources", ServedSource))


def tables(session: Session) -> tuple[ServedTable, ...]:
    """Every table, view and report."""
    return tuple(session.models("select_served_tables", ServedTable))


def table_rows(session: Session, name: str, limit: int, offset: int = 0) -> ServedRows:
    """Rows of a table, in its own order. Raises `UsageError`, with the nearest name, where there is none."""
    known = [each.name for each in tables(session)]
    if name not in known:
        raise UsageError(f"no table, view or report named {name!r}; {nearest(name, known)}")
    return answer(session, f"FROM {name} OFFSET {offset:d}", limit)


def answer(session: Session, query: str, limit: int) -> ServedRows:
    """The first rows of one SELECT. Raises `UsageError` for any other statement, for one that fails, and for one that
    takes too long."""
    session.check_select(query)
    with session.bounded(QUERY_S):
        columns, rows = session.ask(f"SELECT * FROM (\n{query.rstrip().rstrip(';')}\n) LIMIT {limit + 1:d}")
    return ServedRows(columns=tuple(columns), rows=tuple(map(tuple, rows[:limit])), is_cut=len(rows) > limit)


class _Placed(ServedArticle):
    placed_at: AwareDatetime


def _cursor(row: _Placed) -> str:
    return urlsafe_b64encode(f"{row.placed_at.isoformat()} {row.article_id}".encode()).decode().rstrip("=")


def _place(cursor: str) -> tuple[datetime, str]:
    try:
        at, _, article_id = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().rpartition(" ")
        return datetime.fromisoformat(at), str(UUID(article_id))
    except ValueError as error:
        raise UsageError(f"{cursor[:80]!r} is no cursor: give the `next` of a page") from error


def _served(text: VersionText, place: ServedPlace | None) -> ServedVersion:
    told: dict[str, Any] = text.model_dump(include=set(ServedVersion.model_fields) - {"capture", "url"})
    capture = (
        ServedCapture.model_validate(place.model_dump(include=set(ServedCapture.model_fields))) if place else None
    )
    return ServedVersion.model_validate({**told, "url": text.canonical_url, "capture": capture})
