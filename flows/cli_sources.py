"""`newsdesk sources`: list, check, add, import and export the source files."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_read import print_json, print_table
from schemas.errors import UsageError
from schemas.link import UrlKind
from schemas.settings import Settings
from schemas.source import Source
from tasks.pure.opml import read_opml, write_opml
from tasks.sources import free_slug, propose_source, read_sources, write_source

app = typer.Typer(help="List, check, add, import and export sources.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON array on standard output.")]
Language = Annotated[str, typer.Option(help="BCP 47 code of the outlet's language; und: unknown.")]
Country = Annotated[str, typer.Option(help="ISO 3166-1 alpha-2 code in lower case; zz: unknown.")]
TimeZone = Annotated[str, typer.Option(help="IANA name; dates without a zone are read in it.")]


@app.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """List the sources."""
    sources = read_sources(_settings().sources)
    if as_json:
        print_json([source.model_dump(mode="json") for source in sources])
        return
    columns = ["slug", "name", "language", "country", "feeds", "sitemaps", "articles a day"]
    print_table(columns, [_row(source) for source in sources])


@app.command("check")
def check(
    slugs: Annotated[list[str] | None, typer.Argument(help="Slugs; none: every source.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Only read the files; ask no publisher.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check source files, then ask each feed and sitemap once and say what it lists. Loads nothing."""
    from flows.runs import check_sources

    settings = _settings()
    sources = read_sources(settings.sources, slugs or [])
    if offline:
        print(f"{len(sources)} source files are well formed")
        return
    rows = check_sources(settings, sources)
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
    else:
        columns = ["source", "url", "outcome", "entries", "newest entry", "detail"]
        print_table(columns, [(r.source, r.url, r.reason.value, r.entries, r.newest_at, r.detail) for r in rows])
    if any(row.is_failing for row in rows):
        raise typer.Exit(3)


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(help="URL of a feed or sitemap.")],
    name: Annotated[str | None, typer.Option(help="Name of the outlet; default: the feed's title.")] = None,
    slug: Annotated[str | None, typer.Option(help="Name of the file; default: made of the host.")] = None,
    language: Language = "",
    country: Country = "zz",
    time_zone: TimeZone = "UTC",
) -> None:
    """Ask for a feed once and write its source file."""
    from flows.runs import look_at

    settings = _settings()
    looked = look_at(settings, url)
    spoken = language or (looked.listing.language or "und").lower().split("-")[0]
    source = propose_source(
        url, looked.kind, name or looked.listing.title, slug, language=spoken, country=country, time_zone=time_zone
    )
    print(write_source(settings.sources, source))


@app.command("import")
def import_opml(
    file: Annotated[Path, typer.Argument(help="An OPML file.")],
    language: Language = "und",
    country: Country = "zz",
    time_zone: TimeZone = "UTC",
) -> None:
    """Write a source file for every feed of an OPML file; feeds that a source has already are left out."""
    settings = _settings()
    try:
        outlines = read_opml(file.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {str(file)!r}: {error.strerror}") from error
    here = read_sources(settings.sources) if settings.sources.is_dir() else ()
    known = {url for source in here for url in source.feeds}
    slugs = {source.slug for source in here}
    for outline in outlines:
        if outline.url in known:
            continue
        url, title = outline.url, outline.title
        slug = free_slug(title, url, slugs)
        slugs.add(slug)
        source = propose_source(
            url, UrlKind.FEED, title, slug, language=language, country=country, time_zone=time_zone
        )
        print(write_source(settings.sources, source))


@app.command("export")
def export_opml() -> None:
    """Print the feeds of all sources as OPML."""
    sys.stdout.write(write_opml(read_sources(_settings().sources)))


def _settings() -> Settings:
    return Settings.from_environment(os.environ)


def _row(source: Source) -> tuple[str, ...]:
    low, high = source.expect.articles_per_day
    return (
        source.slug,
        source.name,
        source.language,
        source.country,
        str(len(source.feeds)),
        str(len(source.sitemaps)),
        f"{low}–{high}",
    )
