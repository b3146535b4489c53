"""Decides which articles of a batch become a version.

An article's timeline says what it said from when on: its versions at the times of their fetches, and later moments at
which a fetch returned the text of a version again. Versions are numbered in the order in which they are loaded. Only
the timeline orders them in time.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from schemas.history.event import EventKind
from schemas.history.load_decisions import KnownTimelines, VersionDecision
from schemas.history.timeline import StoredVersion, TimelineMoment
from schemas.items.article import Article, Cause
from schemas.items.outcome import Reason
from tasks.pure.history.changes import changes, says_nothing_new

ONE_READING = timedelta(hours=1)
"""Two addresses of one article that a batch fetched within this time count as one reading of it: a run's budget."""


class Timeline(NamedTuple):
    """An article's moments, oldest first, and the highest number of its versions."""

    moments: tuple[TimelineMoment, ...] = ()
    last_version: int = 0


def repeats_to_look_up(
    articles: Sequence[Article], moments: Mapping[UUID, Sequence[TimelineMoment]]
) -> list[Article]:
    """The articles that say something else than was said until their fetch. For these the load needs to know which
    later fetches returned a known version: a later fetch with that text outranks an older capture with another."""
    return [article for article in articles if _says_otherwise(article, moments.get(article.article_id, ()))]


def decide_versions(
    articles: Sequence[Article], known: KnownTimelines, readings: Iterable[Article] = (), is_read_anew: bool = False
) -> list[VersionDecision]:
    """One decision an article, in their order, made oldest fetch first.

    `readings` are stored captures of the versions, extracted as the batch was: a version is compared as its capture
    is extracted today. With `is_read_anew` the articles are re-extracted captures. Articles with one id and several
    URLs that were fetched within an hour are one reading: the newest is decided on (the first of them where the times
    are equal), the others are its duplicates.
    """
    rivals = _rivals(articles)
    decisions: dict[int, VersionDecision] = {}
    timelines = _as_extracted_now(timelines_of(known), {one.capture_id: one for one in readings})
    for place in sorted(range(len(articles)), key=lambda place: articles[place].fetched_at):
        if place not in rivals:
            article = articles[place]
            timeline = timelines.get(article.article_id, Timeline())
            decisions[place] = _decided(article, timeline, known.replaced if is_read_anew else None)
            timelines[article.article_id] = _after(timeline, decisions[place])
    for place in rivals:
        newest = decisions[_newest(place, rivals)]
        detail = f"same article as {newest.article.url}"
        decisions[place] = VersionDecision(articles[place], Reason.DUPLICATE, newest.version, detail)
    return [decisions[place] for place in range(len(articles))]


def timelines_of(known: KnownTimelines) -> dict[UUID, Timeline]:
    """The timeline of every article that has a version, with the later fetches that returned a known version."""
    moments = {key: list(its) for key, its in known.moments.items()}
    for fetch in known.repeats:
        its = moments[fetch.article_id]
        same = next((one for one in its if one.version == fetch.version), None)
        if same and all(one.said_at != fetch.seen_at for one in its):
            its.append(same.model_copy(update={"said_at": fetch.seen_at, "seen": fetch}))
    return {key: Timeline(_ordered(moments.get(key, ())), last) for key, last in known.last_versions.items()}


def _says_otherwise(article: Article, moments: Sequence[TimelineMoment]) -> bool:
    if not moments:
        return False
    before, _ = _around(article, moments)
    return before is None or not says_nothing_new(before, article)


def _around(
    article: Article, moments: Sequence[TimelineMoment]
) -> tuple[TimelineMoment | None, TimelineMoment | None]:
    """The last moment that is no later than the article's fetch, and the first that is later."""
    place = bisect_right([one.said_at for one in moments], article.fetched_at)
    return moments[place - 1] if place else None, moments[place] if place < len(moments) else None


def _rivals(articles: Sequence[Article]) -> dict[int, int]:
    """By the place of each article that is a duplicate, the place of the newer reading."""
    by_id: dict[UUID, list[int]] = defaultdict(list)
    for place, article in enumerate(articles):
        by_id[article.article_id].append(place)
    rivals = {}
    for places in by_id.values():
        places.sort(key=lambda place: (articles[place].fetched_at, -place))
        for older, newer in pairwise(places):
            one, other = articles[older], articles[newer]
            if one.url != other.url and other.fetched_at - one.fetched_at <= ONE_READING:
                rivals[older] = newer
    return rivals


