"""Rereadings: the stored captures that are to be read again beside a batch.

How a page is read changes with what is known of its site, and with our rules. So a page that seems to say
something else than its article's versions is compared with what these say when they are read as it was: what
differs then was changed by the site.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

import pyarrow as pa

from schemas.history.rows import CaptureRow
from schemas.history.timeline import Said
from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.outcome import Reason
from schemas.runs.batch import Batch
from warehouse.database.connection import Session, Warehouse
from warehouse.load.decide_versions import Past, captures_of, judge
from warehouse.load.identities import resolve
from warehouse.load.rows import capture_of
from warehouse.load.timelines import matches, pasts

VERSIONS_AT_MOST = 3
"""Latest versions of an article that are read again; an article with more is of a site that changes it."""


def to_read_again(warehouse: Warehouse, batch: Batch[Article], at: datetime) -> list[Capture]:
    """The captures that made the latest versions of the articles that the batch would give another version at
    that time (UTC), oldest first; none for what is fetched for the first time, or says what is known."""
    if not batch.kept:
        return []

    def work(session: Session) -> list[CaptureRow]:
        return _captures(session, _changed(session, batch, at))

    return [capture_of(row) for row in warehouse.look(work, "looking up versions to compare")]


def _changed(session: Session, batch: Batch[Article], at: datetime) -> list[Said]:
    captures = captures_of(batch)
    moved = {uuid5(NAMESPACE_URL, url) for article in batch.kept if (url := _known_as(article, captures))}
    if not matches(session, {article.article_id for article in batch.kept} | moved):
        return []
    its = resolve(session, batch.kept, captures, batch.run_id, at)
    known = pasts(session, its.articles, its.found, is_read_anew=False)
    fresh = {one.article.article_id for one in judge(its.articles, known) if one.reason is Reason.LOADED}
    return [one for key in fresh & known.keys() for one in _latest(known[key])]


def _known_as(article: Article, captures: Mapping[UUID, Capture]) -> str | None:
    return captures[article.capture_id].link.known_as


def _latest(past: Past) -> list[Said]:
    by_capture = {one.capture_id: one for one in sorted(past.said, key=lambda one: one.version)}
    return list(by_capture.values())[-VERSIONS_AT_MOST:]


def _captures(session: Session, said: list[Said]) -> list[CaptureRow]:
    if not said:
        return []
    session.bring(pa.table({"capture_id": pa.array(sorted({one.capture_id for one in said}), pa.uuid())}))
    last = max(one.loaded_at for one in said)
    return session.models("select_captures_again", CaptureRow, last=last)


def as_read_now(known: Mapping[UUID, Past], readings: Mapping[UUID, Article]) -> dict[UUID, Past]:
    """The pasts, with what their versions say in the readings of today, by capture."""
    return {
        key: past._replace(said=tuple(_read_now(one, readings) for one in past.said)) for key, past in known.items()
    }


def _read_now(said: Said, readings: Mapping[UUID, Article]) -> Said:
    reading = readings.get(said.capture_id)
    if reading is None:
        return said
    names = ("body_hash", "authors", "published_at", "published_precision", "word_count")
    return said.model_copy(update={name: getattr(reading, name) for name in names})
