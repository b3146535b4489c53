"""Compares what today's rules extract from archived captures with what the warehouse stores of them."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.outcome import Refusal
from schemas.runs.batch import Batch, BatchLedger
from schemas.runs.replay import Difference, Fate
from tasks.pure.reports.replay_diff import difference
from tasks.run.kit_parts import WarehouseKit
from warehouse.lookups.captures import capture_counts
from warehouse.lookups.replayable import with_stored

CAPTURES_A_CHUNK = 200


class Reread(NamedTuple):
    """The result of a chunk of captures: how each differs from the stored one, and the articles to load, with the
    captures from which they were extracted."""

    differences: tuple[Difference, ...]
    articles: tuple[Article, ...]
    captures: tuple[Capture, ...]


def replayed_sources(kit: WarehouseKit, wanted: Sequence[str]) -> set[str]:
    """The wanted slugs; where none is given, those of all captures."""
    return set(wanted) or {count.source for count in capture_counts(kit.warehouse)}


def compare(kit: WarehouseKit, captures: Sequence[Capture], found: Batch[Article], keeps_articles: bool) -> Reread:
    """Compare what was extracted from the captures now with what is stored of them."""
    articles = {article.capture_id: article for article in found.kept}
    refusals = {
        outcome.capture_id: Refusal(reason=outcome.reason, detail=outcome.detail) for outcome in found.dropped
    }
    rows = with_stored(kit.warehouse, captures)
    compared = [
        difference(row, articles.get(row.capture.capture_id) or refusals[row.capture.capture_id]) for row in rows
    ]
    taken = [
        row.capture.capture_id
        for row, each in zip(rows, compared, strict=True)
        if keeps_articles and each.fate in (Fate.CHANGED, Fate.GAINED)
    ]
    return Reread(
        tuple(compared),
        tuple(articles[capture_id] for capture_id in taken),
        tuple(row.capture for row in rows if row.capture.capture_id in set(taken)),
    )


def chunks_of(captures: Sequence[Capture]) -> list[tuple[Capture, ...]]:
    """The captures in chunks of at most `CAPTURES_A_CHUNK`; a chunk is one batch."""
    return [tuple(captures[start : start + CAPTURES_A_CHUNK]) for start in range(0, len(captures), CAPTURES_A_CHUNK)]


def batch_of(run_id: str, captures: Sequence[Capture], name: str) -> Batch[Capture]:
    """The captures as a batch; `name` makes its id."""
    its = tuple(captures)
    return Batch(batch_id=batch_id(run_id, name), run_id=run_id, kept=its, ledger=BatchLedger(captures=its))


def promotion(run_id: str, reread: Sequence[Reread]) -> Batch[Article]:
    """One batch of all articles that become current, with their captures."""
    return Batch(
        batch_id=batch_id(run_id, "promotion"),
        run_id=run_id,
        kept=tuple(article for each in reread for article in each.articles),
        ledger=BatchLedger(captures=tuple(capture for each in reread for capture in each.captures)),
    )


def batch_id(run_id: str, name: str) -> UUID:
    """The id of the run's batch of that name."""
    return uuid5(NAMESPACE_URL, f"newsdesk:replay:{run_id}:{name}")