def _newest(place: int, rivals: Mapping[int, int]) -> int:
    while place in rivals:
        place = rivals[place]
    return place


def _as_extracted_now(timelines: Mapping[UUID, Timeline], readings: Mapping[UUID, Article]) -> dict[UUID, Timeline]:
    """The timelines, with what their versions say when their captures are extracted today."""
    return {
        key: its._replace(moments=tuple(_extracted_now(one, readings.get(one.capture_id)) for one in its.moments))
        for key, its in timelines.items()
    }


def _extracted_now(moment: TimelineMoment, reading: Article | None) -> TimelineMoment:
    if reading is None:
        return moment
    names = ("body_hash", "authors", "published_at", "published_precision", "word_count")
    return moment.model_copy(update={name: getattr(reading, name) for name in names})


def _decided(article: Article, timeline: Timeline, replaced: Mapping[UUID, StoredVersion] | None) -> VersionDecision:
    """`replaced`: what the versions of re-extracted captures say; None where the batch is no re-extraction."""
    own = next((one for one in timeline.moments if one.capture_id == article.capture_id), None)
    if own and replaced is None:
        return VersionDecision(article, Reason.UNCHANGED, own.version)
    if own and replaced is not None:
        return _re_extracted(article, own, timeline, replaced[article.capture_id])
    before, after = _around(article, timeline.moments)
    if before and says_nothing_new(before, article):
        return VersionDecision(article, Reason.UNCHANGED, before.version)
    if after and says_nothing_new(after, article):
        detail = f"same text as version {after.version}, seen at an earlier time"
        return VersionDecision(article, Reason.UNCHANGED, after.version, detail, again=EventKind.SEEN_EARLIER)
    anchor = after.seen if after else None
    same = next((one for one in reversed(timeline.moments) if says_nothing_new(one, article)), None)
    if same:
        detail = f"same text as version {same.version} again"
        return VersionDecision(
            article, Reason.REVERTED, same.version, detail, again=EventKind.REVERTED, anchor=anchor
        )
    cause = Cause.EARLIER if after else Cause.CHANGED if before else Cause.FIRST
    cause = cause if replaced is None else Cause.REPLAYED
    late = "fetched before the newest known version" if after else None
    number = timeline.last_version + 1
    return VersionDecision(article, Reason.LOADED, number, late, cause, before, anchor=anchor)


def _re_extracted(
    article: Article, own: TimelineMoment, timeline: Timeline, stored: StoredVersion
) -> VersionDecision:
    """The capture made a version before: where it says something else now, a new version replaces that one."""
    if not changes(stored, article).fields:
        return VersionDecision(article, Reason.UNCHANGED, own.version)
    detail = f"re-extracted: replaces version {own.version}"
    number = timeline.last_version + 1
    return VersionDecision(article, Reason.LOADED, number, detail, Cause.REPLAYED, own, supersedes=own.version)


def _after(timeline: Timeline, decision: VersionDecision) -> Timeline:
    """The timeline once the decision is stored."""
    moments = [
        one.model_copy(update={"seen": None}) if one.seen == decision.anchor else one for one in timeline.moments
    ]
    if decision.reason is Reason.LOADED:
        made = _moment(decision)
        kept = [one for one in moments if one.version != decision.supersedes]
        again = [
            made.model_copy(update={"said_at": one.said_at})
            for one in moments
            if one.version == decision.supersedes and one.said_at != made.said_at
        ]
        return Timeline(_ordered([*kept, *again, made]), decision.version)
    if decision.again:
        same = next(one for one in moments if one.version == decision.version)
        moments.append(same.model_copy(update={"said_at": decision.article.fetched_at, "seen": None}))
    return timeline._replace(moments=_ordered(moments))


def _moment(decision: VersionDecision) -> TimelineMoment:
    article = decision.article
    return TimelineMoment(
        article_id=article.article_id,
        version=decision.version,
        said_at=article.fetched_at,
        loaded_as=article.article_id,
        capture_id=article.capture_id,
        body_hash=article.body_hash,
        authors=article.authors,
        published_at=article.published_at,
        published_precision=article.published_precision,
        word_count=article.word_count,
        loaded_at=article.fetched_at,
    )


def _ordered(moments: Iterable[TimelineMoment]) -> tuple[TimelineMoment, ...]:
    """Oldest first; of one instant, by the numbers of their versions."""
    return tuple(sorted(moments, key=lambda one: (one.said_at, one.version)))
