"""When what a finding tells is over, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from schemas.items.finding import Finding
from schemas.items.incident import Closing, Incident
from schemas.items.outcome import Reason
from schemas.runs.ledger import FeedState
from schemas.sources.source import Source
from tasks.pure.runs.file_batch import FILE_CODES
from tasks.pure.sources import drift
from tasks.pure.sources.judge import Seen

SETTLED = timedelta(days=7)
"""What was so for a week is no news: a smaller feed, a passage of a backfill that nobody read again."""
PAGES_AT_LEAST = 3
"""Articles of a source in a later run that show that what pages told is over."""
OF_ARCHIVE = "archive_"
"""How the codes of a check of the archive begin."""
OF_FEED = frozenset({"feed_went_empty", "feed_shrank", "feed_is_no_feed", "feed_moved", "source_quarantined"})
OF_BACKFILL = frozenset({"no_feeds", "no_sitemaps", "unread_range"})
RETOLD = frozenset(
    {
        "feeds_failing",
        "source_dried_up",
        "source_never_answered",
        "source_silent",
        "source_surged",
        "source_thinned_out",
    }
)
"""Judged anew for each source that a run polled."""
ANSWERED = frozenset({Reason.OK, Reason.NOT_MODIFIED})


@dataclass(frozen=True)
class RunEvidence:
    """What a run shows. `sources`: those that it was to poll, by slug; `is_whole`: there are files of no others.
    `wrong`: slugs of wrong files. `seen`: of the sources that it judged. `articles`: how many each source loaded in
    this run. `held`: sources and codes of the shares that this run found within their bands."""

    flow: str
    run_id: str
    at: datetime
    sources: Mapping[str, Source]
    is_whole: bool
    wrong: frozenset[str] = frozenset()
    seen: Mapping[str, Seen] = field(default_factory=dict)
    articles: Mapping[str, int] = field(default_factory=dict)
    held: frozenset[tuple[str, str]] = frozenset()
    found: Sequence[Finding] = ()


def closings(open_ones: Sequence[Incident], evidence: RunEvidence) -> tuple[Closing, ...]:
    """The rows that close those of the incidents that are over."""
    found = {(each.source, each.code, each.about) for each in evidence.found}
    over = (
        (one, _over(one, evidence))
        for one in open_ones
        if (one.source, one.code, one.about) not in found and one.opened_by != evidence.run_id
    )
    return tuple(
        Closing(
            source=one.source,
            code=one.code,
            about=one.about,
            at=max(evidence.at, one.seen_at),
            run_id=evidence.run_id,
            who=evidence.flow,
            why=why,
        )
        for one, why in over
        if why
    )


def _over(one: Incident, evidence: RunEvidence) -> str | None:
    """Why the incident is over; None: it is not, or this run cannot tell."""
    if one.code in FILE_CODES:
        return "the file is right, or gone" if evidence.is_whole else None
    if one.code.startswith(OF_ARCHIVE):
        return "a check of the archive did not find it" if evidence.flow == "archive" else None
    if one.code in OF_BACKFILL:
        return "told for a week" if evidence.at - one.opened_at > SETTLED else None
    if one.source is None:
        loaded = sum(evidence.articles.values())
        return f"a later run loaded {loaded} articles" if loaded else None
    source = evidence.sources.get(one.source)
    if source is None:
        is_gone = evidence.is_whole and one.source not in evidence.wrong
        return "no source file names it, so nothing of it is judged" if is_gone else None
    if not source.enabled or source.muted:
        return f"its source file says {'muted = true' if source.enabled else 'enabled = false'}"
    if one.code in OF_FEED:
        return _feed_over(one, evidence)
    return _source_over(one, source.slug, evidence)


def _feed_over(one: Incident, evidence: RunEvidence) -> str | None:
    seen = evidence.seen.get(one.source or "")
    if seen is None or one.about is None:
        return None
    state = seen.states.get(one.about)
    if state is None:
        return "its source file no longer names the feed"
    if one.code == "feed_moved":
        return None if state.moved_to else "it answers at its own address"
    if state.reason not in ANSWERED or state.at <= one.seen_at:
        return None
    return _lists_again(one, state, evidence.at)


def _lists_again(one: Incident, state: FeedState, now: datetime) -> str | None:
    """Why an answer after the finding is as before. NOT_MODIFIED: the body is the last that had entries."""
    if one.code == "feed_shrank" and state.entries_last < (one.low or 0.0):
        return f"it has listed {state.entries_last} entries for a week" if now - one.opened_at > SETTLED else None
    if one.code == "source_quarantined" and state.reason is not Reason.OK:
        return None
    return f"it lists {state.entries_last} entries"


def _source_over(one: Incident, slug: str, evidence: RunEvidence) -> str | None:
    seen = evidence.seen.get(slug)
    if one.code in RETOLD:
        return _WELL.get(one.code, "it was judged again, and is not so") if seen and seen.states else None
    if one.code.startswith("drift_"):
        return _drift_over(one, seen)
    if one.code == "articles_per_day":
        return _WELL[one.code] if evidence.flow == "health" else None
    if (slug, one.code) in evidence.held:
        return "the articles of a later run are within the band"
    if one.code in {"source_never_polled", "source_not_polled"}:
        return "it was polled" if seen and seen.states else None
    loaded = evidence.articles.get(slug, 0)
    is_of_band = one.code.startswith("share_") or one.code == "median_words"
    return f"{loaded} later articles do not show it" if loaded >= PAGES_AT_LEAST and not is_of_band else None


def _drift_over(one: Incident, seen: Seen | None) -> str | None:
    if seen is None or seen.usual is None:
        return None
    later = [tally for tally in seen.tallies if tally.at > one.seen_at]
    measure = one.code.removeprefix("drift_")
    if drift.is_over(measure, one.observed or 1.0, seen.usual, later):
        return "the latest articles are as they were before"
    return None


_WELL = {
    "feeds_failing": "all of its feeds answer, or none",
    "source_silent": "a feed answers",
    "source_never_answered": "a feed answers",
    "source_dried_up": "something unseen is listed",
    "source_thinned_out": "the number of articles is usual",
    "source_surged": "the number of articles is usual",
    "articles_per_day": "the number of articles is within the band of its file",
}
