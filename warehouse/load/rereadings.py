"""Looks up the stored captures that are to be extracted again beside a batch."""

from datetime import datetime

import pyarrow as pa

from schemas.history.rows import CaptureRow
from schemas.history.timeline import TimelineMoment
from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.runs.batch import Batch
from warehouse.database.connection import Session, Warehouse
from warehouse.load.decisions import decide
from warehouse.load.identities import version_keys
from warehouse.load.rows import capture_of
from warehouse.load.rules import HistoryRules


def to_read_again(warehouse: Warehouse, batch: Batch[Article], rules: HistoryRules, at: datetime) -> list[Capture]:
    """The captures of the latest stored versions of those articles to which the batch would add a version at `at`
    (UTC), oldest first. Empty if all articles of the batch are new or have their stored text."""
    if not batch.kept:
        return []

    def work(session: Session) -> list[CaptureRow]:
        wanted = rules.pages_to_look_up(batch)
        if not version_keys(session, wanted.pages | wanted.named):
            return []
        decided = decide(session, batch, rules, at, is_read_anew=False)
        return _captures(session, rules.captures_to_read_again(decided.versions, decided.timelines))

    return [capture_of(row) for row in warehouse.look(work, "looking up versions to compare")]


def _captures(session: Session, moments: list[TimelineMoment]) -> list[CaptureRow]:
    if not moments:
        return []
    session.bring(pa.table({"capture_id": pa.array(sorted({one.capture_id for one in moments}), pa.uuid())}))
    last = max(one.loaded_at for one in moments)
    return session.models("select_captures_again", CaptureRow, last=last)
