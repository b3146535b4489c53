"""Writes what new versions mention, and looks for mentions in stored versions where nobody has."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from schemas.items.article import ArticleVersion
from schemas.items.mention import StoredWords, VersionMentions
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.load.rules import HistoryRules


def load_mentions(session: Session, versions: Sequence[ArticleVersion], at: datetime) -> None:
    """Write what the versions mention; `at` (UTC) is the time of the load. A version whose article was not searched
    for mentions gets no row: maintenance searches it."""
    _insert(
        session,
        (
            VersionMentions.model_construct(
                article_id=one.article_id, version=one.version, mentions=one.mentions, loaded_at=at
            )
            for one in versions
            if one.mentions is not None
        ),
    )


def find_stored_mentions(warehouse: Warehouse, rules: HistoryRules, run_id: str, at: datetime, at_most: int) -> int:
    """Search up to `at_most` stored versions that nobody searched, newest first: those that an earlier version of
    Newsdesk loaded. Returns their number; 0: each was searched."""

    def work(session: Session) -> int:
        texts = [StoredWords(*row) for row in session.rows("select_unsearched", at_most=at_most)]
        found = zip(texts, rules.mentions_of_stored(texts), strict=True)
        _insert(
            session,
            (
                VersionMentions.model_construct(
                    article_id=one.article_id, version=one.version, mentions=its, loaded_at=at
                )
                for one, its in found
            ),
        )
        return len(texts)

    return warehouse.write(run_id, work, "searching stored texts for mentions")


def _insert(session: Session, rows: Iterable[VersionMentions]) -> None:
    arriving = arrow_rows(VersionMentions, rows)
    if arriving.num_rows:
        session.bring(arriving)
        session.rows("insert_version_mentions")
