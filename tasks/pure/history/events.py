"""Decides what happened to articles other than a change of their text: gone, redirected, withdrawn, there again."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from schemas.history.event import ArticleAnswer, ArticleState, Event, EventKind, PlaceBefore
from schemas.history.load_decisions import EventsWanted, KnownEvents, VersionDecision
from schemas.history.timeline import RepeatFetch
from schemas.items.article import Article, Notice
from schemas.items.capture import Capture
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.batch import Batch

GONE = frozenset({404, 410})
THERE = frozenset({Reason.LOADED, Reason.UNCHANGED, Reason.REVERTED, Reason.DUPLICATE, Reason.NOT_MODIFIED})
"""Outcomes of a URL that answered with its article."""
REPLACED = 3
"""A notice of removal counts where the text before it had at least this many times its words."""
_NO_PLACE = re.compile(r"^https?://(?:www\.)?|[?#].*$|/+(?=$|[?#])", re.IGNORECASE)


class ArticleFetch(NamedTuple):
    """A fetch that an article answered. `notice`: what its text says of itself. `is_text`: the answer had a text."""

    article_id: UUID
    at: datetime
    source: str
    url: str
    version: int | None
    capture_id: UUID | None
    notice: Notice | None = None
    is_text: bool = True


def events_to_look_up(batch: Batch[Article], decisions: Sequence[VersionDecision]) -> EventsWanted:
    """What the events of the batch are decided from."""
    gone = [one for one in batch.dropped if one.kind is UrlKind.ARTICLE and one.status in GONE]
    return EventsWanted(
        gone=frozenset(one.article_id for one in gone if one.article_id),
        moved=_moved(batch),
        answered=frozenset(one.article_id for one in _sightings(batch, decisions)),
    )


def decide_events(
    batch: Batch[Article], decisions: Sequence[VersionDecision], known: KnownEvents, at: datetime
) -> list[Event]:
    """What happened to articles; `at` (UTC) is the time of the load."""
    return [
        *_repeats(decisions, batch.run_id, at),
        *_deletions(known.answers, batch.run_id, at),
        *_redirections(batch, known.places, at),
        *_withdrawals(batch, decisions, known.states, at),
    ]


def state_events(sighting: ArticleFetch, state: ArticleState | None, run_id: str, at: datetime) -> list[Event]:
    """The events that a sighting makes after the last event of its article; none where it is older than that."""
    if state and sighting.at <= state.at:
        return []
    events = []
    if state and state.kind is EventKind.DELETED:
        key = f"restored {state.event_id}"
        events.append(_event(sighting, EventKind.RESTORED, key, "it answers again", run_id, at))
    is_withdrawn = state is not None and state.kind is EventKind.RETRACTED
    if sighting.notice and not is_withdrawn:
        detail = f"the text speaks of its {sighting.notice.value}"
        events.append(_event(sighting, EventKind.RETRACTED, f"retracted {sighting.capture_id}", detail, run_id, at))
    if state and is_withdrawn and sighting.is_text and not sighting.notice:
        detail = "the text no longer says that it is withdrawn"
        events.append(_event(sighting, EventKind.RESTORED, f"restored {state.event_id}", detail, run_id, at))
    return events


def _repeats(decisions: Sequence[VersionDecision], run_id: str, at: datetime) -> list[Event]:
    """The moments at which a fetch returned the text of a known version, and which the versions do not show."""
    seen = [(one.again, _repeat(one), one.detail) for one in decisions if one.again]
    seen += [(EventKind.SEEN_AGAIN, one.anchor, f"after {one.article.fetched_at}") for one in decisions if one.anchor]
    return [
        Event(
            event_id=uuid5(one.article_id, f"{kind} {one.capture_id}"),
            article_id=one.article_id,
            kind=kind,
            at=one.seen_at,
            source=one.source,
            url=one.url,
            version=one.version,
            capture_id=one.capture_id,
            detail=detail,
            run_id=run_id,
            loaded_at=at,
        )
        for kind, one, detail in seen
    ]


def _repeat(decision: VersionDecision) -> RepeatFetch:
    article = decision.article
    return RepeatFetch(
        article_id=article.article_id,
        version=decision.version,
        seen_at=article.fetched_at,
        capture_id=article.capture_id,
        source=article.source,
        url=article.url,
    )


def _deletions(answers: Iterable[ArticleAnswer], run_id: str, at: datetime) -> list[Event]:
    """Articles that were gone in two runs, without an answer in between."""
    by_article: dict[UUID, list[ArticleAnswer]] = defaultdict(list)
    for one in answers:
        by_article[one.article_id].append(one)
    pairs = [(key, _first_two_gone(its)) for key, its in by_article.items()]
    return [_deleted(key, two, run_id, at) for key, two in pairs if len(two) == 2]


def _first_two_gone(answers: Sequence[ArticleAnswer]) -> list[ArticleAnswer]:
    """The first answers of two runs, oldest first, in which the article was gone since it last answered."""
    there = [one.seen_at for one in answers if one.reason in THERE]
    gone = [one for one in answers if one.reason is Reason.HTTP_ERROR and one.status in GONE]
    if there:
        gone = [one for one in gone if one.seen_at > max(there)]
    first: dict[str, ArticleAnswer] = {}
    for one in gone:
        first.setdefault(one.run_id, one)
    return sorted(first.values(), key=lambda one: (one.seen_at, one.run_id))[:2]


def _deleted(article_id: UUID, two: Sequence[ArticleAnswer], run_id: str, at: datetime) -> Event:
    first, last = two
    return Event(
        event_id=uuid5(article_id, f"deleted {first.seen_at.isoformat()}"),
        article_id=article_id,
        kind=EventKind.DELETED,
        at=last.seen_at,
        source=first.source,
        url=last.url,
        version=first.version if last.version is None else last.version,
        capture_id=last.capture_id or first.capture_id,
        detail="gone in two runs",
        evidence=tuple(f"{one.run_id} {one.seen_at:%Y-%m-%dT%H:%M:%SZ} {one.status} {one.url}" for one in two),
        run_id=run_id,
        loaded_at=at,
    )


def _redirections(batch: Batch[Article], places: Sequence[PlaceBefore], at: datetime) -> list[Event]:
    """Known articles whose URL redirects to another place than before."""
    moved = {one.capture_id: one for one in _moved(batch)}
    return [
        _redirected(moved[one.capture_id], one, batch.run_id, at)
        for one in places
        if _place(one.final_url_before) != _place(moved[one.capture_id].final_url)
    ]


def _moved(batch: Batch[Article]) -> list[Capture]:
    return [
        one
        for one in {capture.capture_id: capture for capture in batch.ledger.captures}.values()
        if one.kind is UrlKind.ARTICLE and one.status == 200 and _place(one.url) != _place(one.final_url)
    ]


def _place(url: str) -> str:
    """The URL without scheme, `www.`, query, fragment and final slash: a change of these is no other place."""
    return _NO_PLACE.sub("", url)


def _withdrawals(
    batch: Batch[Article], decisions: Sequence[VersionDecision], known: Iterable[ArticleState], at: datetime
) -> list[Event]:
    """Articles that say that they are withdrawn, and those that answer again, or no longer say so."""
    states = {one.article_id: one for one in known}
    events: list[Event] = []
    for sighting in _sightings(batch, decisions):
        for event in state_events(sighting, states.get(sighting.article_id), batch.run_id, at):
            events.append(event)
            states[event.article_id] = ArticleState.model_validate(event.model_dump())
    return events


def _sightings(batch: Batch[Article], decisions: Sequence[VersionDecision]) -> list[ArticleFetch]:
    """Oldest first."""
    return sorted([*map(_sighting, decisions), *_not_modified(batch)], key=lambda one: one.at)


def _sighting(decision: VersionDecision) -> ArticleFetch:
    article, before = decision.article, decision.before
    is_replaced = before is not None and before.word_count >= REPLACED * article.word_count
    is_removal = article.notice is Notice.REMOVAL
    return ArticleFetch(
        article.article_id,
        article.fetched_at,
        article.source,
        article.url,
        decision.version,
        article.capture_id,
        None if is_removal and not is_replaced else article.notice,
        is_text=not is_removal,
    )


def _not_modified(batch: Batch[Article]) -> list[ArticleFetch]:
    return [
        ArticleFetch(one.article_id, one.at, one.source, one.url, one.version, one.capture_id, is_text=False)
        for one in batch.dropped
        if one.reason is Reason.NOT_MODIFIED and one.article_id
    ]


def _event(sighting: ArticleFetch, kind: EventKind, key: str, detail: str, run_id: str, at: datetime) -> Event:
    return Event(
        event_id=uuid5(sighting.article_id, key),
        article_id=sighting.article_id,
        kind=kind,
        at=sighting.at,
        source=sighting.source,
        url=sighting.url,
        version=sighting.version,
        capture_id=sighting.capture_id,
        detail=detail,
        run_id=run_id,
        loaded_at=at,
    )


def _redirected(capture: Capture, before: PlaceBefore, run_id: str, at: datetime) -> Event:
    return Event(
        event_id=uuid5(before.article_id, f"redirected {capture.url} {_place(capture.final_url)}"),
        article_id=before.article_id,
        kind=EventKind.REDIRECTED,
        at=capture.fetched_at,
        source=capture.link.source,
        url=capture.url,
        version=before.version,
        capture_id=capture.capture_id,
        detail=f"answers at {capture.final_url}, before at {before.final_url_before}",
        run_id=run_id,
        loaded_at=at,
    )
