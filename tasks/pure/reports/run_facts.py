"""The facts that every form of a run's report shows: verdict, figures, table of outcomes, files."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import PurePath
from urllib.parse import quote
from zoneinfo import ZoneInfo

from schemas.items.finding import Finding, Severity
from schemas.items.outcome import SUCCESSES, Outcome, Reason
from schemas.runs.report import FlowResults, Headline, Paths, Rejection, RunReport, Tally
from schemas.runs.run import Run, RunState
from tasks.pure.reports.flow_results import result_figures, result_sentence
from tasks.pure.reports.wording import counted
from tasks.pure.text.escaping import safe_line

NO_RESULTS = FlowResults()
REJECTING = frozenset(Reason) - SUCCESSES - {Reason.NOT_DUE}
"""Reasons whose URLs a report lists. Not `not_due`: such a URL was not requested, so nothing refused it."""


def summarise(
    run: Run,
    outcomes: Sequence[Outcome],
    findings: Sequence[Finding],
    headlines: Sequence[Headline],
    paths: Paths,
    changed: Sequence[Headline] = (),
    next_poll_at: datetime | None = None,
    results: FlowResults = NO_RESULTS,
    time_zone: str = "UTC",
) -> RunReport:
    """The report of a run from the ledger rows that the run wrote. Warnings come first among the findings."""
    counts = Counter((outcome.source, outcome.reason) for outcome in outcomes)
    order = {reason: place for place, reason in enumerate(Reason)}
    tallies = [Tally(source=source, reason=reason, count=count) for (source, reason), count in counts.items()]
    refused = [outcome for outcome in outcomes if outcome.reason in REJECTING]
    rejections = [Rejection.model_validate(outcome, from_attributes=True) for outcome in refused]
    return RunReport(
        run=run,
        outcomes=tuple(sorted(tallies, key=lambda tally: (tally.source, order[tally.reason]))),
        rejections=tuple(sorted(rejections, key=lambda each: (each.source, order[each.reason], each.url))),
        changed=tuple(changed),
        headlines=tuple(headlines),
        findings=tuple(sorted(findings, key=lambda each: each.severity is not Severity.WARNING)),
        paths=paths,
        results=results,
        time_zone=time_zone,
        next_poll_at=next_poll_at,
    )


def verdict(report: RunReport) -> str:
    """The run in one sentence, without a full stop; the worst fact comes first."""
    run = report.run
    results = result_sentence(report)
    loaded = results or f"{counted(report.count(Reason.LOADED), 'article')} loaded"
    warnings = sum(finding.severity is Severity.WARNING for finding in report.findings)
    match run.state:
        case RunState.FAILED:
            return "The run failed"
        case RunState.CRASHED:
            return "The run crashed"
        case RunState.INTERRUPTED:
            return f"The run was interrupted, {loaded}"
        case RunState.SOURCES_FAILED:
            return f"{len(run.sources_failed)} of {counted(run.sources, 'source')} failed, {loaded}"
        case RunState.COMPLETED if results and (run.flow == "health" or not warnings):
            return results[0].upper() + results[1:]
        case RunState.COMPLETED if warnings:
            return f"{counted(warnings, 'warning')}, {loaded}"
        case RunState.COMPLETED if report.count(Reason.LOADED):
            return f"All well, {loaded} from {counted(run.sources, 'source')}"
        case RunState.COMPLETED:
            return _nothing_new(report)


def _nothing_new(report: RunReport) -> str:
    """What a run without an article says: that all is well only of the sources that it asked."""
    run = report.run
    asked = {tally.source for tally in report.outcomes if tally.reason is not Reason.NOT_DUE}
    sources = counted(run.sources, "source")
    if asked and len(asked) < run.sources:
        return f"All well, nothing new in {len(asked):,} of {sources}; the others were not due"
    if asked:
        return f"All well, nothing new in {counted(len(asked), 'source')}"
    match run.flow:
        case "ingest":
            due = (
                f"not due until {_clock(report.next_poll_at, run.finished_at, ZoneInfo(report.time_zone))}"
                if report.next_poll_at
                else "no feed is due"
            )
            return f"Nothing was asked of {sources}: {due}; --now asks"
        case "revisit":
            return f"Nothing was asked of {sources}: no article is due for a revisit"
        case "health":
            return f"All well in {sources}"
        case "publish":
            return "The reader file and the report are written"
        case _:
            return "Completed, no article loaded"


def _clock(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Hour and minute in the zone, with the day where it is another one."""
    local = at.astimezone(zone)
    is_today = local.date() == now.astimezone(zone).date()
    return f"{local:{'%H:%M' if is_today else '%Y-%m-%d %H:%M'} %Z}"


def outcome_table(report: RunReport) -> list[dict[str, str | int]]:
    """One row a source, one column a reason that occurred, and `all`; the last row is the sum of all
    sources. Empty if the run has no URL."""
    in_use = reasons(report)
    rows: dict[str, dict[str, str | int]] = {}
    for tally in report.outcomes:
        row = rows.setdefault(tally.source, {"source": safe_line(tally.source)} | {r.value: 0 for r in in_use})
        row[tally.reason.value] = tally.count
    for source, row in rows.items():
        row["all"] = sum(tally.count for tally in report.outcomes if tally.source == source)
    if not rows:
        return []
    total: dict[str, str | int] = {"source": "all sources"} | {r.value: report.count(r) for r in in_use}
    return [*rows.values(), total | {"all": report.count(*in_use)}]


def level(report: RunReport) -> str:
    """The colour class of the run on its page: `good`, `warn` or `bad`."""
    if report.run.state in (RunState.FAILED, RunState.INTERRUPTED, RunState.CRASHED):
        return "bad"
    warned = any(finding.severity is Severity.WARNING for finding in report.findings)
    return "warn" if warned or report.run.state is RunState.SOURCES_FAILED else "good"


def figures(report: RunReport) -> list[tuple[str, int]]:
    """The main counts, with their labels: those of the flow's results, where it has some."""
    if own := result_figures(report.results):
        return [*own, ("Sources", report.run.sources)]
    return [
        ("Articles loaded", report.count(Reason.LOADED)),
        ("Articles unchanged", report.count(Reason.UNCHANGED)),
        ("URLs rejected", len(report.rejections)),
        ("URLs in all", report.run.urls),
        ("Sources", report.run.sources),
        ("Findings", len(report.findings)),
    ]


def reasons(report: RunReport) -> list[Reason]:
    """The reasons that occurred, in the order of `Reason`."""
    seen = {tally.reason for tally in report.outcomes}
    return [reason for reason in Reason if reason in seen]


def places(report: RunReport) -> list[tuple[str, str]]:
    """The paths that were written, with their labels."""
    paths = report.paths
    every = [
        ("Reader file", paths.reader),
        ("Warehouse", paths.warehouse),
        ("Archive", paths.archive),
        ("Report", paths.report),
        ("Quality", paths.quality),
        ("Comparison", report.results.page),
    ]
    return [(label, path) for label, path in every if path]


def file_name(path: str | None) -> str | None:
    """The URL-quoted name of a file in the page's folder, for a link; None: the file was not written."""
    return quote(PurePath(path).name) if path else None


def page_url(paths: Paths, path: str | None) -> str | None:
    """The URL of a page of the run; None: it was not written."""
    name = file_name(path)
    return f"{paths.pages}/{name}" if paths.pages and name else None


def duration_s(report: RunReport) -> float:
    """Seconds from the run's start to its end."""
    return (report.run.finished_at - report.run.started_at).total_seconds()
