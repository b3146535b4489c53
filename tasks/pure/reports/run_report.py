"""Renders one run's facts as an HTML page, as Markdown and as lines for a terminal."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from schemas.items.finding import Finding
from schemas.items.outcome import SUCCESSES
from schemas.runs.report import Headline, Rejection, RunReport
from tasks.pure.reports.flow_results import result_markdown, shown_findings
from tasks.pure.reports.run_facts import (
    REJECTING,
    duration_s,
    figures,
    file_name,
    level,
    outcome_table,
    page_url,
    places,
    reasons,
    summarise,
    verdict,
)
from tasks.pure.reports.templates_env import page_template
from tasks.pure.reports.wording import moment, span
from tasks.pure.text.escaping import markdown, markdown_link, safe_line

__all__ = ["outcome_table", "render_html", "render_lines", "render_markdown", "summarise"]

REJECTIONS_ON_PAGE = 500
REJECTIONS_IN_MARKDOWN = 50
REJECTIONS_ON_TERMINAL = 10


def render_html(report: RunReport) -> str:
    """One HTML file: no script, no request to any server, every text escaped."""
    return page_template("run_report").render(
        report=report,
        zone=ZoneInfo(report.time_zone),
        run=report.run,
        verdict=verdict(report),
        level=level(report),
        duration=duration_s(report),
        figures=figures(report),
        findings=shown_findings(report),
        reasons=reasons(report),
        table=outcome_table(report),
        successes=SUCCESSES,
        rejecting=REJECTING,
        rejections=report.rejections[:REJECTIONS_ON_PAGE],
        unshown=max(0, len(report.rejections) - REJECTIONS_ON_PAGE),
        paths=places(report),
        comparison=file_name(report.results.page),
        quality_page=file_name(report.paths.quality),
    )


def render_markdown(report: RunReport) -> str:
    """The same facts in Markdown (CommonMark with tables), for a Prefect artifact."""
    return "\n\n".join([*_markdown_head(report), *_markdown_counts(report), *_markdown_lists(report)]) + "\n"


def render_lines(report: RunReport) -> list[str]:
    """The same facts as plain lines, without colours or control characters; the verdict is the first."""
    lines = [f"{verdict(report)} ({span(duration_s(report))})"]
    if report.run.error:
        lines.append(f"error: {report.run.error}")
    lines += [
        f"{s.stage.value}: {s.taken:,} in, {s.kept:,} kept, {s.dropped:,} dropped, {s.seconds:.2f} s"
        for s in report.run.stages
    ]
    for row in outcome_table(report):
        counts = [f"{count} {name}" for name, count in row.items() if name not in ("source", "all") and count]
        lines.append(f"{row['source']}: {row['all']} URLs: {', '.join(counts)}")
    lines += [f"{f.severity.value}: {f.source or 'whole batch'}: {f.code}: {f.message}" for f in report.findings]
    lines += [_rejection_line(each) for each in report.rejections[:REJECTIONS_ON_TERMINAL]]
    if len(report.rejections) > REJECTIONS_ON_TERMINAL:
        lines.append(f"rejected: {len(report.rejections) - REJECTIONS_ON_TERMINAL} more")
    lines += [f"changed: {each.source}: version {each.version}: {each.title}" for each in report.changed]
    lines += [f"headline: {each.source}: {each.title}" for each in report.headlines]
    lines += [f"{label.lower()}: {path}" for label, path in places(report)]
    return [safe_line(line) for line in lines]


def _markdown_head(report: RunReport) -> list[str]:
    run = report.run
    when = f"{moment(run.started_at, ZoneInfo(report.time_zone))}, {span(duration_s(report))}"
    of = " · ".join(markdown(word) for word in (run.flow, run.runner, f"run {run.run_id}"))
    error = [f"**Error:** {markdown(run.error)}"] if run.error else []
    counts = "\n".join(f"- {label}: **{value:,}**" for label, value in figures(report))
    pages = [
        ("The run's page", report.paths.report),
        ("stored and extracted texts side by side", report.results.page),
        ("the quality of its data", report.paths.quality),
    ]
    urls = [(words, page_url(report.paths, path)) for words, path in pages]
    links = [" · ".join(f"[{words}](<{url}>)" for words, url in urls if url)]
    return [f"# {markdown(verdict(report))}", f"{when} · {of}", *filter(None, links), *error, counts]


def _markdown_counts(report: RunReport) -> list[str]:
    findings = [_markdown_finding(finding) for finding in shown_findings(report)]
    stages = [
        [s.stage.value, f"{s.taken:,}", f"{s.kept:,}", f"{s.dropped:,}", f"{s.seconds:.2f}"]
        for s in report.run.stages
    ]
    table = outcome_table(report)
    cells = [[markdown(str(cell)) for cell in row.values()] for row in table]
    names = [markdown(name) for name in table[0]] if table else []
    return [
        *result_markdown(report.results),
        *_markdown_section("Findings", "\n".join(findings)),
        *_markdown_section("Stages", _markdown_table(["Stage", "In", "Kept", "Dropped", "Seconds"], stages)),
        *_markdown_section("Sources and outcomes", _markdown_table(names, cells)),
    ]


def _markdown_lists(report: RunReport) -> list[str]:
    rejections = [_markdown_rejection(each) for each in report.rejections[:REJECTIONS_IN_MARKDOWN]]
    unshown, zone = len(report.rejections) - REJECTIONS_IN_MARKDOWN, ZoneInfo(report.time_zone)
    changed = "\n".join(_markdown_headline(headline, zone) for headline in report.changed)
    headlines = "\n".join(_markdown_headline(headline, zone) for headline in report.headlines)
    files = "\n".join(f"- {label}: {markdown(path)}" for label, path in places(report))
    return [
        *_markdown_section("Rejections", _markdown_table(["Source", "Reason", "URL", "Particulars"], rejections)),
        *([f"{unshown:,} more are not shown."] if unshown > 0 else []),
        *_markdown_section("Changed articles", changed),
        *_markdown_section("Latest headlines", headlines),
        *_markdown_section("Files", files),
    ]


def _markdown_section(title: str, text: str) -> list[str]:
    return [f"## {title}", text] if text else []


def _markdown_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are Markdown already; empty where there are no rows."""
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if rows else ""


def _markdown_finding(finding: Finding) -> str:
    source, code = markdown(finding.source or "whole batch"), markdown(finding.code)
    return f"- **{finding.severity.value}** {source} {code}: {markdown(finding.message)}"


def _markdown_rejection(rejection: Rejection) -> list[str]:
    link = markdown_link(rejection.url, rejection.url)
    return [markdown(rejection.source), markdown(rejection.reason.value), link, markdown(rejection.detail or "")]


def _markdown_headline(headline: Headline, zone: ZoneInfo) -> str:
    facts = [headline.source]
    if headline.published_at:
        facts.append(moment(headline.published_at, zone))
    if headline.version > 1:
        facts.append(f"version {headline.version}")
    return f"- {markdown_link(headline.title, headline.url)} · {markdown(' · '.join(facts))}"


def _rejection_line(rejection: Rejection) -> str:
    detail = f" ({rejection.detail})" if rejection.detail else ""
    return f"rejected: {rejection.source}: {rejection.reason.value}{detail}: {rejection.url}"
