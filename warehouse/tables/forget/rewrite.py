"""Rewrites the files of each table without what is forgotten, in one transaction.

No row is deleted from a file that stays: the rows of a file that go and those that stay are deleted together, which
drops the file, and those that stay are inserted again. A DELETE of some rows would leave a delete file, with which
the reader file cannot be written, and the deleted words in the Parquet file (docs/decisions/0077).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from schemas.runs.forget import PREFIX, Selection
from warehouse.database.columns import TableColumn, columns
from warehouse.database.connection import Session, Warehouse
from warehouse.tables.forget.select import kinds
from warehouse.tables.tables import TABLES, Table

UNTOUCHED = frozenset(
    {"migrations", "loads", "backfills", "forget_requests", "forget_results", "tombstones", "story_link_rounds"}
)
"""Tables whose rows say nothing of an article."""
LEDGER = frozenset({"outcomes", "requests"})
"""Tables that keep their rows, so that each run's URLs are accounted for: a hash takes the URL's place."""
WRITTEN_BY_OTHERS = frozenset(
    {
        "article_versions",
        "links_out",
        "captures",
        "site_blocks",
        "wrappers",
        "feed_states",
        "story_states",
        "story_link_decisions",
    }
)
"""Tables whose text is a publisher's own: rows that stay are not searched for the URLs and titles that go."""
NEEDLES_AT_MOST = 500
"""URLs and titles that messages are searched for. For more, as of a source or a period, messages are kept by their
source and their date."""
SHORTEST_TITLE = 16
"""Characters of a title that messages are searched for."""
GONE = "(forgotten)"
NO_DIGESTS: Mapping[str, str] = MappingProxyType({})


class _Change(NamedTuple):
    """SQL of a table's change: which rows go, and what stands in place of columns of rows that stay."""

    goes: str
    instead: dict[str, str]


def rewrite_tables(warehouse: Warehouse, chosen: Selection, digests: Mapping[str, str] = NO_DIGESTS) -> int:
    """Take the selection out of every table, in one transaction; returns the number of rows deleted or changed.
    `digests`: those of captures, by id, whose records have others since words were taken out of them."""
    if chosen.is_empty and not digests:
        return 0
    needles = {*chosen.urls, *(title for title in chosen.titles if len(title) >= SHORTEST_TITLE)}
    sets = kinds(
        url=chosen.urls,
        article=chosen.articles,
        capture=[place.capture_id for place in chosen.places],
        source=chosen.sources,
        digest=[f"{capture_id} {digest}" for capture_id, digest in digests.items()],
        needle=needles if len(needles) <= NEEDLES_AT_MOST else (),
    )

    def work(session: Session) -> int:
        session.bring(sets)
        session.script(_PREPARED)
        touched = [_rewrite(session, table, chosen) for table in TABLES if table.name not in UNTOUCHED]
        session.script("DROP TABLE forgetting")
        return sum(touched)

    return warehouse.rearrange("forget", work, "taking rows out")


def _rewrite(session: Session, table: Table, chosen: Selection) -> int:
    change = _change(table, chosen)
    changes = " OR ".join(f"({condition})" for condition in _conditions(change))
    touched = int(session.script(f"SELECT count(*) FROM {table.full_name} WHERE {changes}")[0][0])
    if not touched:
        return 0
    replaced = ", ".join(f"{sql} AS {name}" for name, sql in change.instead.items())
    names = ", ".join(column.name for column in columns(table.row))
    session.script(
        f"CREATE TEMP TABLE its_files AS SELECT DISTINCT filename FROM {table.full_name} WHERE {changes}; "
        f"CREATE TEMP TABLE staying AS SELECT {names} FROM (SELECT * {f'REPLACE ({replaced})' if replaced else ''} "
        f"FROM {table.full_name} WHERE filename IN (SELECT filename FROM its_files) "
        f"AND NOT coalesce({change.goes}, false)); "
        f"DELETE FROM {table.full_name} WHERE filename IN (SELECT filename FROM its_files); "
        f"INSERT INTO {table.full_name} BY NAME SELECT * FROM staying; "
        "DROP TABLE staying; DROP TABLE its_files"
    )
    return touched


def _conditions(change: _Change) -> list[str]:
    return [change.goes, *(f"{sql} IS DISTINCT FROM {name}" for name, sql in change.instead.items())]


def _change(table: Table, chosen: Selection) -> _Change:
    its = {column.name: column for column in columns(table.row)}
    if table.name in LEDGER:
        return _Change("false", _of_ledger(its))
    if table.name == "plans":
        is_few = len(chosen.urls) <= NEEDLES_AT_MOST
        return _Change(_in("source", "source"), {"links": _LINKS if is_few else _LINKS_OF_MANY})
    goes = [_in(name, kind) for name, kind in _KEYS if name in its]
    if table.name == "source_states":
        goes = [_in("slug", "source")]
    if table.name == "links_out":
        goes.append(_in("split_part(url, '#', 1)", "url"))
    if table.name == "story_states":
        goes = [_OF_TOUCHED_STORY]
    if table.name == "story_link_decisions":
        goes = [_OF_TOUCHED_STORY, f"other_{_OF_TOUCHED_STORY}"]
    if table.name == "story_separations":
        goes.append(_in("other_article_id", "article"))
    if table.name == "story_events":
        shared = f"if(article_id IS NULL AND {_OF_TOUCHED_STORY}, [], shared)"
        return _Change(goes[0], {"shared": shared, "why": _searched(its["why"])})
    if table.name == "findings":
        goes += [_is_old(source, f"{before.isoformat()}") for source, before in chosen.periods]
    if table.name == "captures":
        return _Change(" OR ".join(goes), {"warc_digest": _DIGEST})
    searched = {} if table.name in WRITTEN_BY_OTHERS else {n: _searched(c) for n, c in its.items() if _is_text(c)}
    return _Change(" OR ".join(goes) or "false", searched)


