"""What the front page and its pages tell, from the reader file, each answer with the SQL that made it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from schemas.history.front_page import (
    Attention,
    FrontArticle,
    FrontCarried,
    FrontFinding,
    FrontPage,
    FrontSource,
    FrontTotals,
    Period,
    Revision,
    RisingTerm,
)
from schemas.history.story_answers import StoryLine
from warehouse.database.address import quoted
from warehouse.database.names import field_name
from warehouse.database.session import Session
from warehouse.database.sql_files import statement
from warehouse.reader.file import Reader

Row = TypeVar("Row", bound=BaseModel)
STORIES = 100
"""Stories of a period that have a page."""
NEWEST = 40
REVISIONS = 60


def front_page(reader_path: Path, period: Period) -> FrontPage:
    """Everything the pages of the period show, from one snapshot. Raises `NewsdeskError` where there is no reader
    file."""
    with Reader(reader_path) as session:
        asked = _Asked(session)
        span = {"since": period.since, "until": period.until}
        stories = asked.rows("select_front_stories", StoryLine, **span, most=STORIES)
        ids = [story.story_id for story in stories]
        return FrontPage(
            period=period,
            totals=asked.rows("select_front_totals", FrontTotals, **span)[0],
            names=dict(session.rows("select_front_names")),
            stories=stories,
            told=asked.rows("select_front_members", FrontArticle, stories=ids),
            titles=asked.rows("select_front_titles", Revision, stories=ids),
            newest=asked.rows("select_front_newest", FrontArticle, **span, most=NEWEST),
            revisions=asked.rows("select_front_revisions", Revision, **span, most=REVISIONS),
            carried=asked.rows("select_front_carried", FrontCarried),
            sources=asked.rows("select_front_sources", FrontSource),
            findings=asked.rows("select_front_findings", FrontFinding),
            attention=asked.rows("select_front_attention", Attention, until=period.until),
            terms=asked.rows("select_front_terms", RisingTerm, **span),
            asked=asked.sql,
        )


def members_sql(story_id: UUID) -> str:
    """The query for the articles of one story."""
    return written_in("select_front_members", {"stories": [story_id]})


def written_in(name: str, values: dict[str, object]) -> str:
    """The statement with its values written in, so that anybody can ask it again with `newsdesk sql`."""
    text = statement(name).strip().removesuffix(";")
    for key in sorted(values, key=len, reverse=True):
        text = text.replace(f"${key}::UUID[]", _literal(values[key])).replace(f"${key}", _literal(values[key]))
    return text


class _Asked:
    """Asks, and keeps what it asked."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.sql: dict[str, str] = {}

    def rows(self, name: str, model: type[Row], **values: object) -> tuple[Row, ...]:
        """The rows of what will be shown; a bound value would import pandas, too, which takes 0.2 s."""
        sql = written_in(name, values)
        self.sql[name.removeprefix("select_front_")] = sql
        columns, rows = self._session.ask(sql)
        names = [field_name(column) for column in columns]
        pairs = (zip(names, row, strict=True) for row in rows)
        return tuple(model.model_validate({key: value for key, value in row if value is not None}) for row in pairs)


def _literal(value: object) -> str:
    if isinstance(value, datetime):
        return f"TIMESTAMPTZ {quoted(value.isoformat(sep=' '))}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(f'{quoted(str(each))}::UUID' for each in value)}]::UUID[]"
    return quoted(value) if isinstance(value, str) else str(value)
