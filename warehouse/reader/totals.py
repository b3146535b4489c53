"""Keeps the totals of the status in the reader file: a publishing counts what runs wrote since the one before.

Two reports look at the whole history, `unaccounted_urls` and `politeness_breaches`: 9 and 5 s of CPU at a million
articles. Their rows of runs that wrote nothing since are taken over from the reader file that is replaced. A third,
`source_health`, needs the latest rows of the ledger alone: they are kept, and `kept.source_health` reads them.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from schemas.errors import NewsdeskError
from schemas.history.published import Published
from warehouse.database.address import quoted
from warehouse.database.session import Session
from warehouse.database.sql_files import report, statement
from warehouse.reader.file import Reader

_RUN_ID = re.compile(r"\d{8}T\d{6}-.+")
_NO_RUNS_ROWS = frozenset({"migrate", "quarantine drop", "identity undo", "stories undo"})
"""Messages of commits that add rows to none of the tables that are counted."""
_IS_OF_STORIES = "compact stories"
"""Message of commits that rewrite tables of stories alone, which no report counts (`warehouse.tables`)."""
_REPORTS = ("unaccounted_urls", "politeness_breaches")
_KEEPS_ROWS = re.compile(r"(tables|views|macros|scalar_macros|table_macros|schemas)_(created|altered)|merge_adjacent")
"""Changes of a snapshot that take away no row."""


class Kept(NamedTuple):
    """The reader file that is replaced, which has totals. `since`: the rows of runs of this id or later are to be
    counted again; all others are as they were."""

    path: Path
    since: str


def kept_before(path: Path) -> Published | None:
    """The snapshot of the reader file at the path; None: there is none, or its totals cannot be taken over."""
    if not path.is_file():
        return None
    with suppress(NewsdeskError), Reader(path) as session:  # A file of a home that was moved.
        if has_totals(session):
            return session.models("select_published", Published)[0]
    return None


def has_totals(session: Session) -> bool:
    """Whether the reader file has totals and `kept.source_health`; earlier versions of Newsdesk wrote none."""
    return bool(session.rows("select_kept"))


def counted_since(session: Session, before: Published, data_path: str) -> str | None:
    """The earliest run that wrote since the snapshot `before`; "~", which is behind every run: none did. None: the
    history is another one, or rows were changed or deleted, so that all must be counted."""
    snapshots: list[tuple[int, datetime, dict[str, list[str]], str | None]] = session.rows(
        "select_snapshots_since", snapshot=before.snapshot
    )
    if before.data_path != data_path or not snapshots or snapshots[0][:2] != (before.snapshot, before.snapshot_at):
        return None
    return _earliest((changes, message or "") for _, _, changes, message in snapshots[1:])


def _earliest(commits: Iterable[tuple[dict[str, Any], str]]) -> str | None:
    since = "~"
    for changes, message in commits:
        kinds = {kind for kind in changes if not _KEEPS_ROWS.fullmatch(kind)}
        if not kinds or message == _IS_OF_STORIES or (kinds == {"tables_inserted_into"} and message in _NO_RUNS_ROWS):
            continue
        if kinds != {"tables_inserted_into"} or not _RUN_ID.fullmatch(message):
            return None
        since = min(since, message)
    return since


def write_totals(session: Session, kept: Kept | None) -> None:
    """Write the tables of the schema `kept` into the draft of a reader file that has all its views."""
    session.script("CREATE SCHEMA kept")
    if kept:
        _carry_over(session, kept)
    else:
        for name in _REPORTS:  # By their own text: the file may have views of other reports alone.
            session.script(f"CREATE TABLE kept.{name} AS {report(name).sql}")
        session.script(statement("create_lasts"))
    session.script(statement("create_totals"))
    session.script(f"CREATE VIEW kept.source_health AS {_source_health()}")


def _carry_over(session: Session, kept: Kept) -> None:
    """The reports run over what was written since, in a database in memory that has the names of this one; their
    rows of before are copied."""
    draft = session.script("SELECT current_database()")[0][0]
    session.script(
        f"SET VARIABLE since = {quoted(kept.since)}; ATTACH {quoted(str(kept.path))} AS before (READ_ONLY)"
    )
    session.script(statement("create_recent"))
    session.script("USE recent")
    for name in _REPORTS:
        session.script(f"CREATE TABLE main.{name} AS {report(name).sql}")
    session.script(f'USE "{draft}"')
    session.script(statement("create_kept_from_recent"))
    session.script(statement("create_lasts") + statement("add_lasts_of_before"))
    session.script("DETACH before; DETACH recent")


def _source_health() -> str:
    """The report's own text, over the rows that are kept."""
    text = report("source_health").sql
    for table in ("outcomes", "feed_states"):
        text = text.replace(f"FROM ops.{table}\n", f"FROM kept.last_{table}\n")
    return text
