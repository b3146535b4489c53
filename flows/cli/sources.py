"""`newsdesk sources`: list, check, discover, add, import and export the source files."""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json, print_table, tell, zone_here
from flows.cli.session import settings_here, slugs_here, stop_on_signals
from flows.cli.tables import IsRecord, IsWide, TableLayout
from schemas.errors import NewsdeskError, UsageError
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.settings import Settings
from schemas.sources.place import Candidate, Place, Survey
from schemas.sources.source import Source
from tasks.pure.sources.countries import country_of, time_zone_of
from tasks.pure.sources.proposals import proposal_of
from tasks.sources.source_files import free_slug, known_places, propose_source, toml_of, without_known, write_source
from tasks.sources.source_folder import SourceFolder, feed_key, no_source, owners, read_folder, read_sources, slugs_of

app = typer.Typer(help="List, check, discover, add, import and export sources.", no_args_is_help=True)

Name = Annotated[str | None, typer.Option(help="Name of the outlet; default: what its site or feed says.")]
Slug = Annotated[str | None, typer.Option(help="Name of the file; default: made of the host.")]
AsFound = Annotated[str, typer.Option(help="BCP 47 code of the language; default: what its site or feed says.")]
CountryAsFound = Annotated[str, typer.Option(help="ISO 3166-1 code in lower case; default: of the host's domain.")]
TimeZoneAsFound = Annotated[str, typer.Option(help="IANA name, for dates without one; default: the country's only.")]


@app.command("list")
def list_sources(as_json: AsJson = False, is_wide: IsWide = False, is_record: IsRecord = False) -> None:
    """List the sources."""
    layout = TableLayout.of(is_wide, is_record)
    found = _found_in(settings_here())
    if as_json:
        print_json([source.model_dump(mode="json") for source in found.sources])
    else:
        columns = ["slug", "name", "language", "country", "feeds", "sitemaps", "articles a day"]
        print_table(columns, [_row(source) for source in found.sources], layout)
    _leave(found)


@app.command("check")
def check(
    slugs: Annotated[
        list[str] | None, typer.Argument(help="Slugs; none: every source.", autocompletion=slugs_here)
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Only read the files; send no request.")] = False,
    as_json: AsJson = False,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """Check source files, then poll each feed and sitemap once and show what it lists. Loads nothing."""
    from flows.running.probes import check_sources

    layout = TableLayout.of(is_wide, is_record)
    settings = settings_here()
    found = _found_in(settings, slugs or [])
    if not slugs:
        found = found._replace(sources=tuple(source for source in found.sources if source.enabled or offline))
    if offline:
        if as_json:
            print_json([{"source": source.slug} for source in found.sources])
        else:
            print(f"{len(found.sources)} source files are well formed")
        _leave(found)
        return
    with _stoppable() as stop:
        rows = check_sources(settings, found.sources, stop)
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
    else:
        columns = ["source", "url", "outcome", "entries", "newest entry", "detail"]
        print_table(
            columns, [(r.source, r.url, r.reason.value, r.entries, r.newest_at, r.detail) for r in rows], layout
        )
    if any(row.is_failing for row in rows):
        raise typer.Exit(3)
    _leave(found)


@app.command("discover")
def discover(
    url: Annotated[str, typer.Argument(help="URL of a site, a section, a feed or a sitemap.")],
    name: Name = None,
    slug: Slug = None,
    language: AsFound = "",
    country: CountryAsFound = "",
    time_zone: TimeZoneAsFound = "",
    is_written: Annotated[bool, typer.Option("--write", help="Write the file into the sources folder.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the URLs that were requested, and what each lists, as JSON instead.")
    ] = False,
) -> None:
    """Find the feeds and sitemaps of a site and propose its source file. Requests about a dozen URLs."""
    from flows.running.probes import look_at

    settings = settings_here()
    with _stoppable() as stop:
        survey = look_at(settings, url, stop)
    rows = [Candidate.of(looked) for looked in survey.looked]
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
        return
    for row in rows:
        print(f"{row.said_by.value} {row.kind.value} {row.url}: {_found(row)}", file=sys.stderr)
    source = _proposed(url, survey, name, slug, language, country, time_zone)
    if is_written:
        print(_written(settings, source))
    else:
        for line in known_places(source, owners(settings.sources)).values():
            tell(line)
        sys.stdout.write(f"# {source.slug}.toml\n{toml_of(source)}")


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(help="URL of a feed or sitemap, or of a site that has some.")],
    name: Name = None,
    slug: Slug = None,
    language: AsFound = "",
    country: CountryAsFound = "",
    time_zone: TimeZoneAsFound = "",
) -> None:
    """Fetch a feed once, or find the feeds of a site, and write the source file."""
    from flows.running.probes import look_at

    settings = settings_here()
    if owner := owners(settings.sources).get(feed_key(url) or ""):
        raise UsageError(f"{owner} has {url!r} already: nothing was written")
    with _stoppable() as stop:
        survey = look_at(settings, url, stop)
    print(_written(settings, _proposed(url, survey, name, slug, language, country, time_zone)))


