"""Extract: read every capture of a batch back from the archive and make an article of it, in the cage."""

import time
from collections.abc import Iterator, Sequence
from uuid import UUID

from schemas.article import Article
from schemas.batch import Batch, Papers, pass_on
from schemas.capture import Capture, end_of_capture
from schemas.errors import BadRecordError
from schemas.finding import Finding
from schemas.outcome import Reason, Refusal, Stage
from schemas.source import Source
from tasks.kit import Group, Kit
from tasks.pure import soft_404s, walls
from tasks.pure.collapses import claimed_elsewhere, uncollapsed
from tasks.warc import read_capture
from warehouse.known import canonical_claims, look_alikes

Answers = list[tuple[Capture, Article | Refusal]]


def extract(kit: Kit, group: Group, batch: Batch[Capture]) -> Batch[Article]:
    """The articles, not yet validated; a page without one ends as an outcome that says why. A domain that
    shows walls instead of pages is left alone for a while."""
    started = time.monotonic()
    kit.progress.expect(Stage.EXTRACT, len(batch.kept))
    bad: dict[UUID, Refusal] = {}
    read = iter(list(kit.readers.map("tasks.pure.articles:read_article", _pages(kit, group, batch, bad))))
    answers = [(c, bad.get(c.capture_id) or _answer(kit, next(read))) for c in batch.kept]
    answers = _without_soft_404s(kit, answers)
    kept = _uncollapsed(kit, batch, [answer for _, answer in answers if isinstance(answer, Article)])
    dropped = tuple(
        end_of_capture(capture, kit.run_id, Stage.EXTRACT, answer, kit.at())
        for capture, answer in answers
        if isinstance(answer, Refusal)
    )
    papers = Papers(findings=_walls(kit, batch, answers))
    return pass_on(batch, kept, dropped, papers, Stage.EXTRACT, time.monotonic() - started)


def _pages(
    kit: Kit, group: Group, batch: Batch[Capture], bad: dict[UUID, Refusal]
) -> Iterator[tuple[bytes, Capture, Source]]:
    """What the captures' pages are read with, one at a time; damaged records are noted in `bad` instead."""
    for capture in batch.kept:
        try:
            page = read_capture(kit.archive, capture.warc)
        except BadRecordError as error:
            bad[capture.capture_id] = Refusal(reason=Reason.BAD_RECORD, detail=str(error))
            continue
        yield page, capture, group.source(capture.link.source)


def _answer(kit: Kit, answer: Article | Refusal) -> Article | Refusal:
    kit.progress.advance(Stage.EXTRACT)
    reserved = sorted(set(kit.settings.honour_policies) & set(getattr(answer, "policies", ())))
    return Refusal(reason=Reason.POLICY_DENIED, detail=", ".join(reserved)) if reserved else answer


def _without_soft_404s(kit: Kit, answers: Answers) -> Answers:
    """The answers, with those refused that show one short text under many URLs, now or before."""
    entry_titles = {capture.capture_id: capture.link.entry.title for capture, _ in answers}
    found = soft_404s.suspects([answer for _, answer in answers if isinstance(answer, Article)], entry_titles)
    for source in dict.fromkeys(article.source for article in found):
        its = [article for article in found if article.source == source]
        past = look_alikes(kit.warehouse, source, [article.title for article in its], soft_404s.WORDS_AT_MOST)
        gone = soft_404s.same_everywhere(its, past)
        refusal = Refusal(reason=Reason.SOFT_404, detail="the same short text under at least three URLs of the host")
        answers = [(capture, refusal if capture.capture_id in gone else answer) for capture, answer in answers]
    return answers


def _walls(kit: Kit, batch: Batch[Capture], answers: Answers) -> tuple[Finding, ...]:
    """Leave alone the domains that answered with little but walls; what a person should know of it."""
    pages = [
        (capture.link.source, capture.final_url, isinstance(answer, Refusal) and _is_wall(answer.reason))
        for capture, answer in answers
    ]
    pages += [(outcome.source, outcome.url, True) for outcome in batch.dropped if _is_wall(outcome.reason)]
    found = walls.found_walls(pages)
    last = max((capture.fetched_at.timestamp() for capture in batch.kept), default=0.0)
    for wall in found:
        if wall.is_shut:
            kit.hot.pause(wall.domain, last + walls.PAUSE_S)
    return tuple(walls.finding(wall, kit.run_id, kit.at()) for wall in found)


def _is_wall(reason: Reason) -> bool:
    return reason is Reason.CHALLENGE_PAGE


def _uncollapsed(kit: Kit, batch: Batch[Capture], articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles, without the canonical URLs that many different texts of their source claim."""
    final_urls = {capture.capture_id: capture.final_url for capture in batch.kept}
    kept: list[Article] = []
    for source in dict.fromkeys(article.source for article in articles):
        its = [article for article in articles if article.source == source]
        urls = [final_urls[article.capture_id] for article in its]
        claimed = claimed_elsewhere(its, urls)
        past = canonical_claims(kit.warehouse, source, claimed) if claimed else []
        kept += uncollapsed(its, urls, past)
    return tuple(kept)
