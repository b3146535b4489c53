"""`newsdesk search`: the articles that have these words, best first."""

import os
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flows.cli.output import AsJson, print_json, tell, titled_zone
from flows.cli.reading.naming import local_time
from flows.cli.session import instant_given, reader_path, settings_here
from flows.cli.tables import TableLayout, show
from schemas.errors import UsageError
from schemas.history.search import Passage, SearchAnswer, SearchFilters, SearchHit
from schemas.settings import Settings
from tasks.pure.text.escaping import safe_line

INDENT = (0, 0, 0, 3)
"""Blanks above, right, below and left of the passage, which takes several lines."""


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS",
            help='Words that must all be there; "a phrase", a beginning*, AND, OR, NOT and parentheses.',
        ),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="First day of publication, as of `backfill`.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="The day after the last, written as --since.")] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="Slug of a source; may be repeated.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Language, as en.")] = None,
    section: Annotated[str | None, typer.Option("--section", help="Section, as the publisher writes it.")] = None,
    story: Annotated[
        str | None, typer.Option("--story", help="Id of a story, or how it begins: `newsdesk stories` has them.")
    ] = None,
    saved: Annotated[str | None, typer.Option("--saved", help="Name of a search of searches.toml.")] = None,
    limit: Annotated[int, typer.Option(help="Hits at most.", min=1, max=1000)] = 10,
    all_versions: Annotated[bool, typer.Option("--all-versions", help="Earlier versions of articles too.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index anew first.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Compare the index with the warehouse; exit code 1 if they differ.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Search titles and texts of all articles, best first (BM25), in every script. Searched are the newest
    versions."""
    reader_path()
    settings = settings_here()
    if rebuild:
        _rebuild(settings)
    if verify:
        _verify(as_json)
        return
    if not words and not saved:
        if rebuild:
            return
        raise UsageError(
            "name what to search for: newsdesk search heat wave, newsdesk search '\"heat wave\" OR storm*'"
        )
    text, filters = _saved(settings, saved, words) if saved else (" ".join(words or ()), SearchFilters())
    given = {
        "since": instant_given(since, settings),
        "until": instant_given(until, settings),
        "sources": tuple(source or ()),
        "language": language,
        "section": section,
        "is_all_versions": all_versions,
    }
    filters = filters.model_copy(update={name: value for name, value in given.items() if value})
    answer = _answer(settings, text, filters, story, limit)
    _show(answer, as_json)


def _rebuild(settings: Settings) -> None:
    from tasks.search.side_index import feed_index

    fed = feed_index(settings, is_anew=True)
    tell(f"the search index was made anew: {fed.added:,} versions")


def _show(answer: SearchAnswer, as_json: bool) -> None:
    """Print the hits; exit code 1: there are none."""
    for note in answer.notes:
        tell(note)
    if as_json:
        print_json(answer.model_dump(mode="json"))
    else:
        show(*_lines(answer), layout=TableLayout.FIT)
    if not answer.hits:
        raise typer.Exit(1)


def _saved(settings: Settings, name: str, words: list[str] | None) -> tuple[str, SearchFilters]:
    from tasks.search.searches_file import saved_search

    if words:
        raise UsageError(f"name words or --saved {name}, not both")
    found = saved_search(settings, os.environ, name)
    return found.query, found.filters


def _answer(settings: Settings, text: str, filters: SearchFilters, story_id: str | None, limit: int) -> SearchAnswer:
    from tasks.search.ask import search as answer_of

    if story_id is None:
        return answer_of(settings, text, filters, limit)
    from tasks.search.ask import search_among
    from warehouse.reader.stories import story

    told = story(settings.reader_path, story_id, datetime.now(UTC))
    articles = tuple(str(member.article_id) for member in told.members)
    return search_among(settings, text, filters, articles, limit)


def _verify(as_json: bool) -> None:
    from tasks.search.verify import verify_index

    checked = verify_index(settings_here())
    if as_json:
        print_json(checked.model_dump(mode="json"))
    else:
        print("\n".join(checked.lines()))
    if not checked.is_good:
        raise typer.Exit(1)


def _lines(answer: SearchAnswer) -> list[RenderableType]:
    lines: list[RenderableType] = [
        line for number, hit in enumerate(answer.hits, start=1) for line in _hit_lines(number, hit)
    ]
    return [*lines, Text(_told(answer))]


def _hit_lines(number: int, hit: SearchHit) -> list[RenderableType]:
    """Headline, outlet and time, the passage, and the URL."""
    at = local_time(hit.published_at, hit.published_precision) or f"fetched {local_time(hit.fetched_at)}"
    version = "" if hit.is_newest else f", version {hit.version}"
    return [
        Text(f"{number}. ").append(_bold(hit.headline)),
        Text(f"   {hit.source}, {at}{version}", style="dim"),
        Padding(_bold(hit.passage), INDENT, expand=False),
        Text(f"   {safe_line(hit.url)}\n", style="dim"),
    ]


def _bold(piece: Passage) -> Text:
    """The piece with its marks in bold."""
    text = Text(piece.text)
    for start, end in piece.marks:
        text.stylize("bold yellow", start, end)
    return text


def _told(answer: SearchAnswer) -> str:
    """How many hits, of how many versions, and whether not all matches were ranked."""
    more = " (there are more: --limit)" if answer.has_more else ""
    found = f"{len(answer.hits)} of {answer.articles:,} versions{more}; {titled_zone()}"
    if answer.ranked_at_most is None:
        return found
    bound = f"only the latest {answer.ranked_at_most:,} matches were ranked, as there are more: narrow the query"
    return f"{found}\n{bound}"