@app.command("subscribe")
def subscribe(
    slug: Annotated[str, typer.Argument(help="Slug of a source.", autocompletion=slugs_here)],
    as_json: AsJson = False,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """Subscribe by WebSub to the feeds of a source that name a hub. Pushes need a server at
    NEWSDESK_WEBSUB_CALLBACK, which newsdesk does not run; polling goes on in any case."""
    from flows.running.probes import subscribe_to

    layout = TableLayout.of(is_wide, is_record)
    settings = settings_here()
    source = read_sources(settings.sources, [slug])[0]
    with _stoppable() as stop:
        rows = subscribe_to(settings, source, stop)
    if as_json:
        print_json([row.model_dump(mode="json") for row in rows])
    else:
        told = [
            (r.feed, r.hub, r.refusal.detail or r.refusal.reason.value if r.refusal else "accepted") for r in rows
        ]
        print_table(["feed", "hub", "answer"], told, layout)
    if any(row.refusal for row in rows):
        raise typer.Exit(3)


@app.command("import")
def import_opml(
    file: Annotated[Path, typer.Argument(help="An OPML file.")],
    language: Annotated[str, typer.Option(help="BCP 47 code of the outlets' language; und: unknown.")] = "und",
    country: Annotated[str, typer.Option(help="ISO 3166-1 alpha-2 code in lower case; zz: unknown.")] = "zz",
    time_zone: Annotated[str, typer.Option(help="IANA name; dates without a zone are read in it.")] = "UTC",
) -> None:
    """Write a source file for every feed of an OPML file; feeds that a source has already are skipped."""
    from tasks.pure.feeds.opml import read_opml  # Here: lxml is no library of the other commands.

    settings = settings_here()
    try:
        outlines = read_opml(file.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {str(file)!r}: {error.strerror}") from error
    known, slugs, refused = owners(settings.sources), slugs_of(settings.sources), 0
    for outline in outlines:
        key = feed_key(outline.url) or outline.url
        if owner := known.get(key):
            tell(f"{owner} has {outline.url!r} already: skipped")
            continue
        slug = free_slug(outline.title, outline.url, slugs)
        feed = Place(outline.url, UrlKind.FEED)
        try:
            source = propose_source(
                [feed], outline.title, slug, language=language, country=country, time_zone=time_zone
            )
            path = write_source(settings.sources, source)
        except UsageError as error:
            tell(f"no source file for {outline.url!r}: {error}")
            refused += 1
            continue
        slugs.add(slug)
        known[key] = f"source {slug!r} ({path})"
        print(path)
    if refused:
        raise typer.Exit(3)


@app.command("export")
def export_opml() -> None:
    """Print the feeds of all sources as OPML."""
    from tasks.pure.feeds.opml import write_opml

    sys.stdout.write(write_opml(read_sources(settings_here().sources)))


@contextmanager
def _stoppable() -> Iterator[threading.Event]:
    """An event that Ctrl-C sets: the requests so far are recorded, and the command ends with exit code 130."""
    with stop_on_signals("stopping; the requests so far are being recorded") as stop:
        yield stop
    if stop.is_set():
        raise typer.Exit(130)


def _written(settings: Settings, source: Source) -> Path:
    """The file of the source, without the feeds that a source has already, which standard error names."""
    known = known_places(source, owners(settings.sources))
    left = without_known(source, known)
    for line in known.values():
        tell(f"{line}: left out")
    return write_source(settings.sources, left)


def _found_in(settings: Settings, slugs: Sequence[str] = ()) -> SourceFolder:
    """The sources; the files that are wrong or not read are named on standard error. Raises where there is none."""
    found = read_folder(settings.sources, slugs)
    if not found.sources:
        raise no_source(settings.sources, found.faults)
    for fault in found.faults:
        tell(fault.message)
    return found


def _leave(found: SourceFolder) -> None:
    """End with exit code 3 where a file that was asked for is wrong."""
    if found.left_out:
        raise typer.Exit(3)


def _found(row: Candidate) -> str:
    if row.reason is not Reason.OK:
        return f"{row.reason.value}{f', {row.detail}' if row.detail else ''}"
    newest = f", newest {row.newest_at.astimezone(zone_here()):%Y-%m-%d %H:%M %Z}" if row.newest_at else ""
    return f"{row.entries} entries{newest}{f', {row.title!r}' if row.title else ''}"


def _proposed(
    url: str, survey: Survey, name: str | None, slug: str | None, language: str, country: str, time_zone: str
) -> Source:
    """The source that the survey suggests; what a person gave comes first."""
    proposal = proposal_of(survey)
    if not proposal.places:
        raise NewsdeskError(f"no feed, sitemap or link to an article found at {url!r}")
    home = country or country_of(survey.homepage)
    return propose_source(
        proposal.places,
        name or proposal.name,
        slug,
        homepage=survey.homepage,
        language=language or proposal.language or "und",
        country=home,
        time_zone=time_zone or time_zone_of(home),
    )


def _row(source: Source) -> tuple[str | int, ...]:
    low, high = source.expect.articles_per_day
    return (
        source.slug,
        source.name,
        source.language,
        source.country,
        len(source.feeds),
        len(source.sitemaps),
        f"{low}–{high}",
    )
