"""`newsdesk replay`: extract from the archive again, show the differences, and make them current on request."""

from functools import partial
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json
from flows.cli.session import Since, Until, instant, instant_given, leave, run_here, settings_here, slugs_here


def replay(
    since: Since,
    until: Until = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Slug; may be given again.", autocompletion=slugs_here)
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Only compare (what happens without --promote).")] = False,
    promote: Annotated[bool, typer.Option("--promote", help="Make changed articles current.")] = False,
    as_json: AsJson = False,
) -> None:
    """Extract again from the archive, without network, and compare with what is stored."""
    from flows.replay import ReplayOptions, stages
    from tasks.pure.reports.replay_page import render_lines

    settings = settings_here()
    options = ReplayOptions(
        instant(since, settings),
        instant_given(until, settings),
        promote and not diff,
        tuple(source or ()),
    )
    report = run_here(settings, source or [], "replay", partial(stages, options), results=options.results)
    if as_json:
        print_json(options.diff.model_dump(mode="json"))
    else:
        print("\n".join(render_lines(options.diff)))
        print(f"page: {options.page}")
    leave(report)
