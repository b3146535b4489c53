"""`newsdesk health` and `newsdesk publish`: look at the sources, and write the reader file anew."""

import os
from datetime import UTC, datetime

import typer

from flows.cli.ingest import leave, run_here, show
from flows.cli.read import AsJson, print_json, print_models
from schemas.items.finding import Severity
from schemas.settings import Settings
from tasks.pure.sources.health import all_findings
from tasks.sources.source_files import read_sources


def health(as_json: AsJson = False) -> None:
    """Tell which sources are silent, thin or failing; ends with 3 where somebody must act."""
    from warehouse.reader.status import status

    settings = Settings.from_environment(os.environ)
    now = datetime.now(UTC)
    lines = status(settings.reader_path).sources
    found = all_findings(read_sources(settings.sources), lines, "now", now)
    if as_json:
        print_json([finding.model_dump(mode="json", exclude={"run_id"}) for finding in found])
    else:
        print_models("findings of the sources", found, ("severity", "source", "code", "message"))
    if any(finding.severity is Severity.WARNING for finding in found):
        raise typer.Exit(3)


def publish(as_json: AsJson = False) -> None:
    """Write the reader file and the report page anew from the warehouse."""
    from flows.publish import stages

    report = run_here(Settings.from_environment(os.environ), [], name="publish", stages=stages)
    show(report, as_json)
    leave(report)
