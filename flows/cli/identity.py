"""`newsdesk identity`: which pages are one article, undone by a person who knows better."""

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.cli.read import AsJson, print_json
from schemas.errors import RefusedError
from schemas.settings import Settings

app = typer.Typer(help="Pages that are one article.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def identity() -> None:
    """Pages that were taken for one article: `newsdesk sql "FROM ops.identities"` lists them with their rules."""


@app.command("undo")
def undo(
    url: Annotated[str, typer.Argument(metavar="URL", help="The page's canonical URL: page_url of ops.identities.")],
    why: Annotated[str, typer.Option("--why", help="The reason, kept beside the decision.")],
    as_json: AsJson = False,
) -> None:
    """Make a page its own article again, for good: what was read from it, and what will be."""
    from warehouse.database.address import Address
    from warehouse.database.connection import Warehouse
    from warehouse.load.identities import undo_identity
    from warehouse.reader.publish import publish_reader
    from warehouse.tables.migrate import migrate

    settings, now = Settings.from_environment(os.environ), datetime.now(UTC)
    address = Address.parse(settings.warehouse_url)
    if not address.is_there():
        raise RefusedError(f"there is no warehouse at {address.name!r}")
    with Warehouse(settings.warehouse_url, settings.duckdb_memory) as warehouse:
        migrate(warehouse, now)
        row = undo_identity(warehouse, url, why, now)
        publish_reader(warehouse, settings.reader_path)
    if as_json:
        print_json(row.model_dump(mode="json"))
    else:
        print(f"{url} is its own article again; a text that it only shared is loaded for it when it is fetched next")
