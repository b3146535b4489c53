"""`newsdesk ingest` and `newsdesk revisit`: by the Prefect server where one answers, otherwise in this process."""

import os
from typing import Annotated

import typer

from flows.cli.output import AsJson
from flows.cli.session import finish, run_here, settings_here
from flows.running.choose import load_prefect, server_answers
from schemas.errors import RefusedError
from schemas.settings import Settings
from tasks.pure.polling.ladder import ladder_words

REVISIT_HELP = f"Fetch articles again that are due for it: {ladder_words()} after publication."


def ingest(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Slugs of sources, polled at once; none: all that are due.")
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
    sources: Annotated[list[str] | None, typer.Argument(help="Slugs of sources; none: all.")] = None,
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
