"""The page of the tables, views and functions, from an empty warehouse and its reader file."""

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docs._generate.markdown import code, page, prose, table
from schemas.settings import Settings
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.reader.queries import answer_rows
from warehouse.tables.migrate import migrate

SCHEMAS = {
    "main": "Articles, their versions and what was captured.",
    "ops": "What was done, by which run, and what became of every URL.",
    "reports": "Answers that are made from the other two. `newsdesk report NAME` prints one.",
}
RELATIONS = """
SELECT schema_name, table_name AS name, comment FROM duckdb_tables() WHERE schema_name IN ('main', 'ops', 'reports')
UNION ALL
SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal AND schema_name <> 'kept'
ORDER BY schema_name, name
"""
COLUMNS = """
SELECT schema_name, table_name, column_name, data_type, comment
FROM duckdb_columns()
WHERE schema_name IN ('main', 'ops', 'reports') AND NOT internal
ORDER BY schema_name, table_name, column_index
"""
FUNCTIONS = """
SELECT DISTINCT function_name, parameters, comment
FROM duckdb_functions()
WHERE schema_name = 'main' AND NOT internal AND function_type = 'table_macro'
ORDER BY function_name
"""


def data_dictionary_page() -> str:
    """Every table and view that a reader sees, with its columns."""
    with TemporaryDirectory() as folder:
        reader = _empty_reader(Path(folder))
        relations, columns, functions = (answer_rows(reader, sql).rows for sql in (RELATIONS, COLUMNS, FUNCTIONS))
    of = defaultdict(list)
    for schema, name, *column in columns:
        of[schema, name].append(column)
    blocks = [_block(schema, name, comment, of[schema, name]) for schema, name, comment in relations]
    return page(
        "Data dictionary",
        "The tables and views of the reader file `newsdesk.duckdb`; [query](../how-to/query.md) says how to open it. "
        "Instants are UTC. NULL means that the publisher did not say, or that it was not measured, never empty or 0. "
        "`DESCRIBE main.articles` prints the same columns.",
        table(
            ("table or view", "one row is"),
            [(f"[`{s}.{n}`](#{s}{n})", prose(comment or "")) for s, n, comment in relations],
        ),
        *(_schema(name, text, blocks) for name, text in SCHEMAS.items()),
        "## Functions",
        *(f"**`{name}({', '.join(names)})`** {prose(comment or '')}" for name, names, comment in functions),
    )


def _empty_reader(folder: Path) -> Path:
    settings = Settings(home=folder)
    (folder / "warehouse").mkdir()
    with Warehouse(settings.warehouse_url) as warehouse:
        migrate(warehouse, datetime(2026, 1, 1, tzinfo=UTC))
        publish_reader(warehouse, settings.reader_path)
    return settings.reader_path


def _schema(name: str, text: str, blocks: list[str]) -> str:
    return "\n\n".join([f"## {name}", text, *(block for block in blocks if block.startswith(f"### {name}."))])


def _block(schema: str, name: str, comment: str | None, columns: list[Any]) -> str:
    rows = [(code(column), code(_short(typed)), prose(text or "")) for column, typed, text in columns]
    has_texts = any(text for *_, text in rows)
    shown = (
        table(("column", "type", "meaning"), rows) if has_texts else table(("column", "type"), [r[:2] for r in rows])
    )
    return "\n\n".join([f"### {schema}.{name}", prose(comment or ""), shown])


def _short(typed: str) -> str:
    return typed.replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")
