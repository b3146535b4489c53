"""Looks up the captures that a replay extracts again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import pyarrow as pa

from schemas.history.rows import CaptureRow
from schemas.items.article import ArticleVersion
from schemas.items.capture import Capture
from schemas.runs.replay import Replayable
from warehouse.database.connection import Session, Warehouse
from warehouse.load.rows import capture_of


def replayable(warehouse: Warehouse, since: datetime, until: datetime, sources: Collection[str]) -> list[Capture]:
    """The captures of the sources, fetched in [since, until), that gave an article, and the newest capture of each
    page that never gave one; oldest first."""

    def work(session: Session) -> list[CaptureRow]:
        session.bring(pa.table({"source": pa.array(sorted(sources), pa.string())}))
        return session.models("select_replayable", CaptureRow, since=since, until=until)

    return [capture_of(row) for row in warehouse.look(work, "looking up captures")]


def captures_of(warehouse: Warehouse, ids: Collection[UUID]) -> list[Capture]:
    """The captures of these ids, oldest first; unknown ids are left out."""

    def work(session: Session) -> list[CaptureRow]:
        session.bring(pa.table({"capture_id": pa.array(sorted(ids), pa.uuid())}))
        return session.models("select_captures_by_id", CaptureRow)

    return [capture_of(row) for row in warehouse.look(work, "looking up captures")]


def with_stored(warehouse: Warehouse, captures: Sequence[Capture]) -> list[Replayable]:
    """The captures, each with the version that was last extracted from it; None: no version was."""

    def work(session: Session) -> list[ArticleVersion]:
        ids = sorted(capture.capture_id for capture in captures)
        session.bring(pa.table({"capture_id": pa.array(ids, pa.uuid())}))
        return session.models("select_versions_of_captures", ArticleVersion)

    stored: dict[UUID, ArticleVersion] = {
        version.capture_id: version for version in warehouse.look(work, "looking up versions")
    }
    return [Replayable(capture=each, stored=stored.get(each.capture_id)) for each in captures]
