"""The health of a source as one state: by its file first, then by its open incidents, then by what is known of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from schemas.items.finding import Severity
from schemas.items.incident import Incident
from schemas.sources.health import Health, HealthState
from schemas.sources.source import Source
from schemas.sources.usual import Usual
from tasks.pure.sources.volume import LEARNT_AT_LEAST_DAYS, is_known

FAILING = frozenset({"feed_is_no_feed", "source_never_answered", "source_silent"})
SILENT = frozenset({"feed_went_empty", "source_dried_up"})
DEGRADING = frozenset({"feeds_failing", "source_surged", "source_thinned_out"})
"""Notices that tell of a fault that is going on, as all warnings do."""


def state_of(source: Source, its: Sequence[Incident], usual: Usual | None) -> tuple[Health, str]:
    """The health of a source, and what shows it. `its`: its open incidents. A `feed_is_no_feed` or `feed_went_empty`
    of one feed among others that answer degrades the source."""
    if not source.enabled:
        return Health.RESTING, "its source file says enabled = false"
    if source.muted:
        return Health.MUTED, "its source file says muted = true"
    feeds = len(source.feeds)
    for health, codes in ((Health.FAILING, FAILING), (Health.SILENT, SILENT)):
        gravest = [one for one in its if one.code in codes]
        is_all = any(one.about is None for one in gravest) or len(gravest) >= max(feeds, 1)
        if gravest and is_all:
            return health, gravest[0].message
    faults = [one for one in its if one.severity is Severity.WARNING or one.code in DEGRADING]
    if faults:
        first = min(faults, key=lambda one: (one.severity is not Severity.WARNING, one.opened_at))
        return Health.DEGRADED, first.message
    if not is_known(usual):
        return Health.NEW, f"its articles of fewer than {LEARNT_AT_LEAST_DAYS} days, or too few of them, are known"
    return Health.HEALTHY, "it answers, and brings what is usual of it"


def changes(
    sources: Mapping[str, Source],
    open_ones: Iterable[Incident],
    usuals: Mapping[str, Usual],
    judged: Iterable[str],
    before: Mapping[str, HealthState],
    is_whole: bool,
    wrong: frozenset[str],
    run_id: str,
    at: datetime,
) -> tuple[HealthState, ...]:
    """The changes of health since `before`. `judged`: slugs of the sources that the run polled; of others only the
    file counts. `is_whole`: there are no other files, but for those of `wrong`: a source without one rests."""
    its: dict[str, list[Incident]] = {}
    for one in open_ones:
        its.setdefault(one.source or "", []).append(one)
    known = frozenset(judged)
    found: dict[str, tuple[Health, str]] = {}
    for slug, source in sources.items():
        if slug in known or source.muted or not source.enabled:
            found[slug] = state_of(source, its.get(slug, ()), usuals.get(slug))
    if is_whole:
        gone = before.keys() - sources.keys() - wrong
        found |= dict.fromkeys(gone, (Health.RESTING, "no source file names it"))
    return tuple(
        HealthState(source=slug, state=health, since=at, evidence=evidence[:500], at=at, run_id=run_id)
        for slug, (health, evidence) in sorted(found.items())
        if slug not in before or before[slug].state is not health
    )
