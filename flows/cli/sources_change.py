"""`newsdesk sources mute`, `unmute`, `rename` and `remove`: change the file of one source."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json, tell
from flows.cli.session import settings_here, slugs_here, stop_on_signals
from schemas.errors import NewsdeskError
from schemas.items.outcome import Refusal
from schemas.settings import Settings
from tasks.sources.change_source import remove_source, rename_file, set_muted
from tasks.sources.source_folder import read_sources, slugs_of

_SHOWN = {"title", "dek", "authors", "published_at", "completeness", "word_count", "body", "reason", "detail"}
Slug = Annotated[str, typer.Argument(help="Slug of a source.", autocompletion=slugs_here)]


def mute(slug: Slug) -> None:
    """Poll a source and tell nothing of it: no finding, no failure. Writes `muted = true` into its file."""
    print(set_muted(settings_here().sources, slug, True))


def unmute(slug: Slug) -> None:
    """Tell the findings and failures of a source again."""
    print(set_muted(settings_here().sources, slug, False))


def rename(
    before: Annotated[str, typer.Argument(metavar="OLD", help="Slug of a source.", autocompletion=slugs_here)],
    after: Annotated[str, typer.Argument(metavar="NEW", help="Its slug from now on.")],
) -> None:
    """Give a source another slug, with all that was loaded of it. Queries that name the earlier slug find nothing."""
    from tasks.upkeep.rename_source import check_no_run, rename_source  # It opens the warehouse: 0.2 s of imports.

    settings = settings_here()
    check_no_run(settings)
    path = rename_file(settings.sources, before, after)
    moved = rename_source(settings, before, after, datetime.now(UTC))
    tell(f"{moved:,} rows of {before!r} are of {after!r}; in queries, write {after!r} in place of {before!r}")
    print(path)


def show_selected(
    slug: Slug,
    url: Annotated[str, typer.Argument(help="URL of one article of the source.")],
    as_json: AsJson = False,
) -> None:
    """Fetch one page and show what the [select] table of the source gives, beside what the rules give."""
    from flows.running.probes import try_select

    settings = settings_here()
    [source] = read_sources(settings.sources, [slug])
    with stop_on_signals("stopping; the requests so far are being recorded") as stop:
        answers = try_select(settings, source, url, stop)
    selected, by_rules = (answer.model_dump(mode="json", include=_SHOWN) for answer in answers)
    if as_json:
        print_json({"selected": selected, "by_rules": by_rules})
    else:
        for field in selected:
            print(f"{field}: {selected[field]}")
            if by_rules.get(field) != selected[field]:
                print(f"    by the rules: {by_rules.get(field)}")
    if isinstance(answers[0], Refusal):
        raise typer.Exit(3)


def remove(slug: Slug) -> None:
    """Delete the file of a source, and say what stays. `enabled = false` in the file stops its polls and keeps it."""
    settings = settings_here()
    if slug in slugs_of(settings.sources):
        tell(f"{_loaded(settings, slug)} stay in the tables, and every answer in the archive; {slug!r} is not polled")
    print(remove_source(settings.sources, slug))


def _loaded(settings: Settings, slug: str) -> str:
    """How many articles of the source the reader file has."""
    from warehouse.reader.status import status

    try:
        lines = status(settings.reader_path).sources
    except NewsdeskError:  # No run has ended yet.
        lines = ()
    return f"{sum(line.articles for line in lines if line.source == slug):,} articles of {slug!r}"
