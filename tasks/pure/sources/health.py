"""Health: what a source's history says against what is expected of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from schemas.items.finding import Finding, Severity
from schemas.runs.status import SourceLine
from schemas.sources.source import Source

SILENT_FOR = timedelta(hours=24)
"""A feed that answers at all is asked once a day at least."""
STANDS_STILL = timedelta(hours=48)
WEEK_OF_NOTE = 10
"""Fewer articles in a week say nothing about a trend."""
SHARE_OF_NOTE = 0.3


def assess(source: Source, line: SourceLine | None, run_id: str, now: datetime) -> tuple[Finding, ...]:
    """What is wrong with the source, the gravest first; `line` is what the warehouse knows of it, None where
    it was never taken up. Only the first that explains the others is told of a source that does not answer."""
    if line is None:
        return (_finding(source.slug, "source_never_polled", run_id, now, "no run took it up yet: run an ingest"),)
    unreached = _unreached(source, line, run_id, now)
    return unreached or (*_feeds(line, run_id, now), *_volume(source, line, run_id, now))


def _unreached(source: Source, line: SourceLine, run_id: str, now: datetime) -> tuple[Finding, ...]:
    slug = source.slug
    if now - line.last_at > STANDS_STILL:
        told = f"not taken up since {line.last_at:%Y-%m-%d %H:%M} UTC: is the schedule running?"
        return (_finding(slug, "source_not_polled", run_id, now, told, Severity.WARNING),)
    if line.feeds_ok or not line.feeds_failing:
        return ()
    if line.last_feed_ok_at is None:
        told = f"none of its feeds ever answered: {'; '.join(line.failing)}"
        return (_finding(slug, "source_never_answered", run_id, now, told, Severity.WARNING),)
    if now - line.last_feed_ok_at > SILENT_FOR:
        told = f"no feed answered since {line.last_feed_ok_at:%Y-%m-%d %H:%M} UTC: {'; '.join(line.failing)}"
        return (_finding(slug, "source_silent", run_id, now, told, Severity.WARNING),)
    return ()


def _feeds(line: SourceLine, run_id: str, now: datetime) -> tuple[Finding, ...]:
    if not line.feeds_failing:
        return ()
    told = f"{line.feeds_failing} of {line.feeds_ok + line.feeds_failing} feeds fail: {'; '.join(line.failing)}"
    return (_finding(line.source, "feeds_failing", run_id, now, told),)


def _volume(source: Source, line: SourceLine, run_id: str, now: datetime) -> tuple[Finding, ...]:
    """Of the last week against the week before it, and against the band that its file states."""
    before, week = line.articles_7d_before, line.articles_7d
    if before >= WEEK_OF_NOTE and not week:
        told = f"no article in 7 days, {before} in the 7 days before: did its feeds move?"
        return (_finding(line.source, "source_dried_up", run_id, now, told, Severity.WARNING, 0.0, float(before)),)
    if before >= WEEK_OF_NOTE and week < before * SHARE_OF_NOTE:
        told = f"{week} articles in 7 days, {before} in the 7 days before"
        return (
            _finding(line.source, "source_thinned_out", run_id, now, told, observed=week, low=before * SHARE_OF_NOTE),
        )
    return _band(source, line, run_id, now) if before else ()


def _band(source: Source, line: SourceLine, run_id: str, now: datetime) -> tuple[Finding, ...]:
    low, high = source.expect.articles_per_day
    a_day = line.articles_7d / 7
    if low <= a_day <= high:
        return ()
    told = f"{a_day:.1f} articles a day over 7 days, expected {low:g} to {high:g}: look at it, or correct its file"
    return (_finding(source.slug, "articles_per_day", run_id, now, told, observed=a_day, low=low, high=high),)


def _finding(
    slug: str,
    code: str,
    run_id: str,
    now: datetime,
    message: str,
    severity: Severity = Severity.NOTICE,
    observed: float | None = None,
    low: float | None = None,
    high: float | None = None,
) -> Finding:
    return Finding(
        run_id=run_id,
        source=slug,
        code=code,
        severity=severity,
        message=message,
        observed=observed,
        low=low,
        high=high,
        at=now,
    )


def all_findings(
    sources: Sequence[Source], lines: Sequence[SourceLine], run_id: str, now: datetime
) -> tuple[Finding, ...]:
    """The findings of all sources, warnings first, then by slug."""
    by_slug = {line.source: line for line in lines}
    found = [finding for source in sources for finding in assess(source, by_slug.get(source.slug), run_id, now)]
    return tuple(sorted(found, key=lambda one: (one.severity is not Severity.WARNING, one.source or "")))
