"""What alerts are made of: open incidents, how the runs of each flow ended, and what was told before."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from schemas.runs.alert import Alert, Alertable
from schemas.runs.flow_ends import FlowEnds
from warehouse.reader.file import Reader


class AlertFacts(NamedTuple):
    """Incidents that are open or were over lately, a row for each flow, and the messages that the warehouse has."""

    incidents: tuple[Alertable, ...]
    flows: tuple[FlowEnds, ...]
    told: tuple[Alert, ...]


def alert_facts(reader_path: Path, since: datetime) -> AlertFacts:
    """As of the last snapshot; what ended before `since` (UTC) is left out. Raises `NewsdeskError` where there is no
    reader file, or an older version wrote it."""
    with Reader(reader_path) as session:
        return AlertFacts(
            tuple(session.models("select_alertable_incidents", Alertable, since=since)),
            tuple(session.models("select_flow_ends", FlowEnds)),
            tuple(session.models("select_told_alerts", Alert, since=since)),
        )


class NewArticles(NamedTuple):
    """The articles that runs brought, with the run by article_id; and when each run ended (UTC)."""

    runs: dict[str, str]
    ended_at: dict[str, datetime]


def new_articles(reader_path: Path, since: datetime) -> NewArticles:
    """Of the runs that ended at `since` (UTC) or later; articles of a backfill are not news. Raises as
    `alert_facts`."""
    with Reader(reader_path) as session:
        rows = session.rows("select_new_articles", since=since)
    return NewArticles({row[0]: row[1] for row in rows}, {row[1]: row[2] for row in rows})
