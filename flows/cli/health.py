"""`newsdesk health` and `newsdesk publish`: assess the sources, and write the reader file."""

from datetime import UTC, datetime

import typer

from flows.cli.output import AsJson, print_json, print_models
from flows.cli.session import finish, run_here, settings_here
from flows.cli.tables import IsRecord, IsWide, TableLayout
from schemas.items.finding import Severity
from tasks.pure.runs.file_batch import file_findings
from tasks.pure.sources.health import all_findings
from tasks.sources.source_folder import folder_for


def health(as_json: AsJson = False, is_wide: IsWide = False, is_record: IsRecord = False) -> None:
    """List the sources that are silent, thin or failing; exit code 3 if somebody must act."""
    from warehouse.reader.status import status

    layout = TableLayout.of(is_wide, is_record)
    settings = settings_here()
    now = datetime.now(UTC)
    folder = folder_for("health", settings.sources)
    lines = status(settings.reader_path).sources
    found = (*file_findings(folder.faults, "now", now), *all_findings(folder.sources, lines, "now", now))
    if as_json:
        print_json([finding.model_dump(mode="json", exclude={"run_id"}) for finding in found])
    else:
        print_models("findings of the sources", found, ("severity", "source", "code", "message"), layout)
    if any(finding.severity is Severity.WARNING for finding in found):
        raise typer.Exit(3)


def publish(as_json: AsJson = False) -> None:
    """Write the reader file and the report page from the warehouse."""
    from flows.publish import stages

    finish(run_here(settings_here(), [], "publish", stages), as_json)
