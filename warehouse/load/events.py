"""Events: what happened to articles beside a change of text, seen by the load in a batch and in the ledger."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from uuid import UUID, uuid5

import pyarrow as pa
from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.history.event import Event, EventKind
from schemas.items.article import Article, Notice
from schemas.items.capture import Capture
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.batch import Batch
from warehouse.database.connection import Session
from warehouse.load.decide_versions import Verdict
from warehouse.load.timelines import bring_ids

GONE = frozenset({404, 410})
REPLACED = 3
"""A notice of removal counts where the text before it had at least so many times its words."""
_DRESS = re.compile(r"^https?://(?:www\.)?|[?#].*$|/+(?=$|[?#])", re.IGNORECASE)


class State(BaseModel):
    """An event after which an article is there, gone or withdrawn."""

    model_config = ConfigDict(frozen=True)

    event_id: UUID
    article_id: UUID
    kind: EventKind
    at: AwareDatetime


class _Gone(BaseModel):
    article_id: UUID
    source: str
    url: str
    version: int | None = None
    capture_id: UUID | None = None
    first_at: AwareDatetime
    at: AwareDatetime
    evidence: tuple[str, ...]


class _AnsweredBefore(BaseModel):
    capture_id: UUID
    article_id: UUID
    version: int | None = None
    final_url_before: str


class Sight(NamedTuple):
    """An article that answered. `notice` is what its text says of itself; `is_text`: there was a text."""

    article_id: UUID
    at: datetime
    source: str
    url: str
    version: int | None
    capture_id: UUID | None
    notice: Notice | None = None
    is_text: bool = True


def deletions(session: Session, batch: Batch[Article], at: datetime) -> list[Event]:
    """Articles that were gone for the second time, in another run, without an answer in between. The batch's
    outcomes and captures must be stored."""
    gone = [one for one in batch.dropped if one.kind is UrlKind.ARTICLE and one.status in GONE]
    ids = {one.article_id for one in gone if one.article_id}
    if not ids:
        return []
    bring_ids(session, ids)
    return [
        Event(
            event_id=uuid5(one.article_id, f"deleted {one.first_at.isoformat()}"),
            kind=EventKind.DELETED,
            detail="gone in two runs",
            run_id=batch.run_id,
            loaded_at=at,
            **one.model_dump(exclude={"first_at"}),
        )
        for one in session.models("select_gone", _Gone)
    ]


def redirections(session: Session, batch: Batch[Article], at: datetime) -> list[Event]:
    """Known articles whose URL answers at another place than before; scheme, `www.` and query are no place."""
    moved = {
        one.capture_id: one
        for one in batch.ledger.captures
        if one.kind is UrlKind.ARTICLE and one.status == 200 and _place(one.url) != _place(one.final_url)
    }
    if not moved:
        return []
    session.bring(_keys(moved.values()))
    return [
        _redirected(moved[one.capture_id], one, batch.run_id, at)
        for one in session.models("select_answered_before", _AnsweredBefore)
        if _place(one.final_url_before) != _place(moved[one.capture_id].final_url)
    ]


def withdrawals(session: Session, batch: Batch[Article], verdicts: Sequence[Verdict], at: datetime) -> list[Event]:
    """Articles that say that they are withdrawn, and those that are there again, or no longer say so."""
    sights = sorted([*map(_sight, verdicts), *_not_modified(batch)], key=lambda one: one.at)
    if not sights:
        return []
    bring_ids(session, {one.article_id for one in sights})
    states = {one.article_id: one for one in session.models("select_states", State)}
    events: list[Event] = []
    for sight in sights:
        for event in told(sight, states.get(sight.article_id), batch.run_id, at):
            events.append(event)
            states[event.article_id] = State.model_validate(event.model_dump())
    return events


def told(sight: Sight, state: State | None, run_id: str, at: datetime) -> list[Event]:
    """The events that one sight of an article makes, after its last one; one that is older than that: none."""
    if state and sight.at <= state.at:
        return []
    events = []
    if state and state.kind is EventKind.DELETED:
        events.append(_event(sight, EventKind.RESTORED, f"restored {state.event_id}", "it answers again", run_id, at))
    is_withdrawn = state is not None and state.kind is EventKind.RETRACTED
    if sight.notice and not is_withdrawn:
        detail = f"the text speaks of its {sight.notice.value}"
        events.append(_event(sight, EventKind.RETRACTED, f"retracted {sight.capture_id}", detail, run_id, at))
    if state and is_withdrawn and sight.is_text and not sight.notice:
        detail = "the text no longer says that it is withdrawn"
        events.append(_event(sight, EventKind.RESTORED, f"restored {state.event_id}", detail, run_id, at))
    return events


def _sight(verdict: Verdict) -> Sight:
    article, before = verdict.article, verdict.before
    is_replaced = before is not None and before.word_count >= REPLACED * article.word_count
    is_removal = article.notice is Notice.REMOVAL
    return Sight(
        article.article_id,
        article.fetched_at,
        article.source,
        article.url,
        verdict.version,
        article.capture_id,
        None if is_removal and not is_replaced else article.notice,
        is_text=not is_removal,
    )


def _not_modified(batch: Batch[Article]) -> list[Sight]:
    return [
        Sight(one.article_id, one.at, one.source, one.url, one.version, one.capture_id, is_text=False)
        for one in batch.dropped
        if one.reason is Reason.NOT_MODIFIED and one.article_id
    ]


def _event(sight: Sight, kind: EventKind, key: str, detail: str, run_id: str, at: datetime) -> Event:
    return Event(
        event_id=uuid5(sight.article_id, key),
        article_id=sight.article_id,
        kind=kind,
        at=sight.at,
        source=sight.source,
        url=sight.url,
        version=sight.version,
        capture_id=sight.capture_id,
        detail=detail,
        run_id=run_id,
        loaded_at=at,
    )


def _redirected(capture: Capture, before: _AnsweredBefore, run_id: str, at: datetime) -> Event:
    return Event(
        event_id=uuid5(before.article_id, f"redirected {capture.url} {_place(capture.final_url)}"),
        article_id=before.article_id,
        kind=EventKind.REDIRECTED,
        at=capture.fetched_at,
        source=capture.link.source,
        url=capture.url,
        version=before.version,
        capture_id=capture.capture_id,
        detail=f"answers at {capture.final_url}, before at {before.final_url_before}",
        run_id=run_id,
        loaded_at=at,
    )


def _place(url: str) -> str:
    return _DRESS.sub("", url)


def _keys(captures: Iterable[Capture]) -> pa.Table:
    rows = [
        {"capture_id": c.capture_id, "source": c.link.source, "url": c.url, "fetched_at": c.fetched_at}
        for c in captures
    ]
    times = ("fetched_at", pa.timestamp("us", tz="UTC"))
    texts = [(name, pa.string()) for name in ("source", "url")]
    return pa.Table.from_pylist(rows, schema=pa.schema(list(chain([("capture_id", pa.uuid())], texts, [times]))))
