"""`newsdesk explain`: every step that one URL took."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import RenderableType
from rich.text import Text

from flows.cli.output import AsJson, print_json, titled, zone_here
from flows.cli.reading.naming import Named, proposals
from flows.cli.reading.why_missing import last_poll_line
from flows.cli.session import reader_path, settings_here
from flows.cli.tables import IsRecord, IsWide, TableLayout, show
from schemas.errors import NewsdeskError, SettingsError
from schemas.history.article_texts import Reference
from schemas.items.link import UrlKind
from schemas.runs.url_history import UrlHistory


def explain(named: Named, as_json: AsJson = False, is_wide: IsWide = False, is_record: IsRecord = False) -> None:
    """Print every step that one URL took, from feed entry to row or rejection, and every block of its page that is
    not in the text, with the rule that removed it."""
    from tasks.pure.reports.url_history import story_lines

    layout = TableLayout.of(is_wide, is_record)
    story, is_meant = story_of(reader_path(), " ".join(named))
    story = _with_polling(_with_removals(story))
    if as_json:
        print_json(story.model_dump(mode="json"))
    elif story.urls:
        print("\n".join(story_lines(story, zone_here())))
        if story.polling:
            print(f"polling: {story.polling}")
    else:
        show(*proposals(story.url, story.candidates, is_meant, layout), *_around(story, layout), layout=layout)
    if not story.urls:
        raise typer.Exit(1)


def story_of(path: Path, text: str) -> tuple[UrlHistory, bool]:
    """The history of what the text names, or one without steps that has the candidates; and whether the text names
    all of these."""
    from tasks.pure.urls.reference import reference
    from warehouse.reader.article_texts import find_articles
    from warehouse.reader.url_history import explain as steps_of

    meant = reference(text)
    for url, form in meant.urls:
        if (story := steps_of(path, url, form)).urls:
            return story, True
    found = find_articles(path, meant)
    if len(found.meant) == 1:
        return steps_of(path, found.meant[0].canonical_url), True
    unknown = UrlHistory(url=text, candidates=found.meant or found.near)
    return (_with_neighbours(path, unknown, meant) if meant.urls else unknown), bool(found.meant)


def _with_neighbours(path: Path, story: UrlHistory, meant: Reference) -> UrlHistory:
    """The unknown URL with what became of similar ones, and when its host's source was asked last."""
    from warehouse.reader.missing import last_poll_of_host, near_urls

    if meant.host is None:
        return story
    below = "/" + meant.urls[0].url.partition("://")[2].partition("/")[2]
    asked = last_poll_of_host(path, meant.host, datetime.now(UTC))
    found = {"source": asked[0], "last_poll": asked[1]} if asked else {}
    return story.model_copy(update={"near": near_urls(path, meant.host, below), **found})


def _around(story: UrlHistory, layout: TableLayout) -> Iterator[RenderableType]:
    if story.near:
        yield from titled("similar URLs, as they ended last", story.near, ("reason", "at", "url", "detail"), layout)
    if story.polling:
        yield Text(f"polling: {story.polling}")
    if story.source:
        yield Text(f"source {story.source}: {last_poll_line(story.last_poll)}")
        yield Text(f"what it listed on a day, and what was refused: newsdesk why-missing {story.source} [DATE]")


def _with_polling(story: UrlHistory) -> UrlHistory:
    """The story of a feed, sitemap or section with why it is polled now, or not; unchanged for other URLs, and where
    the folder of sources cannot be read."""
    from tasks.pure.sources.why_polled import why_polled
    from tasks.sources.source_folder import read_folder
    from tasks.upkeep.host_pause import host_pause
    from warehouse.reader.missing import last_state

    if "://" not in story.url or story.versions:
        return story
    settings, url = settings_here(), story.urls[0] if story.urls else story.url
    try:
        folder = read_folder(settings.sources)
    except SettingsError:
        return story
    state = last_state(settings.reader_path, url)
    down = host_pause(settings, url, state.kind if state else UrlKind.FEED)
    sources = (*folder.sources, *folder.resting)
    told = why_polled(url, state, sources, folder.left_out, down, datetime.now(UTC), zone_here())
    return story.model_copy(update={"polling": told})


def _with_removals(story: UrlHistory) -> UrlHistory:
    """The story with the blocks that its article leaves out, or with the reason why they are not known; unchanged
    where the URL gave no article. No request is sent, so a page in an archive on the web is not read."""
    if not story.versions:
        return story
    from tasks.sources.source_folder import read_sources
    from tasks.upkeep.explain_removals import explain_removals  # Here: what reads a page is 0.5 s of imports.

    settings = settings_here()
    slug = story.versions[-1].source
    if not (settings.sources / f"{slug}.toml").exists():
        why = f"source {slug!r} is not configured (NEWSDESK_SOURCES is {str(settings.sources)!r})"
        return story.model_copy(update={"unread": why})
    try:
        source = read_sources(settings.sources, [slug])[0]
        return story.model_copy(update={"removals": explain_removals(settings, story, source)})
    except NewsdeskError as error:
        return story.model_copy(update={"unread": str(error)})
