"""Looks up the stored facts from which the rules decide the events of a batch."""

from collections.abc import Collection, Iterable
from uuid import UUID

import pyarrow as pa

from schemas.history.event import ArticleAnswer, ArticleState, PlaceBefore
from schemas.history.load_decisions import EventsWanted, KnownEvents
from schemas.items.capture import Capture
from warehouse.database.connection import Session
from warehouse.load.arriving import bring_ids


def known_events(session: Session, wanted: EventsWanted) -> KnownEvents:
    """The stored facts that are wanted. Call it after the batch's outcomes and captures are stored."""
    return KnownEvents(
        answers=_answers(session, wanted.gone),
        places=_places(session, wanted.moved),
        states=_states(session, wanted.answered),
    )


def _answers(session: Session, articles: Collection[UUID]) -> list[ArticleAnswer]:
    if not articles:
        return []
    bring_ids(session, articles)
    return session.models("select_answers_of_articles", ArticleAnswer)


def _places(session: Session, moved: Collection[Capture]) -> list[PlaceBefore]:
    if not moved:
        return []
    session.bring(_keys(moved))
    return session.models("select_answered_before", PlaceBefore)


def _states(session: Session, articles: Collection[UUID]) -> list[ArticleState]:
    if not articles:
        return []
    bring_ids(session, articles)
    return session.models("select_states", ArticleState)


def _keys(captures: Iterable[Capture]) -> pa.Table:
    rows = [
        {"capture_id": c.capture_id, "source": c.link.source, "url": c.url, "fetched_at": c.fetched_at}
        for c in captures
    ]
    texts = [(name, pa.string()) for name in ("source", "url")]
    schema = pa.schema([("capture_id", pa.uuid()), *texts, ("fetched_at", pa.timestamp("us", tz="UTC"))])
    return pa.Table.from_pylist(rows, schema=schema)
