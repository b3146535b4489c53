"""`newsdesk explain`: every step that one URL took."""

from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json
from flows.cli.session import reader_path, settings_here
from schemas.errors import NewsdeskError
from schemas.runs.url_history import UrlHistory


def explain(
    url: Annotated[str, typer.Argument(help="A URL as found, canonical, or after redirects; trackers do not count.")],
    as_json: AsJson = False,
) -> None:
    """Print every step that one URL took, from feed entry to row or rejection, and every block of its page that is
    not in the text, with the rule that removed it."""
    from tasks.pure.reports.url_history import story_lines
    from tasks.pure.urls.normalise import canonical_form
    from warehouse.reader.queries import explain as story_of

    story = _with_removals(story_of(reader_path(), url, canonical_form(url)))
    if as_json:
        print_json(story.model_dump(mode="json"))
    else:
        print("\n".join(story_lines(story)))
    if not story.urls:
        raise typer.Exit(1)


def _with_removals(story: UrlHistory) -> UrlHistory:
    """The story with the blocks that its article leaves out, or with the reason why they are not known; unchanged
    where the URL gave no article. No request is sent, so a page in an archive on the web is not read."""
    from tasks.sources.source_folder import read_sources
    from tasks.upkeep.explain_removals import explain_removals

    if not story.versions:
        return story
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
