"""Makes the rows that follow from the decisions on versions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from schemas.history.load_decisions import DecidedRows, Identified, VersionDecision
from schemas.history.rows import LinkOut
from schemas.history.timeline import StoredVersion, TimelineMoment
from schemas.items.article import Article, ArticleVersion
from schemas.items.capture import Capture, end_of_capture
from schemas.items.outcome import Outcome, Reason, Refusal, Stage
from schemas.runs.batch import Batch
from tasks.pure.history.changes import changes
from tasks.pure.history.identities import captures_of
from tasks.pure.stories.agencies import credited_agency
from tasks.pure.urls.domains import registrable_domain

Texts = Mapping[tuple[UUID, int], Article | StoredVersion]
"""What versions say, by the article_id that they were loaded with and their number."""


def versions_to_look_up(
    decisions: Sequence[VersionDecision], readings: Iterable[Article] = ()
) -> list[TimelineMoment]:
    """The versions that new ones are compared with, and whose text is neither in the batch nor among its `readings`
    (stored captures that were extracted again beside the batch)."""
    known = _at_hand(decisions, readings)
    return [one for one in _compared(decisions) if (one.loaded_as, one.version) not in known]


def decided_rows(
    batch: Batch[Article],
    identified: Identified,
    decisions: Sequence[VersionDecision],
    stored: Mapping[tuple[UUID, int], StoredVersion],
    at: datetime,
) -> DecidedRows:
    """The rows of main.article_versions, main.links_out and ops.outcomes; `stored` are the versions of
    `versions_to_look_up`, `at` (UTC) is the time of the load. Raises pydantic's `ValidationError` for an article that
    breaks a rule."""
    texts: dict[tuple[UUID, int], Article | StoredVersion] = {**stored}
    texts.update(_at_hand(decisions, batch.ledger.readings))
    captures = captures_of(batch)
    fresh = [one for one in decisions if one.reason is Reason.LOADED]
    return DecidedRows(
        versions=[
            _version(one, texts, identified.pages.get(one.article.capture_id), batch.run_id, at) for one in fresh
        ],
        links=[link for one in fresh for link in _links(one, batch.run_id)],
        outcomes=[_outcome(one, captures, identified.details, batch.run_id, at) for one in decisions],
    )


def _compared(decisions: Sequence[VersionDecision]) -> list[TimelineMoment]:
    return [one.before for one in decisions if one.reason is Reason.LOADED and one.before]


def _at_hand(decisions: Sequence[VersionDecision], readings: Iterable[Article]) -> dict[tuple[UUID, int], Article]:
    by_capture = {one.capture_id: one for one in readings}
    own = {(one.article.article_id, one.version): one.article for one in decisions if one.reason is Reason.LOADED}
    return own | {
        (one.loaded_as, one.version): by_capture[one.capture_id]
        for one in _compared(decisions)
        if one.capture_id in by_capture
    }


def _version(
    decision: VersionDecision, texts: Texts, page_id: UUID | None, run_id: str, at: datetime
) -> ArticleVersion:
    article, before = decision.article, decision.before
    fields = {name: getattr(article, name) for name in type(article).model_fields}
    if before:
        fields |= _changes(texts[before.loaded_as, before.version], article) | {"compared_with": before.version}
    return ArticleVersion(
        **fields,
        version=decision.version,
        run_id=run_id,
        loaded_at=at,
        cause=decision.cause,
        supersedes=decision.supersedes,
        page_id=page_id,
        credited_agency=credited_agency(article),
    )


def _changes(before: Article | StoredVersion, after: Article) -> dict[str, Any]:
    found = changes(before, after)
    return {
        "changed_fields": found.fields,
        "words_added": found.words_added,
        "words_removed": found.words_removed,
        "similarity": found.similarity,
    }


def _links(decision: VersionDecision, run_id: str) -> list[LinkOut]:
    """In the order of the body."""
    article = decision.article
    return [
        LinkOut(
            article_id=article.article_id,
            version=decision.version,
            position=position,
            url=link.url,
            text=link.text,
            run_id=run_id,
            domain=registrable_domain(link.url),
            is_external=registrable_domain(link.url) != registrable_domain(article.canonical_url),
        )
        for position, link in enumerate(article.links_out, start=1)
    ]


def _outcome(
    decision: VersionDecision,
    captures: Mapping[UUID, Capture],
    details: Mapping[UUID, str],
    run_id: str,
    at: datetime,
) -> Outcome:
    capture = captures[decision.article.capture_id]
    refusal = Refusal(reason=decision.reason, detail=decision.detail or details.get(capture.capture_id))
    its = {"article_id": decision.article.article_id, "version": decision.version}
    return end_of_capture(capture, run_id, Stage.LOAD, refusal, at).model_copy(update=its)
