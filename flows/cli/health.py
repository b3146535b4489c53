"""`newsdesk health` and `newsdesk publish`: assess the sources, and write the reader file."""

from datetime import UTC, datetime

import typer

from flows.cli.output import AsJson, print_json, print_models, zone_here
from flows.cli.session import finish, run_here, settings_here
from flows.cli.tables import IsRecord, IsWide, TableLayout
from flows.cli.watching.status import read_status
from schemas.items.finding import Severity
from tasks.pure.runs.backup_age import backup_line
from tasks.sources.source_folder import folder_for


def health(as_json: AsJson = False, is_wide: IsWide = False, is_record: IsRecord = False) -> None:
    """List the sources that are silent, thin or failing, and the other open findings, as `newsdesk status` does; exit
    code 3 if somebody must act."""
    layout = TableLayout.of(is_wide, is_record)
    folder_for("health", settings_here().sources)
    now = read_status()
    found = now.findings
    if as_json:
        print_json([finding.model_dump(mode="json", exclude={"run_id"}) for finding in found])
    else:
        print_models("open findings", found, ("severity", "source", "code", "message"), layout)
        if now.last_backup:
            print(backup_line(now.last_backup, datetime.now(UTC), zone_here()))
    if any(finding.severity is Severity.WARNING for finding in found):
        raise typer.Exit(3)


def publish(as_json: AsJson = False) -> None:
    """Write the reader file and the report page from the warehouse."""
    from flows.publish import stages

    finish(run_here(settings_here(), [], "publish", stages), as_json)
