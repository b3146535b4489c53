"""Renders the quality of one run's data as an HTML page beside the run's report."""

from zoneinfo import ZoneInfo

from schemas.quality.quality_page import Quality
from schemas.runs.report import RunReport
from tasks.pure.reports import quality_facts
from tasks.pure.reports.run_facts import duration_s, file_name
from tasks.pure.reports.templates_env import page_template

ROWS_ON_PAGE = 500


def render_quality(report: RunReport, quality: Quality) -> str:
    """One HTML file: no script, no request to any server, every text escaped."""
    names, mix = quality_facts.mix(quality, report)
    codes, expected = quality_facts.by_source(quality_facts.expectations(quality.judgements))
    return page_template("quality").render(
        run=report.run,
        zone=ZoneInfo(report.time_zone),
        run_page=file_name(report.paths.report),
        duration=duration_s(report),
        verdict=quality_facts.verdict(quality, report),
        level=quality_facts.level(quality, report),
        figures=quality_facts.figures(quality, report),
        passed=quality_facts.passed(report),
        broken=quality.facts.broken[:ROWS_ON_PAGE],
        broken_unshown=max(0, len(quality.facts.broken) - ROWS_ON_PAGE),
        rules_asked=quality_facts.rules_asked(quality.judgements),
        codes=codes,
        expected=expected[:ROWS_ON_PAGE],
        expected_unshown=max(0, len(expected) - ROWS_ON_PAGE),
        too_few=quality_facts.too_few(quality.judgements),
        findings=quality_facts.open_findings(quality, report),
        mix_names=names,
        mix=mix,
        fields=quality_facts.FIELDS,
        gaps=quality_facts.gaps(quality.facts.gaps),
        rates=quality_facts.rates(quality),
        percent_of=quality_facts.percent,
    )
