"""Decides whose text an article's is: the families of texts that are alike, and the first of each.

The decisions depend on the pairs and dates alone, not on the order in which the articles came or on the batches that
they came in: a late original takes the lead over its copies.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from schemas.history.copies import CopyDecision, CopyKind, CopyPair, DatedText
from schemas.items.link import Precision

ONE_TEXT_FROM = 0.9
"""Families are one by a pair like this. A text made of halves of two others is like both, and joins the nearer."""
_ALIKE = 0.8
_SAME_LENGTH = 1.25
_LAST_OF_DAY = timedelta(hours=23, minutes=59, seconds=59)


class Likeness(NamedTuple):
    """How an article's text is like another's, seen from the article: `length` is its length over the other's."""

    other: UUID
    contained: float
    length: float


def decide_copies(
    pairs: Iterable[CopyPair],
    texts: Sequence[DatedText],
    known: Iterable[CopyDecision],
    run_id: str,
    at: datetime,
) -> list[CopyDecision]:
    """The decisions that differ from the last ones, `known`, on the articles `texts`. `pairs` are all between them;
    `at` (UTC) is the time of the load."""
    likeness = _likeness(pairs)
    members = families((one, like.other, like.contained) for one, its in likeness.items() for like in its.values())
    by_family: dict[UUID, list[DatedText]] = defaultdict(list)
    for text in texts:
        by_family[members.get(text.article_id, text.article_id)].append(text)
    firsts = {family: first(its).article_id for family, its in by_family.items()}
    last = {one.article_id: one for one in known}
    decided = []
    for text in texts:
        leading = firsts[members.get(text.article_id, text.article_id)]
        fields = _fields(text.article_id, leading, likeness, members)
        before = last.get(text.article_id)
        if before is None and text.article_id not in members:
            continue
        number = before.number + 1 if before else 1
        decision = CopyDecision(article_id=text.article_id, number=number, run_id=run_id, loaded_at=at, **fields)
        if before is None or _says(before) != _says(decision):
            decided.append(decision)
    return decided


def families(alike: Iterable[tuple[UUID, UUID, float]]) -> dict[UUID, UUID]:
    """By article, the family of texts that it belongs to, which is named after one of its articles. Pairs (with the
    share of the shorter text that the longer holds) are taken most alike first. An article joins the family of the
    first text that it is like; two families become one by a pair from `ONE_TEXT_FROM` on."""
    parents: dict[UUID, UUID] = {}
    joined: set[UUID] = set()

    def top(article_id: UUID) -> UUID:
        while (parent := parents.setdefault(article_id, article_id)) != article_id:
            parents[article_id] = parents[parent]
            article_id = parents[article_id]
        return article_id

    once = {(min(one, other), max(one, other), contained) for one, other, contained in alike}
    for one, other, contained in sorted(once, key=lambda pair: (-pair[2], pair[0], pair[1])):
        its, others = top(one), top(other)
        if its != others and (contained >= ONE_TEXT_FROM or its not in joined or others not in joined):
            parents[max(its, others)] = min(its, others)
            joined |= {its, others}
    return {article_id: top(article_id) for article_id in parents}


def first(texts: Sequence[DatedText]) -> DatedText:
    """The text that was published first, as `reports.shared_texts` tells it: a day is before no instant of that day;
    of those that may be first, and where nobody gives a date, the one that was fetched first."""
    ends = [_not_after(text.published_at, text.published_precision) for text in texts if text.published_at]
    may_be = [text for text in texts if text.published_at and text.published_at <= min(ends)]
    return min(may_be or texts, key=lambda text: (text.fetched_at, text.article_id))


def _not_after(at: datetime, precision: str | None) -> datetime:
    return at + _LAST_OF_DAY if precision == Precision.DAY else at


def _likeness(pairs: Iterable[CopyPair]) -> dict[UUID, dict[UUID, Likeness]]:
    """By article and other article, the most alike of their versions."""
    found: dict[UUID, dict[UUID, Likeness]] = defaultdict(dict)
    for pair in sorted(
        pairs, key=lambda pair: (pair.contained, -abs(pair.length - 1), pair.version, pair.of_version)
    ):
        found[pair.article_id][pair.of_id] = Likeness(pair.of_id, pair.contained, pair.length)
        found[pair.of_id][pair.article_id] = Likeness(pair.article_id, pair.contained, 1 / pair.length)
    return found


def _fields(
    article_id: UUID,
    leading: UUID,
    likeness: Mapping[UUID, Mapping[UUID, Likeness]],
    members: Mapping[UUID, UUID],
) -> dict[str, object]:
    if article_id == leading:
        return {}
    its = likeness[article_id]
    of_family = [one for one in its.values() if members[one.other] == members[article_id]]
    nearest = its.get(leading) or min(of_family, key=lambda one: (-one.contained, one.other))
    is_merged = len(of_family) < len(its) and nearest.contained < ONE_TEXT_FROM
    kind = CopyKind.MERGED if is_merged else kind_of(nearest)
    return {
        "duplicate_of": leading,
        "kind": kind,
        "contained": nearest.contained,
        "length": nearest.length,
        "compared_with": nearest.other,
    }


def kind_of(like: Likeness) -> CopyKind:
    """By the lengths, where these differ by over a quarter; else by how much is the same."""
    if is_whole_copy(like.contained, like.length):
        return CopyKind.COPY
    if like.length > _SAME_LENGTH:
        return CopyKind.EMBEDDED
    return CopyKind.CUT if like.length < 1 / _SAME_LENGTH else CopyKind.EDITED


def is_whole_copy(contained: float, length: float) -> bool:
    """Whether a text is another, whole and with a few words changed at most; `length` is its length over the
    other's."""
    return contained >= _ALIKE and 1 / _SAME_LENGTH <= length <= _SAME_LENGTH


def _says(decision: CopyDecision) -> tuple[object, ...]:
    return (
        decision.duplicate_of,
        decision.kind,
        decision.contained,
        decision.length,
        decision.compared_with,
    )
