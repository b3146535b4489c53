"""`newsdesk hydrate`: the texts of an export without texts."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json, tell
from flows.cli.session import reader_path, settings_here
from schemas.errors import UsageError
from schemas.settings import Settings


def hydrate(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="Parquet, CSV or JSON Lines, or the folder of an export.")
    ],
    out: Annotated[Path, typer.Option("--out", help="File or folder to write; it must not be there yet.")],
    as_json: AsJson = False,
) -> None:
    """Give the rows of an export without texts their texts again, from what this home has loaded; a list of what it
    lacks can be loaded by `newsdesk backfill`."""
    if not path.exists():
        raise UsageError(f"there is no file {str(path)!r}")
    settings, reader = settings_here(), reader_path()
    from tasks.exports.hydrate import hydrate as hydrated

    told = hydrated(reader, path, out)
    if as_json:
        print_json(told.model_dump(mode="json"))
    else:
        print(
            f"{told.rows:,} rows: {told.same:,} with their own text, {told.other:,} with what the article says "
            f"by now, {told.missing:,} without a text: {out}"
        )
    if told.missing or told.other:
        _tell_how_to_go_on(settings, out)


def _tell_how_to_go_on(settings: Settings, out: Path) -> None:
    listed = _list_of_lacking(settings, out)
    tell(
        f"to load what is lacking: newsdesk backfill --from wayback {listed} (as the pages were), or --from urls "
        f"{listed} (as they are); Common Crawl and WARC files by --from ccnews and --from warc; then hydrate again"
    )


def _list_of_lacking(settings: Settings, out: Path) -> Path:
    """A list in the home: the URLs of the rows without their own text, and when they were fetched."""
    from tasks.exports.hydrate import lacking_urls

    text = "".join(f'{at},"{url}"\n' for url, at in [("url", "date"), *lacking_urls(out)]).encode()
    listed = settings.home / "lists" / f"hydrate-{hashlib.sha256(text).hexdigest()[:12]}.csv"
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_bytes(text)
    return listed
