"""`newsdesk ingest` and `revisit`, by the Prefect server where one answers, otherwise in this process; and `add`,
always in this process."""

import os
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json
from flows.cli.progress_bars import watch
from flows.cli.session import finish, run_here, settings_here, slugs_here, stop_on_signals
from flows.running.choose import load_prefect, server_answers
from schemas.errors import RefusedError, UsageError
from schemas.history.article_texts import ArticleMatch
from schemas.items.link import UrlKind
from schemas.items.outcome import SUCCESSES, Outcome, Refusal
from schemas.runs.run import RunState
from schemas.settings import Settings
from tasks.pure.polling.ladder import ladder_words

REVISIT_HELP = f"Fetch articles again that are due for it: {ladder_words()} after publication."


def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Slugs of sources, polled at once; none: all that are due.", autocompletion=slugs_here),
    ] = None,
    poll_all: Annotated[bool, typer.Option("--now", help="Poll every feed, due or not.")] = False,
    revisits: Annotated[
        bool, typer.Option(help="Fetch articles again that are due for it; not needed if `newsdesk revisit` runs.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Fetch what is new at the sources and load it."""
    settings = settings_here()
    if wants_prefect(settings):
        load_prefect()
        from flows.ingest import ingest as ingest_flow

        finish(ingest_flow(sources, poll_all, revisits), as_json)
    else:
        from flows.ingest import stages

        finish(run_here(settings, sources or [], "ingest", stages, poll_all, revisits), as_json)


def revisit(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Slugs of sources; none: all.", autocompletion=slugs_here)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch articles again that are due for it; prints a report. The help is `REVISIT_HELP`."""
    settings = settings_here()
    if wants_prefect(settings):
        load_prefect()
        from flows.revisit import revisit as revisit_flow

        finish(revisit_flow(sources), as_json)
    else:
        from flows.revisit import stages

        finish(run_here(settings, sources or [], "revisit", stages), as_json)


def wants_prefect(settings: Settings) -> bool:
    """Whether a Prefect server runs the flow. Raises `RefusedError` if NEWSDESK_RUNNER says so and none answers."""
    if settings.runner == "direct":
        return False
    answers = server_answers(os.environ.get("PREFECT_API_URL", ""))
    if settings.runner == "prefect" and not answers:
        raise RefusedError("NEWSDESK_RUNNER is 'prefect', but no server answers at PREFECT_API_URL")
    return answers


def add(
    url: Annotated[str, typer.Argument(help="URL of an article; https:// may be left out.")],
    as_json: AsJson = False,
) -> None:
    """Fetch one article now, whether or not a feed names it: politely, archived, checked and loaded as every other.
    Ends with 3 where the page gave no article."""
    from flows.add import add as run

    settings, meant = settings_here(), _absolute(url)
    with watch() as watcher, stop_on_signals() as stop:
        report = run(meant, settings, watcher, stop)
    outcome, article = result_of(settings.reader_path, meant, report.run.run_id)
    if as_json:
        told = outcome.model_dump(mode="json") if outcome else None
        print_json({"url": meant, "outcome": told, "article": article.model_dump(mode="json") if article else None})
    elif outcome:
        print("\n".join(result_lines(outcome, article)))
    leave_ended(report.run.state, outcome)


def leave_ended(state: RunState, outcome: Outcome | None) -> None:
    """End with 130 where the run was interrupted, and with 3 where the page gave no article."""
    if state is RunState.INTERRUPTED:
        raise typer.Exit(130)
    if outcome is None or outcome.reason not in SUCCESSES:
        raise typer.Exit(3)


def _absolute(url: str) -> str:
    """The URL with its scheme. Raises `UsageError` for what is no web URL."""
    from tasks.pure.urls.normalise import absolute
    from tasks.pure.urls.reference import reference

    urls = reference(url).urls
    meant = absolute(urls[0].url, None) if urls else None
    if meant is None or isinstance(meant, Refusal):
        why = f": {meant.detail or meant.reason.value}" if meant else ""
        raise UsageError(f"no URL of an article: {url!r}{why}; for example: newsdesk add https://example.com/a-story")
    return meant


def result_of(path: Path, url: str, run_id: str) -> tuple[Outcome | None, ArticleMatch | None]:
    """What became of the URL in this run, and its article, if it has one."""
    from tasks.pure.urls.forgotten import form_of, pseudonym
    from tasks.pure.urls.reference import reference
    from warehouse.reader.article_texts import find_articles
    from warehouse.reader.url_history import explain

    names = (url, pseudonym(url))
    its = (one for one in explain(path, url, form_of(url)).outcomes if one.url in names)
    mine = [one for one in its if one.run_id == run_id and one.kind is UrlKind.ARTICLE]
    ended = mine[-1] if mine else None
    if ended is None or ended.article_id is None:
        return ended, None
    found = find_articles(path, reference(str(ended.article_id))).meant
    return ended, found[0] if found else None


def result_lines(outcome: Outcome, article: ArticleMatch | None) -> list[str]:
    """The end of the URL, its headline where it has an article, and the command that shows more."""
    from tasks.pure.text.escaping import safe_line

    detail = f" ({safe_line(outcome.detail)})" if outcome.detail else ""
    told = f"{outcome.reason.value}{detail}: {safe_line(outcome.url)}, source {outcome.source}"
    if article is None:
        return [told, f"every step: newsdesk explain {safe_line(outcome.url)}"]
    return [told, safe_line(article.title), f"read it: newsdesk show {article.article_id}"]
