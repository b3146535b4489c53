"""`newsdesk sources mute`, `unmute` and `remove`: change the file of one source."""

from typing import Annotated

import typer

from flows.cli.output import tell
from flows.cli.session import settings_here
from schemas.errors import NewsdeskError
from schemas.settings import Settings
from tasks.sources.change_source import remove_source, set_muted
from tasks.sources.source_folder import slugs_of

Slug = Annotated[str, typer.Argument(help="Slug of a source.")]


def mute(slug: Slug) -> None:
    """Poll a source and tell nothing of it: no finding, no failure. Writes `muted = true` into its file."""
    print(set_muted(settings_here().sources, slug, True))


def unmute(slug: Slug) -> None:
    """Tell the findings and failures of a source again."""
    print(set_muted(settings_here().sources, slug, False))


def remove(slug: Slug) -> None:
    """Delete the file of a source, and say what stays. `enabled = false` in the file stops its polls and keeps it."""
    settings = settings_here()
    if slug in slugs_of(settings.sources):
        tell(f"{_loaded(settings, slug)} stay in the tables, and every answer in the archive; {slug!r} is not polled")
    print(remove_source(settings.sources, slug))


def _loaded(settings: Settings, slug: str) -> str:
    """How many articles of the source the reader file has."""
    from warehouse.reader.queries import status

    try:
        lines = status(settings.reader_path).sources
    except NewsdeskError:  # No run has ended yet.
        lines = ()
    return f"{sum(line.articles for line in lines if line.source == slug):,} articles of {slug!r}"
