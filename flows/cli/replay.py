"""`newsdesk replay`: extract again from the archive, show what differs, and make it current on demand."""

import os
from functools import partial
from typing import Annotated

import typer

from flows.cli.archive import instant
from flows.cli.ingest import EXIT_CODES, AsJson, stop_on_signals
from flows.cli.progress_bars import watch
from flows.cli.read import print_json
from schemas.settings import Settings


def replay(
    since: Annotated[str, typer.Option("--since", help="First day or instant of the fetches (ISO 8601, UTC).")],
    until: Annotated[str | None, typer.Option("--until", help="Day or instant behind the last; none: now.")] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="Slug; may be given again.")] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Only compare (what happens without --promote).")] = False,
    promote: Annotated[bool, typer.Option("--promote", help="Make what changed current.")] = False,
    as_json: AsJson = False,
) -> None:
    """Extract again from the archive, without network, and compare with what is stored."""
    from flows.replay import Wish, stages
    from flows.running.run import run_flow
    from tasks.pure.reports.replay_page import render_lines

    settings = Settings.from_environment(os.environ)
    wish = Wish(instant(since), instant(until) if until else None, promote and not diff, tuple(source or ()))
    with watch() as watcher, stop_on_signals() as stop:
        report = run_flow("replay", partial(stages, wish), source or [], settings, watcher, stop)
    if as_json:
        print_json(wish.diff.model_dump(mode="json"))
    else:
        print("\n".join(render_lines(wish.diff)))
        print(f"page: {settings.reports_path / f'replay-{report.run.run_id}.html'}")
    if code := EXIT_CODES[report.run.state]:
        raise typer.Exit(code)
