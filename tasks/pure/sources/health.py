"""Health: compares a source's recent polls and articles with what its source file expects."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from schemas.items.finding import Finding, Severity
from schemas.runs.status import SourceLine
from schemas.sources.source import Source
from tasks.pure.sources.findings import NO_ANSWER_FOR, finding, instant, unread_feeds

STANDS_STILL = timedelta(hours=48)
HEALTH_CODES = frozenset(
    {
        "source_never_polled",
        "source_not_polled",
        "source_never_answered",
        "source_silent",
        "feeds_failing",
        "articles_per_day",
    }
)
"""Codes of the findings that `assess` makes."""


def assess(source: Source, line: SourceLine | None, run_id: str, now: datetime) -> tuple[Finding, ...]:
    """The source's findings, the gravest first. `line` is its status in the warehouse; None: no run has polled
    it. A source that is not polled or does not answer gets only that finding, since it explains all others."""
    if line is None:
        told = "never polled: run `newsdesk ingest`"
        return (finding(source.slug, "source_never_polled", told, run_id, now, Severity.NOTICE),)
    polled_at = line.last_poll_at or line.last_at
    if now - polled_at > STANDS_STILL and _was_due(line, now):
        told = f"not polled since {instant(polled_at)}: is the schedule running?"
        return (finding(source.slug, "source_not_polled", told, run_id, now),)
    feeds, told, answers = line.feeds_ok + line.feeds_failing, "; ".join(line.failing), [line.last_feed_ok_at]
    unread = unread_feeds(line.source, line.feeds_failing, feeds, told, answers, run_id, now)
    if unread and unread.severity is Severity.WARNING:
        return (unread,)
    return (*([unread] if unread else ()), *_band(source, line, run_id, now))


def _was_due(line: SourceLine, now: datetime) -> bool:
    """Whether a feed is due for so long that a run must have polled it. A feed that fails is polled less and less
    often, so the time since its last poll alone says nothing of the schedule."""
    return line.next_poll_at is None or now - line.next_poll_at > NO_ANSWER_FOR


def _band(source: Source, line: SourceLine, run_id: str, now: datetime) -> tuple[Finding, ...]:
    """Compares the last week with the range of articles a day in the source file."""
    low, high = source.expect.articles_per_day
    a_day = line.articles_7d / 7
    if not line.articles_7d_before or low <= a_day <= high:
        return ()
    told = f"{a_day:.1f} articles a day over 7 days, expected {low:g} to {high:g}: check its feeds or its source file"
    return (
        finding(
            source.slug, "articles_per_day", told, run_id, now, Severity.NOTICE, observed=a_day, low=low, high=high
        ),
    )


def all_findings(
    sources: Sequence[Source], lines: Sequence[SourceLine], run_id: str, now: datetime
) -> tuple[Finding, ...]:
    """The findings of all sources that are enabled and not muted, warnings first, then by slug."""
    by_slug = {line.source: line for line in lines}
    judged = [source for source in sources if source.enabled and not source.muted]
    found = [one for source in judged for one in assess(source, by_slug.get(source.slug), run_id, now)]
    return tuple(sorted(found, key=lambda one: (one.severity is not Severity.WARNING, one.source or "")))
