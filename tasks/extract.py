"""Extract: read every capture of a batch back from the archive and make an article of it, in the cage."""

import time

from schemas.article import Article
from schemas.batch import Batch, Papers, pass_on
from schemas.capture import Capture, end_of_capture
from schemas.outcome import Outcome, Refusal, Stage
from tasks.kit import Group, Kit
from tasks.pure.collapses import claimed_elsewhere, uncollapsed
from tasks.warc import read_capture
from warehouse.known import canonical_claims


def extract(kit: Kit, group: Group, batch: Batch[Capture]) -> Batch[Article]:
    """The articles, not yet validated; a page without one ends as an outcome that says why."""
    started = time.monotonic()
    kit.progress.expect(Stage.EXTRACT, len(batch.kept))
    pages = ((read_capture(kit.archive, c.warc), c, group.source(c.link.source)) for c in batch.kept)
    read = kit.readers.map("tasks.pure.articles:read_article", pages)
    answers = [_answer(kit, capture, answer) for capture, answer in zip(batch.kept, read, strict=True)]
    kept = _uncollapsed(kit, batch, [answer for answer in answers if isinstance(answer, Article)])
    dropped = tuple(answer for answer in answers if isinstance(answer, Outcome))
    return pass_on(batch, kept, dropped, Papers(), Stage.EXTRACT, time.monotonic() - started)


def _answer(kit: Kit, capture: Capture, answer: Article | Refusal) -> Article | Outcome:
    kit.progress.advance(Stage.EXTRACT)
    if isinstance(answer, Refusal):
        return end_of_capture(capture, kit.run_id, Stage.EXTRACT, answer, kit.at())
    return answer


def _uncollapsed(kit: Kit, batch: Batch[Capture], articles: list[Article]) -> tuple[Article, ...]:
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
