"""Health: checks whether every source answers, and lists as much as its file expects."""

from collections.abc import Sequence

from flows.running.choose import flow
from flows.running.protocol import Promise, Runner
from flows.running.run import run_flow
from schemas.runs.batch import Loaded
from schemas.runs.report import FlowResults, RunReport
from tasks.ingest.load import load
from tasks.run.groups import Group
from tasks.run.kit import Kit
from tasks.sources.source_folder import read_folder
from tasks.upkeep.health import health as assess
from tasks.upkeep.health import open_now


@flow
def health() -> RunReport:
    """Compare the last days of every source with the days before and with what its file expects; nothing is fetched.
    Each fault becomes a finding, which `newsdesk health` and `newsdesk status` show."""
    return run_flow("health", stages, [], results=results)


def stages(runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """One step that assesses all sources, and one that loads its findings."""
    if not groups:
        return []
    found = runner.submit(assess, kit, groups, label="all sources")
    return [runner.submit_after(found, load, kit, label="all sources")]


def results(kit: Kit) -> FlowResults:
    """What `newsdesk health` lists once the run's findings are loaded."""
    folder = read_folder(kit.settings.sources)
    return FlowResults(open_findings=open_now(kit, folder.sources, folder.faults))
