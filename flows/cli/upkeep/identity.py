"""`newsdesk identity`: undo the decision that two pages are one article."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json
from flows.cli.session import settings_here

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
    from tasks.upkeep.corrections import undo_identity
    from tasks.upkeep.open_warehouse import correct

    settings = settings_here()
    row = correct(settings, datetime.now(UTC), lambda where, now: undo_identity(where, settings, url, why, now))
    if as_json:
        print_json(row.model_dump(mode="json"))
    else:
        print(f"{url} is its own article again; a text that it only shared is loaded for it when it is fetched next")
