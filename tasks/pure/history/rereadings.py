"""Decides which stored captures are extracted again beside a batch.

How a page is extracted changes with what is known of its site, and with our rules. So a page that seems to say
something else than its article's versions is compared with their captures, extracted in the same way: a difference
that is left was made by the site.
"""

from collections.abc import Sequence

from schemas.history.load_decisions import KnownTimelines, VersionDecision
from schemas.history.timeline import TimelineMoment
from schemas.items.outcome import Reason
from tasks.pure.history.versions import Timeline, timelines_of

VERSIONS_AT_MOST = 3
"""Latest versions of an article that are extracted again; an article with more is of a site that changes it."""


def captures_to_read_again(decisions: Sequence[VersionDecision], known: KnownTimelines) -> list[TimelineMoment]:
    """The moments whose captures made the latest versions of articles that are to get a new version; none for an
    article that is fetched for the first time."""
    timelines = timelines_of(known)
    fresh = {one.article.article_id for one in decisions if one.reason is Reason.LOADED}
    return [one for key in fresh & timelines.keys() for one in _latest(timelines[key])]


def _latest(timeline: Timeline) -> list[TimelineMoment]:
    by_capture = {one.capture_id: one for one in sorted(timeline.moments, key=lambda one: one.version)}
    return list(by_capture.values())[-VERSIONS_AT_MOST:]
