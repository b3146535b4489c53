"""Verdicts: which articles of a batch become a version, decided without touching the database.

An article's timeline says what it said from when on: its versions at the times of their fetches, and
moments at which a fetch met the text of a version again. Versions are numbered as they are loaded; the
timeline, and nothing else, orders them in time.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from schemas.errors import NewsdeskError
from schemas.history.event import EventKind
from schemas.history.timeline import Said, Seen, Stated
from schemas.items.article import Article, Cause
from schemas.items.capture import Capture, end_of_capture
from schemas.items.outcome import Outcome, Reason, Refusal, Stage
from schemas.runs.batch import Batch
from warehouse.load.changes import change, covers

ONE_READING = timedelta(hours=1)
"""Addresses of one article that a batch read within that time are one reading of it: a run's budget."""


class Past(NamedTuple):
    """What is known of an article: its timeline, oldest first, and its last version's number. `anew` are
    what was read before of captures that are read anew, by capture."""

    said: tuple[Said, ...] = ()
    last_version: int = 0
    anew: Mapping[UUID, Stated] = {}


class Verdict(NamedTuple):
    """`version` is the one to load, or the one that was met. `cause` is that of a version to load, `before`
    what it is compared with. `again`: the timeline gets a moment at which the version that was met is said;
    `anchor`: and one at which a later fetch saw what was said before, which nothing told until now."""

    article: Article
    reason: Reason
    version: int
    detail: str | None = None
    cause: Cause | None = None
    before: Said | None = None
    supersedes: int | None = None
    again: EventKind | None = None
    anchor: Seen | None = None


def judge(articles: Sequence[Article], pasts: Mapping[UUID, Past], is_read_anew: bool = False) -> list[Verdict]:
    """One verdict an article, in their order. Where the articles are a batch's, those of one id and of
    several URLs that were read within an hour are one reading: the newest is judged (the first of them
    where the times are equal), the others are its duplicates. All others are judged oldest first."""
    rivals = _rivals(articles)
    verdicts: dict[int, Verdict] = {}
    pasts = dict(pasts)
    for place in sorted(range(len(articles)), key=lambda place: articles[place].fetched_at):
        if place not in rivals:
            article = articles[place]
            past = pasts.get(article.article_id, Past())
            verdicts[place] = _judged(article, past, is_read_anew)
            pasts[article.article_id] = _after(past, verdicts[place])
    for place in rivals:
        taken = verdicts[_winner(place, rivals)]
        detail = f"same article as {taken.article.url}"
        verdicts[place] = Verdict(articles[place], Reason.DUPLICATE, taken.version, detail)
    return [verdicts[place] for place in range(len(articles))]


def captures_of(batch: Batch[Article]) -> dict[UUID, Capture]:
    """The batch's captures by id; raises `NewsdeskError` where that of an article is not among them."""
    captures = {capture.capture_id: capture for capture in batch.ledger.captures}
    for article in batch.kept:
        if article.capture_id not in captures:
            raise NewsdeskError(f"no capture {str(article.capture_id)!r} in the batch of {article.url!r}")
    return captures


def outcome(
    verdict: Verdict, captures: Mapping[UUID, Capture], told: Mapping[UUID, str], run_id: str, at: datetime
) -> Outcome:
    """The ledger's row for a judged article; `told` says, by capture, whose article the page is."""
    capture = captures[verdict.article.capture_id]
    refusal = Refusal(reason=verdict.reason, detail=verdict.detail or told.get(capture.capture_id))
    met = {"article_id": verdict.article.article_id, "version": verdict.version}
    return end_of_capture(capture, run_id, Stage.LOAD, refusal, at).model_copy(update=met)


def around(article: Article, said: Sequence[Said]) -> tuple[Said | None, Said | None]:
    """The last moment that is no later than the article's fetch, and the first that is."""
    place = bisect_right([one.said_at for one in said], article.fetched_at)
    return said[place - 1] if place else None, said[place] if place < len(said) else None


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


def _winner(place: int, rivals: Mapping[int, int]) -> int:
    while place in rivals:
        place = rivals[place]
    return place


def _judged(article: Article, past: Past, is_read_anew: bool) -> Verdict:
    own = next((one for one in past.said if one.capture_id == article.capture_id), None)
    if own:
        return _reread(article, own, past) if is_read_anew else Verdict(article, Reason.UNCHANGED, own.version)
    before, after = around(article, past.said)
    if before and covers(before, article):
        return Verdict(article, Reason.UNCHANGED, before.version)
    if after and covers(after, article):
        detail = f"version {after.version} was said earlier than it was known"
        return Verdict(article, Reason.UNCHANGED, after.version, detail, again=EventKind.SEEN_EARLIER)
    met = next((one for one in reversed(past.said) if covers(one, article)), None)
    if met:
        detail = f"the text of version {met.version} again"
        anchor = after.seen if after else None
        return Verdict(article, Reason.REVERTED, met.version, detail, again=EventKind.REVERTED, anchor=anchor)
    cause = Cause.EARLIER if after else Cause.CHANGED if before else Cause.FIRST
    cause = Cause.REPLAYED if is_read_anew else cause
    late = "fetched before the version that is known" if after else None
    anchor = after.seen if after else None
    return Verdict(article, Reason.LOADED, past.last_version + 1, late, cause, before, anchor=anchor)


def _reread(article: Article, own: Said, past: Past) -> Verdict:
    """The capture made a version before: the reading of now takes its place where it says something else."""
    stored = past.anew[article.capture_id]
    if not change(stored, article).fields:
        return Verdict(article, Reason.UNCHANGED, own.version)
    detail = f"read anew, in place of version {own.version}"
    last = past.last_version + 1
    return Verdict(article, Reason.LOADED, last, detail, Cause.REPLAYED, own, supersedes=own.version)


def _after(past: Past, verdict: Verdict) -> Past:
    """What is known once the verdict is carried out."""
    article = verdict.article
    told = [one.model_copy(update={"seen": None}) if one.seen == verdict.anchor else one for one in past.said]
    past = past._replace(said=tuple(told))
    if verdict.reason is Reason.LOADED:
        said = _said(verdict)
        kept = [one for one in past.said if one.version != verdict.supersedes]
        again = [
            said.model_copy(update={"said_at": one.said_at})
            for one in past.said
            if one.version == verdict.supersedes and one.said_at != said.said_at
        ]
        return past._replace(said=ordered([*kept, *again, said]), last_version=verdict.version)
    if verdict.again:
        met = next(one for one in past.said if one.version == verdict.version)
        moment = met.model_copy(update={"said_at": article.fetched_at, "seen": None})
        return past._replace(said=ordered([*past.said, moment]))
    return past


def _said(verdict: Verdict) -> Said:
    article = verdict.article
    return Said(
        article_id=article.article_id,
        version=verdict.version,
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


def ordered(said: Iterable[Said]) -> tuple[Said, ...]:
    """The moments oldest first; of one instant, by the numbers of their versions."""
    return tuple(sorted(said, key=lambda one: (one.said_at, one.version)))
