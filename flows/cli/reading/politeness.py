"""`newsdesk politeness`: the requests to each domain and the pauses between them, from the ledger of requests."""

from collections.abc import Sequence
from typing import Annotated

import typer
from pydantic import BaseModel

from flows.cli.output import AsJson, cell, print_json, print_table, titled_zone
from flows.cli.session import reader_path
from flows.cli.tables import IsRecord, IsWide, TableLayout

OF_DOMAIN = ("domain", "requests", "gap_s", "pace_s", "wire_bytes", "breaches", "last_at")
OF_REQUEST = ("sent_at", "gap_s", "pace_s", "breach", "kind", "status", "reason", "wire_bytes", "url")


def politeness(
    host: Annotated[str | None, typer.Argument(help="A host or a registrable domain; none: all domains.")] = None,
    as_json: AsJson = False,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """Show the pace of requests to every domain (smallest gap and required pace, seconds), or every request
    to one; exit code 1 if a request came too early."""
    from warehouse.reader.politeness import domain_paces, requests_to

    layout = TableLayout.of(is_wide, is_record)
    if host:
        sent = requests_to(reader_path(), host)
        _show(sent, OF_REQUEST, as_json, layout)
        breaches = sum(each.breach is not None for each in sent)
    else:
        paces = domain_paces(reader_path())
        _show(paces, OF_DOMAIN, as_json, layout)
        breaches = sum(each.breaches for each in paces)
    if breaches:
        raise typer.Exit(1)


def _show(rows: Sequence[BaseModel], columns: Sequence[str], as_json: bool, layout: TableLayout) -> None:
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
    else:
        cells = [tuple(cell(getattr(row, name), is_exact=True) for name in columns) for row in rows]
        print_table(columns, cells, layout)
        print(titled_zone())
