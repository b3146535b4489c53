"""Words what a flow has to tell besides rows: a comparison, a progress, open findings."""

from collections.abc import Sequence

from schemas.items.finding import Finding, Severity
from schemas.runs.backfill_plan import BackfillOptions, BackfillProgress
from schemas.runs.replay import Difference, Fate, ReplayDiff
from schemas.runs.report import FlowResults, RunReport
from tasks.pure.reports.wording import counted, span
from tasks.pure.text.escaping import markdown, markdown_link, safe_line

Figures = list[tuple[str, int]]
CHARS_OF_EXAMPLE = 200


def result_sentence(report: RunReport) -> str | None:
    """The results in one sentence without a full stop, which begins in lower case or with a number; None: the flow
    has none."""
    results = report.results
    if results.replay is not None:
        return _replayed(results.replay)
    if results.backfill is not None:
        return _backfilled(results.backfill)
    if results.open_findings:
        return f"{_findings(results.open_findings)} open in {counted(report.run.sources, 'source')}"
    return None


def shown_findings(report: RunReport) -> tuple[Finding, ...]:
    """The findings that the report shows: those that are open where the flow tells them, otherwise the run's own."""
    return report.findings if report.results.open_findings is None else report.results.open_findings


def result_figures(results: FlowResults) -> Figures:
    """The counts of the results, with their labels; empty: the flow has none."""
    if results.replay is not None:
        fates = results.replay.fates
        return [
            ("Captures extracted again", sum(fates.values())),
            *((f"Captures {f.value}", n) for f, n in fates.items()),
        ]
    if results.backfill is not None:
        return _backfill_figures(results.backfill)
    if results.open_findings is not None:
        warnings = sum(finding.severity is Severity.WARNING for finding in results.open_findings)
        return [("Warnings open", warnings), ("Notices open", len(results.open_findings) - warnings)]
    return []


def result_markdown(results: FlowResults) -> list[str]:
    """Paragraphs of Markdown (CommonMark with tables) with the particulars; none: the flow has none."""
    if results.replay is not None:
        return _replay_markdown(results.replay)
    if results.backfill is not None:
        return _backfill_markdown(results.backfill)
    return []


def options_line(wanted: BackfillOptions) -> str:
    """Origin, days (UTC) and files or sources: `urls 2026-01-01 to … old.txt`."""
    days = " to ".join(f"{at:%Y-%m-%d}" if at else "…" for at in (wanted.since, wanted.until))
    what = ", ".join((*wanted.inputs, *wanted.sources)) or "all sources"
    return safe_line(f"{wanted.ground.value} {days} {what}")


def _replay_markdown(diff: ReplayDiff) -> list[str]:
    fields = "\n".join(f"- {markdown(field)}: **{count:,}**" for field, count in diff.fields.items())
    examples = "\n".join(_example(each) for each in diff.examples)
    told = "## Fields that changed, by captures", fields, "## Examples", examples
    return [*(told[:2] if fields else ()), *(told[2:] if examples else ())]


def _example(each: Difference) -> str:
    detail = f": {markdown(each.detail)}" if each.detail else ""
    head = f"- **{each.fate.value}** {markdown(each.source)} {markdown_link(each.url, each.url)}{detail}"
    changes = [
        f"    - {markdown(change.field)} {word}: {markdown(_shortened(text))}"
        for change in each.changes
        for word, text in (("was", change.before), ("is", change.after))
    ]
    return "\n".join([head, *changes])


def _backfill_markdown(progress: BackfillProgress) -> list[str]:
    told = f"Backfill {markdown(options_line(progress.wanted))}"
    if progress.plan_id is None:
        return [told]
    plan = str(progress.plan_id)[:8]
    verbs = f": `newsdesk backfill resume {plan}` goes on, `newsdesk backfill cancel {plan}` ends it"
    return [f"{told} · plan {plan}{verbs if progress.left else ''}"]


def _replayed(diff: ReplayDiff) -> str:
    if not diff.fates:
        return "no capture to extract again"
    counts = ", ".join(f"{count:,} {fate.value}" for fate, count in diff.fates.items())
    told = f"{counted(sum(diff.fates.values()), 'capture')} extracted again: {counts}"
    if not diff.fates.keys() & {Fate.CHANGED, Fate.GAINED}:
        return told
    return f"{told}; {'the changed articles are current' if diff.is_promoted else 'nothing was written'}"


def _backfilled(progress: BackfillProgress) -> str:
    estimate = progress.estimate
    planned = estimate.chunks if progress.is_dry and estimate else progress.chunks
    dry = "dry run, nothing was loaded: " if progress.is_dry else ""
    if not planned:
        known = f"{estimate.known:,}" if estimate else "all"
        return f"{dry}no page is left to load, {known} {'is' if known == '1' else 'are'} there already"
    if progress.is_dry and estimate:
        work = f"{counted(estimate.chunks, 'chunk')}, {counted(estimate.requests, 'request')}"
        return f"{dry}{work}, {span(estimate.hours * 3600)} at the sources' pace"
    done = progress.chunks - progress.left
    loaded = f"{counted(progress.articles, 'article')} loaded"
    faults = f", {counted(progress.faults, 'fault')} in what was given" if progress.faults else ""
    rest = "; the same run again goes on" if progress.left else ""
    return f"{done:,} of {counted(progress.chunks, 'chunk')} loaded, {loaded}{faults}{rest}"


def _backfill_figures(progress: BackfillProgress) -> Figures:
    estimate = progress.estimate
    planned: Figures = (
        [
            ("Requests planned", estimate.requests),
            ("Minutes at the sources' pace", round(estimate.hours * 60)),
            ("Bytes to read", estimate.bytes),
            ("Pages there already", estimate.known),
        ]
        if estimate
        else []
    )
    if progress.is_dry:
        return [("Chunks", estimate.chunks if estimate else 0), *planned]
    chunks = [("Chunks", progress.chunks), ("Chunks loaded", progress.chunks - progress.left)]
    return [*chunks, ("Articles loaded", progress.articles), ("Faults in what was given", progress.faults), *planned]


def _findings(findings: Sequence[Finding]) -> str:
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    return f"{counted(warnings, 'warning')} and {counted(len(findings) - warnings, 'notice')}"


def _shortened(text: str | None) -> str:
    line = "(none)" if text is None else safe_line(text)
    return line if len(line) <= CHARS_OF_EXAMPLE else line[:CHARS_OF_EXAMPLE] + "…"
