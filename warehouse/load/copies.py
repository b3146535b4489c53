"""Looks for copies of new versions among the stored texts, and writes whose text each article's is."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pyarrow as pa
from pydantic import BaseModel

from schemas.history.copies import (
    AlikeWanted,
    CopyDecision,
    CopyPair,
    DatedText,
    LeadingTexts,
    LikeText,
    SampledText,
    StoredText,
    TextSample,
)
from schemas.items.article import ArticleVersion
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.load.arriving import bring_ids
from warehouse.load.rules import HistoryRules

REACH = 2
"""How many windows around the new texts the pairs of a family are followed. Only a family of texts that repeat for
months, as daily ones from one template do, is longer."""


def load_copies(
    session: Session, versions: Sequence[ArticleVersion | StoredText], rules: HistoryRules, run_id: str, at: datetime
) -> LeadingTexts:
    """Write the samples of new versions, the pairs that they make, and the decisions that change by these; `at` (UTC)
    is the time of the load."""
    if not versions:
        return LeadingTexts()
    samples = rules.text_samples(versions, at)
    arriving = arrow_rows(TextSample, samples)
    session.bring(arriving)
    session.rows("insert_text_samples")
    wanted = rules.alike_to_look_up(samples)
    pairs = rules.copy_pairs(wanted, _alike(session, wanted, arriving), at)
    _insert(session, "insert_copy_pairs", CopyPair, pairs)
    touched = {key for pair in pairs for key in (pair.article_id, pair.of_id)}
    touched |= {one.article_id for one in versions if one.supersedes}
    times = [one.dated_at for one in wanted.texts]
    its = {one.article_id for one in versions}
    return _decide(session, its, touched, _span(times, REACH * wanted.window), rules, run_id, at)


def sample_stored(warehouse: Warehouse, rules: HistoryRules, run_id: str, at: datetime, at_most: int) -> int:
    """Make the samples, pairs and decisions of up to `at_most` stored versions without a sample, newest first: those
    that an earlier version of Newsdesk loaded. Returns their number; 0: every version has its sample."""

    def work(session: Session) -> int:
        texts = [StoredText(*row) for row in session.rows("select_unsampled", at_most=at_most)]
        load_copies(session, texts, rules, run_id, at)
        return len(texts)

    return warehouse.write(run_id, work, "sampling stored texts")


def decide_undecided(warehouse: Warehouse, rules: HistoryRules, run_id: str, at: datetime) -> int:
    """Decide on articles that are like another and have no decision, since the one that they were copies of was
    forgotten. Returns their number."""

    def work(session: Session) -> int:
        found: list[tuple[UUID, datetime]] = session.rows("select_undecided")
        its = {article_id for article_id, _ in found}
        if its:
            window = rules.alike_to_look_up([]).window
            _decide(session, its, its, _span([at for _, at in found], REACH * window), rules, run_id, at)
        return len(its)

    return warehouse.write(run_id, work, "deciding on copies")


def _decide(
    session: Session,
    its: Collection[UUID],
    touched: Collection[UUID],
    span: tuple[datetime, datetime] | None,
    rules: HistoryRules,
    run_id: str,
    at: datetime,
) -> LeadingTexts:
    pairs = _connected(session, touched, span) if span and touched else []
    family = {*touched, *(key for pair in pairs for key in (pair.article_id, pair.of_id))}
    bring_ids(session, {*its, *family})
    last = {one.article_id: one for one in session.models("select_copy_decisions", CopyDecision)}
    decided: list[CopyDecision] = []
    if family:
        bring_ids(session, family)
        texts = [DatedText(*row) for row in session.rows("select_dates")]
        decided = rules.decide_copies(pairs, texts, last.values(), run_id, at)
        _insert(session, "insert_copy_decisions", CopyDecision, decided)
    now = last | {one.article_id: one for one in decided}
    leading = {key: one.duplicate_of for key, one in now.items() if one.duplicate_of}
    return LeadingTexts(leading, frozenset(one.article_id for one in decided if one.article_id not in its))


def _alike(session: Session, wanted: AlikeWanted, samples: pa.Table) -> list[LikeText]:
    span = _span([one.dated_at for one in wanted.texts], wanted.window)
    if span is None:
        return []
    session.bring(samples)
    rows = session.rows(
        "select_alike",
        first=span[0],
        last=span[1],
        words=wanted.words,
        shared=wanted.shared,
        holders=wanted.holders,
        mostly=wanted.mostly,
        others=wanted.others,
        window=wanted.window,
    )
    return [LikeText(row[0], row[1], row[2], SampledText(*row[3:])) for row in rows]


def _connected(session: Session, touched: Collection[UUID], span: tuple[datetime, datetime]) -> list[CopyPair]:
    """The pairs of these articles, of the articles that these are paired with, and so on."""
    found: dict[tuple[UUID, int, UUID, int], CopyPair] = {}
    seen: set[UUID] = set()
    new = set(touched)
    while new:
        bring_ids(session, new)
        seen |= new
        pairs = session.models("select_pairs", CopyPair, first=span[0], last=span[1])
        found |= {(one.article_id, one.version, one.of_id, one.of_version): one for one in pairs}
        new = {key for one in pairs for key in (one.article_id, one.of_id)} - seen
    return list(found.values())


def _span(times: Collection[datetime], around: timedelta) -> tuple[datetime, datetime] | None:
    return (min(times) - around, max(times) + around) if times else None


def _insert(session: Session, statement: str, row: type[BaseModel], rows: Iterable[BaseModel]) -> None:
    arriving = arrow_rows(row, rows)
    if arriving.num_rows:
        session.bring(arriving)
        session.rows(statement)
