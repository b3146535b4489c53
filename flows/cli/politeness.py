"""`newsdesk politeness`: what was asked of whom and at what pace, proved from the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer
from pydantic import BaseModel

from flows.cli.read import AsJson, print_json, print_table, reader_path

OF_DOMAIN = ("domain", "requests", "gap_s", "pace_s", "wire_bytes", "breaches", "last_at")
OF_REQUEST = ("sent_at", "gap_s", "pace_s", "breach", "kind", "status", "reason", "wire_bytes", "url")


def politeness(
    host: Annotated[str | None, typer.Argument(help="A host or a registrable domain; none: all domains.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell the pace kept with every domain (smallest gap beside the least pace owed, seconds), or every
    request to one; ends with 1 where a request came too early."""
    from warehouse.reader.politeness import domain_paces, requests_to

    if host:
        sent = requests_to(reader_path(), host)
        _show(sent, OF_REQUEST, as_json)
        breaches = sum(each.breach is not None for each in sent)
    else:
        paces = domain_paces(reader_path())
        _show(paces, OF_DOMAIN, as_json)
        breaches = sum(each.breaches for each in paces)
    if breaches:
        raise typer.Exit(1)


def _show(rows: Sequence[BaseModel], columns: Sequence[str], as_json: bool) -> None:
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
    else:
        print_table(columns, [tuple(_cell(getattr(row, name)) for name in columns) for row in rows])


def _cell(value: object) -> object:
    """Milliseconds count here."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="milliseconds").removesuffix("+00:00")
    return f"{value:.3f}" if isinstance(value, float) else value