_KEYS = (
    ("article_id", "article"),
    ("of_id", "article"),
    ("duplicate_of", "article"),
    ("compared_with", "article"),
    ("capture_id", "capture"),
    ("url", "url"),
    ("page_url", "url"),
    ("canonical_url", "url"),
    ("source", "source"),
)
"""Columns by which a row is of what goes, and the set that has their values."""
_OF_TOUCHED_STORY = """story_id IN (
    WITH RECURSIVE touched AS (
        SELECT story_id
        FROM ops.story_events
        WHERE CAST(article_id AS VARCHAR) IN (SELECT value FROM forgetting WHERE kind = 'article')
        UNION
        SELECT events.story_id
        FROM ops.story_events AS events
        JOIN touched ON touched.story_id = events.other_story_id
        WHERE events.kind = 'merged'
    )
    SELECT story_id FROM touched
)"""
"""Stories that hold, or held, the terms of an article that goes: without its states, a story takes no more
articles or links. `ops.story_states` and the links come before `ops.story_events` in TABLES, which this reads."""
_DIGEST = """coalesce(
    (
        SELECT any_value(split_part(value, ' ', 2))
        FROM forgetting
        WHERE kind = 'digest' AND split_part(value, ' ', 1) = CAST(capture_id AS VARCHAR)
    ),
    warc_digest
)"""
_PREPARED = """
CREATE OR REPLACE TEMP TABLE forgetting AS SELECT kind, value FROM arriving;
SET VARIABLE needles = (SELECT coalesce(list(value), []) FROM forgetting WHERE kind = 'needle');
SET VARIABLE urls = (SELECT coalesce(list(value), []) FROM forgetting WHERE kind = 'url');
"""
"""A lambda can read a variable and no table."""
_PLAIN = frozenset({"run_id", "source", "kind", "state", "slug", "code", "reason", "flow", "runner"})
"""Text columns whose values come from closed sets or from our own files."""
_URL_OF_LINK = "json_extract_string(link, '$.url')"
_LINKS = f"""CASE
    WHEN len(list_filter(
        from_json(links, '["JSON"]'),
        lambda link: list_contains(getvariable('urls'), {_URL_OF_LINK})
    )) > 0
    THEN CAST(to_json(list_filter(
        from_json(links, '["JSON"]'),
        lambda link: NOT list_contains(getvariable('urls'), {_URL_OF_LINK})
    )) AS VARCHAR)
    ELSE links
END"""
_LINKS_OF_MANY = "if(batch_id IN (SELECT batch_id FROM ops.loads) AND links IS NOT NULL, '[]', links)"
"""Of chunks that are loaded, whose links nobody needs: there are too many URLs to look for each."""


def _in(column: str, kind: str) -> str:
    return f"CAST({column} AS VARCHAR) IN (SELECT value FROM forgetting WHERE kind = '{kind}')"


def _is_old(source: str | None, before: str) -> str:
    """Findings of the period; a slug has no quote in it."""
    of_source = f" AND source = '{source}'" if source else ""
    return f"at_utc < TIMESTAMPTZ '{before}'{of_source}"


def _is_text(column: TableColumn) -> bool:
    return column.type in ("VARCHAR", "VARCHAR[]") and column.name not in (
        "run_id",
        "source",
        "kind",
        "state",
        "slug",
    )


def _searched(column: TableColumn) -> str:
    """The column, without what has one of the needles in it."""
    named = column.name
    if column.type == "VARCHAR[]":
        return f"list_filter({named}, lambda part: NOT {_has_needle('part')})"
    return f"CASE WHEN {_has_needle(named)} THEN '{GONE}' ELSE {named} END"


def _has_needle(text: str) -> str:
    return f"(len(list_filter(getvariable('needles'), lambda needle: contains({text}, needle))) > 0)"


def _of_ledger(its: dict[str, TableColumn]) -> dict[str, str]:
    """Rows of what goes keep their counts; what says or leads to the words is taken out of them."""
    form = "coalesce(canonical_form, url)" if "canonical_form" in its else "url"
    is_page = "kind IN ('article', 'redirect')"
    goes = [f"({is_page} AND {_in('url', 'url')})", f"({is_page} AND {_in('source', 'source')})"]
    if "canonical_form" in its:
        goes += [f"({is_page} AND {_in('canonical_form', 'url')})", _in("article_id", "article")]
    condition = f"coalesce({' OR '.join(goes)}, false) AND NOT starts_with(url, '{PREFIX}')"
    instead = {
        "url": f"CASE WHEN {condition} THEN '{PREFIX}' || sha256({form}) ELSE url END",
        "detail": f"CASE WHEN {condition} THEN NULL ELSE {_searched(its['detail'])} END",
    }
    for name in ("canonical_form", "article_id", "version"):
        if name in its:
            instead[name] = f"CASE WHEN {condition} THEN NULL ELSE {name} END"
    if "capture_id" in its:
        is_gone = f"({condition}) OR coalesce({_in('capture_id', 'capture')}, false)"
        instead["capture_id"] = f"CASE WHEN {is_gone} THEN NULL ELSE capture_id END"
    if "found_in" in its:
        is_page_of = f"coalesce({_in('found_in', 'url')}, false)"
        instead["found_in"] = f"CASE WHEN {is_page_of} THEN '{PREFIX}' || sha256(found_in) ELSE found_in END"
    return instead
