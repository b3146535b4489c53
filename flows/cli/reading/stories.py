"""`newsdesk stories`: what many outlets report, each event once."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

import typer
from rich.text import Text

from flows.cli.output import AsJson, print_json, titled_zone
from flows.cli.reading.naming import local_time
from flows.cli.session import instant_given, reader_path, settings_here
from flows.cli.tables import TableLayout
from flows.cli.tables import show as print_parts
from schemas.history.stories import TermShare
from schemas.history.story_answers import LinkedStory, StoryLine, StoryMember, StoryTold
from schemas.history.story_links import LinkEvidence
from tasks.pure.text.escaping import safe_line

app = typer.Typer(help="Stories: what many outlets report, each event once.", rich_markup_mode=None)
DAYS = 2
"""Of stories that are listed where no --since is given."""


@app.callback(invoke_without_command=True)
def stories(
    context: typer.Context,
    since: Annotated[
        str | None, typer.Option("--since", help="Day of the last article at least, as of `backfill`; none: 2 days.")
    ] = None,
    language: Annotated[str | None, typer.Option("--language", help="Language, as en.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Slug of a source that reports it.")] = None,
    limit: Annotated[int, typer.Option(help="Stories at most.", min=1, max=1000)] = 20,
    as_json: AsJson = False,
) -> None:
    """List the stories of the day: the headline, the outlets that have a text of their own, and when it was first
    published. Those of most outlets come first; every 12 hours since its last article halve a story's weight."""
    from warehouse.reader.file import Reader
    from warehouse.reader.stories import stories_in

    if context.invoked_subcommand:
        return
    now = datetime.now(UTC)
    first = instant_given(since, settings_here()) or now - timedelta(days=DAYS)
    with Reader(reader_path()) as session:
        found = stories_in(session, now, first, language, source, limit)
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
    elif found:
        print_parts(*(line for one in found for line in _lines(one)), Text(titled_zone()), layout=TableLayout.FIT)
    else:
        print(f"no story has an article since {local_time(first)}")


@app.command("show")
def show(
    story_id: Annotated[str, typer.Argument(metavar="ID", help="The story's id, or its beginning.")],
    as_json: AsJson = False,
) -> None:
    """Show all headlines of a story in the order of publication, copies below the article whose text they have,
    why each article is in it, and the stories in other languages that tell of the same event."""
    from warehouse.reader.stories import story

    told = story(reader_path(), story_id, datetime.now(UTC))
    if as_json:
        print_json(told.model_dump(mode="json"))
    else:
        print_parts(*_told(told), Text(titled_zone()), layout=TableLayout.FIT)


@app.command("undo")
def undo(
    url: Annotated[str, typer.Argument(metavar="URL", help="The canonical URL of an article of the story.")],
    why: Annotated[str, typer.Option("--why", help="The reason, kept beside the decision.")],
    as_json: AsJson = False,
) -> None:
    """Take an article out of its story, for good: it gets a story of its own, and the two are never merged."""
    from tasks.upkeep.corrections import undo_join
    from tasks.upkeep.open_warehouse import correct

    settings = settings_here()
    event = correct(settings, datetime.now(UTC), lambda where, now: undo_join(where, settings, url, why, now))
    if as_json:
        print_json(event.model_dump(mode="json"))
    else:
        print(f"{url} has a story of its own: {event.story_id}")


def _lines(one: StoryLine) -> list[Text]:
    copies = f", {one.articles} articles" if one.articles > one.outlets else ""
    outlets = "1 outlet" if one.outlets == 1 else f"{one.outlets} outlets"
    return [
        Text(safe_line(one.headline), style="bold"),
        Text(f"   {outlets}{copies}, {_first(one)}: {', '.join(one.sources)}"),
        Text(f"   {one.story_id}\n", style="dim"),
    ]


def _first(one: StoryLine) -> str:
    """The publication, where one is known that is no later than the fetch: a later one is a wrong clock's."""
    if one.first_at < one.first_seen_at:
        return f"first published {local_time(one.first_at)}"
    return f"first seen {local_time(one.first_seen_at)}"


def _told(told: StoryTold) -> Iterator[Text]:
    yield from _lines(told.story)
    leaders = {one.article_id for one in told.members if one.duplicate_of is None}
    for one in told.members:
        if one.duplicate_of in leaders:
            continue
        yield from _member(one)
        yield from _copies(one.article_id, told.members)
    yield from _links(told.links)
    urls = {one.article_id: safe_line(one.url) for one in told.members}
    for each in told.decisions:
        what = (
            urls.get(each.article_id, f"article {each.article_id}")
            if each.article_id
            else f"story {each.other_story_id}"
        )
        why = safe_line(each.why) if each.why else _terms(each.shared)
        yield Text(f"{local_time(each.at)}  {each.kind}: {what}; {why}", style="dim")


def _member(one: StoryMember) -> Iterator[Text]:
    yield Text(f"{local_time(one.at)}  {safe_line(one.source)}  ").append(safe_line(one.title), style="bold")
    joined = f"joined at {one.cosine:.2f} by {_terms(one.shared)}" if one.cosine is not None else "began the story"
    yield Text(f"   {safe_line(one.url)}\n   {joined}", style="dim")


def _copies(article_id: UUID, members: Iterable[StoryMember]) -> Iterator[Text]:
    for one in members:
        if one.duplicate_of == article_id:
            yield Text(f"   copy: {local_time(one.at)}  {safe_line(one.source)}  {safe_line(one.title)}", style="dim")


def _links(links: Iterable[LinkedStory]) -> Iterator[Text]:
    for one in links:
        outlets = "1 outlet" if one.outlets == 1 else f"{one.outlets} outlets"
        yield Text(f"also in {safe_line(one.language)}, {outlets}  ").append(safe_line(one.headline), style="bold")
        yield Text(f"   {one.story_id}\n   linked at {one.strength:.2f} by {_evidence(one.evidence)}", style="dim")


def _evidence(evidence: Iterable[LinkEvidence]) -> str:
    said = (f"{one.what} {one.share:.0%}" if one.share is not None else f"{one.kind} {one.what}" for one in evidence)
    return safe_line(", ".join(said))


def _terms(shared: Iterable[TermShare]) -> str:
    return ", ".join(f"{one.term} {one.share:.0%}" for one in shared)
