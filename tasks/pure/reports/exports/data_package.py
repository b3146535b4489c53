"""The descriptor of an export (Frictionless Data Package, v1), and its data card, as Hugging Face reads it."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from schemas.exports import ExportColumn, ExportFormat, ExportState
from tasks.pure.reports.wording import counted
from tasks.pure.text.escaping import markdown

SCHEMA = "schema.json"
_MEDIA_TYPES = {
    ExportFormat.PARQUET: "application/vnd.apache.parquet",
    ExportFormat.CSV: "text/csv",
    ExportFormat.JSONL: "application/jsonl",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.RSS: "application/rss+xml",
}
_TYPES = (
    (r".*\[\]|.*\[\d+\]", "array"),
    (r"STRUCT.*|MAP.*|JSON|UNION.*", "object"),
    (r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?", "integer"),
    (r"DOUBLE|FLOAT|REAL|DECIMAL.*", "number"),
    (r"BOOLEAN", "boolean"),
    (r"DATE", "date"),
    (r"TIMESTAMP.*", "datetime"),
    (r"TIME.*", "time"),
)
"""DuckDB's type, and the one of Table Schema (v1)."""
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_MOST_SOURCES = 50


def table_schema(columns: Sequence[ExportColumn]) -> dict[str, Any]:
    """The columns as a Table Schema."""
    fields = [
        {"name": each.name, "type": field_type(each.type)} | ({"description": each.comment} if each.comment else {})
        for each in columns
    ]
    return {"fields": fields, "missingValues": [""]}


def field_type(duckdb_type: str) -> str:
    """The type of Table Schema for a type of DuckDB; what it does not know is text."""
    return next((name for pattern, name in _TYPES if re.fullmatch(pattern, duckdb_type, re.DOTALL)), "string")


def data_package(state: ExportState) -> dict[str, Any]:
    """The descriptor: each file with its rows, size and SHA-256."""
    resources = [
        {
            "name": re.sub(r"[^a-z0-9._-]+", "-", each.path.lower()),
            "path": each.path,
            "format": state.options.form.value,
            "mediatype": _MEDIA_TYPES[state.options.form],
            "encoding": "utf-8",
            "bytes": each.bytes,
            "hash": f"sha256:{each.sha256}",
            "rowCount": each.rows,
            **(
                {}
                if state.options.form is ExportFormat.RSS
                else {"profile": "tabular-data-resource", "schema": SCHEMA}
            ),
        }
        for each in state.files
    ]
    told = {"licenses": [{"name": "other", "title": state.licence}]} if state.licence else {}
    return {
        "profile": "data-package",
        "name": f"newsdesk-{state.options.name.replace('_', '-')}",
        "created": state.snapshot_at.isoformat(),
        **told,
        "resources": resources,
    }


def data_card(state: ExportState) -> str:
    """The card: what the rows are, how many, of which time and sources, what their publishers reserve, and every
    column. Hugging Face reads the lines between the first two rules."""
    options, tally = state.options, state.tally
    head = {
        "license": "other",
        "language": [code for code in sorted(tally.languages) if re.fullmatch(r"[a-z]{2,3}", code)],
        "size_categories": [next((name for most, name in _SIZES if tally.rows < most), "n>1M")],
        "configs": [{"config_name": "default", "data_files": f"data/**/*.{options.form.value}"}],
    }
    chosen = options.model_dump(mode="json", exclude_defaults=True)
    lines = [
        "---",
        *(f"{name}: {json.dumps(value)}" for name, value in head.items() if value),
        "---",
        "",
        f"# {'Rows of a query' if options.query else options.table}, exported by Newsdesk",
        "",
        f"{counted(tally.rows, 'row')} in {counted(len(state.files), 'file')}, as the warehouse was at "
        f"{state.snapshot_at.isoformat()} "
        f"(snapshot {state.snapshot}). `datapackage.json` has the size and the SHA-256 of each file.",
        "",
        *_period(state),
        *_licence(state),
        *_counts("Source", tally.sources),
        *_counts("Language", tally.languages),
        *_counts("Reserved by the publisher", tally.policies),
        "## How it was made",
        "",
        f"Newsdesk {state.made_by}, `newsdesk export`, with these options:",
        "",
        "```json",
        json.dumps(chosen, indent=2, ensure_ascii=False).replace("```", "'''"),
        "```",
        "",
        *_notes(state),
        "## Columns",
        "",
        "| column | type | meaning |",
        "| --- | --- | --- |",
        *(f"| {markdown(each.name)} | {markdown(each.type)} | {markdown(each.comment)} |" for each in state.columns),
    ]
    return "\n".join(lines) + "\n"


def _period(state: ExportState) -> list[str]:
    first, last = state.tally.first_at, state.tally.last_at
    if first is None or last is None:
        return []
    return [f"Published from {first.isoformat()} to {last.isoformat()} (UTC).", ""]


def _licence(state: ExportState) -> list[str]:
    told = (
        markdown(state.licence)
        if state.licence
        else (
            "No licence was named. The texts are their publishers'; what may be done with them, the law and they say."
        )
    )
    return ["## Licence", "", told, ""]


def _counts(title: str, counts: Mapping[str, int]) -> list[str]:
    if not counts:
        return []
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [f"| {markdown(name)} | {count:,} |" for name, count in most[:_MOST_SOURCES]]
    rest = [f"| {len(most) - _MOST_SOURCES:,} more | {sum(c for _, c in most[_MOST_SOURCES:]):,} |"]
    return [f"| {title} | rows |", "| --- | ---: |", *lines, *(rest if len(most) > _MOST_SOURCES else []), ""]


def _notes(state: ExportState) -> list[str]:
    notes = {
        ExportFormat.CSV: "A text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line "
        "end) has an apostrophe before it. Lists are JSON.",
        ExportFormat.XLSX: f"Texts are written as text, never as formulas. Instants are UTC. A cell holds 32,767 "
        f"characters: {_cut(state.tally.cut_cells)} shortened, and ends with […] there.",
    }
    note = notes.get(state.options.form)
    return [note, ""] if note else []


def _cut(cells: int) -> str:
    return f"{counted(cells, 'cell')} {'was' if cells == 1 else 'were'}"
