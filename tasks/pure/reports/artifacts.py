"""Chooses what a run leaves in Prefect beside its state: which tables, summary and links, and under which keys."""

from collections.abc import Iterable, Iterator, Sequence

from schemas.items.finding import Finding
from schemas.runs.artifacts import Artifact, Cell, LinkArtifact, SummaryArtifact, TableArtifact
from schemas.runs.maintenance import Maintained
from schemas.runs.replay import ReplayDiff
from schemas.runs.report import RunReport
from tasks.pure.reports.flow_results import result_figures
from tasks.pure.reports.maintenance_report import maintained_figures, maintained_markdown
from tasks.pure.reports.run_facts import outcome_table, page_url
from tasks.pure.reports.run_report import render_markdown
from tasks.pure.text.escaping import safe_line

Rows = tuple[dict[str, Cell], ...]
FETCHING = frozenset({"ingest", "revisit"})
"""Flows with a table of outcomes even where no URL was taken up."""


def artifacts(report: RunReport | Maintained) -> list[Artifact]:
    """Tables first, then the summary, then the links. A key begins with the flow, and a flow makes the same tables at
    each run, so that the latest of a key belongs to the latest run."""
    if isinstance(report, Maintained):
        counts = _counts("maintain-counts", "What the round did", maintained_figures(report))
        return [counts, SummaryArtifact(key="maintain-summary", markdown=maintained_markdown(report))]
    flow = report.run.flow
    summary = SummaryArtifact(key=f"{flow}-summary", markdown=render_markdown(report))
    return [*_tables(report), summary, *_links(report)]


def _tables(report: RunReport) -> Iterator[TableArtifact]:
    flow, results = report.run.flow, report.results
    if results.replay is not None:
        yield TableArtifact(key="replay-differences", description=_DIFFERENCES, rows=_differences(results.replay))
    if results.backfill is not None:
        yield _counts("backfill-progress", "The plan, and how far it is", result_figures(results))
    if results.open_findings is not None:
        found = _findings(results.open_findings)
        yield TableArtifact(key=f"{flow}-findings", description="Open findings, warnings first", rows=found)
    if flow in FETCHING or report.outcomes:
        table = outcome_table(report)
        yield TableArtifact(key=f"{flow}-outcomes", description="URLs by outcome", rows=tuple(table))


def _links(report: RunReport) -> Iterator[LinkArtifact]:
    flow, paths = report.run.flow, report.paths
    if address := page_url(paths, paths.report):
        yield LinkArtifact(key=f"{flow}-report", words="The run's page", url=address)
    if address := page_url(paths, report.results.page):
        yield LinkArtifact(key=f"{flow}-comparison", words="Stored and extracted texts side by side", url=address)


_DIFFERENCES = "Captures by result, then the fields that changed"


def _differences(diff: ReplayDiff) -> Rows:
    counts = [
        *((f"captures {fate.value}", count) for fate, count in diff.fates.items()),
        *((f"{field} changed", count) for field, count in diff.fields.items()),
    ]
    return tuple({"what": what, "captures": count} for what, count in counts)


def _findings(findings: Sequence[Finding]) -> Rows:
    return tuple(
        {
            "severity": each.severity.value,
            "source": safe_line(each.source or "whole batch"),
            "code": safe_line(each.code),
            "message": safe_line(each.message),
        }
        for each in findings
    )


def _counts(key: str, description: str, figures: Iterable[tuple[str, int]]) -> TableArtifact:
    rows = tuple({"what": label, "count": count} for label, count in figures)
    return TableArtifact(key=key, description=description, rows=rows)
