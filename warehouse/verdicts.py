"""Verdicts: which articles of a batch become a version, decided without touching the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.article import Article
from schemas.capture import Capture, end_of_capture
from schemas.errors import NewsdeskError
from schemas.outcome import Outcome, Reason, Refusal, Stage


class LatestVersion(BaseModel):
    """What the history knows of an article."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    version: int
    body_hash: str
    fetched_at: AwareDatetime


class Verdict(NamedTuple):
    """`version` is the one to load, or the one that was met."""

    article: Article
    reason: Reason
    version: int
    detail: str | None = None


def judge(articles: Sequence[Article], history: Mapping[UUID, LatestVersion]) -> list[Verdict]:
    """One verdict an article, in their order. Of several with one id the newest fetch is taken (the
    first of them where the times are equal); an older fetch never makes a version."""
    kept: dict[UUID, Article] = {}
    for article in articles:
        rival = kept.get(article.article_id)
        if rival is None or article.fetched_at > rival.fetched_at:
            kept[article.article_id] = article
    taken = {key: _compare(article, history.get(key)) for key, article in kept.items()}
    return [_verdict(article, taken[article.article_id]) for article in articles]


def outcome(verdict: Verdict, captures: Mapping[UUID, Capture], run_id: str, at: datetime) -> Outcome:
    """The ledger's row for a judged article; raises `NewsdeskError` where its capture is not among `captures`."""
    capture = captures.get(verdict.article.capture_id)
    if capture is None:
        raise NewsdeskError(f"no capture {str(verdict.article.capture_id)!r} in the batch of {verdict.article.url!r}")
    refusal = Refusal(reason=verdict.reason, detail=verdict.detail or _moved(capture))
    met = {"article_id": verdict.article.article_id, "version": verdict.version}
    return end_of_capture(capture, run_id, Stage.LOAD, refusal, at).model_copy(update=met)


def _moved(capture: Capture) -> str | None:
    return f"moved: the article is known as {capture.link.known_as}" if capture.link.known_as else None


def _compare(article: Article, latest: LatestVersion | None) -> Verdict:
    if latest is None:
        return Verdict(article, Reason.LOADED, 1)
    if article.body_hash == latest.body_hash:
        return Verdict(article, Reason.UNCHANGED, latest.version)
    if article.fetched_at <= latest.fetched_at:
        return Verdict(article, Reason.UNCHANGED, latest.version, "not fetched after the version that is known")
    return Verdict(article, Reason.LOADED, latest.version + 1)


def _verdict(article: Article, taken: Verdict) -> Verdict:
    if article is taken.article:
        return taken
    return Verdict(article, Reason.DUPLICATE, taken.version, f"same article as {taken.article.url}")
