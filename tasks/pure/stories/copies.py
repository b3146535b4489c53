"""Decides which texts are copies of one text, of what kind each is, and whose text it was first."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from tasks.pure.stories.samples import Sample, containment

SHARED_AT_LEAST = 3
CONTAINED_AT_LEAST = 0.4
"""Of the shorter text. On texts that were made with a known answer (`bench/copies.py`), .985 of the pairs in one
family are copies, and .985 of the copies are found."""
ONE_TEXT_FROM = 0.9
"""Families are one by a pair like this. A text made of halves of two others is like both, and joins the nearer."""
HOLDERS_AT_MOST = 200
"""A hash in more texts than this is boilerplate and finds no candidates."""
_ALIKE = 0.8
_SAME_LENGTH = 1.25


class CopyKind(StrEnum):
    """How a text relates to the text that it copies."""

    COPY = "copy"
    CUT = "cut"
    EMBEDS = "embeds"
    EDITED = "edited"


class Text(NamedTuple):
    """A text as its copies are looked for. `published_at` and `fetched_at` are UTC; `published_at` None: the
    publisher gives none."""

    article_id: UUID
    sample: Sample
    published_at: datetime | None
    fetched_at: datetime


class Copy(NamedTuple):
    """`article_id` copies `of_id`. `contained` is the share of the shorter text that the longer holds; `length` is
    the copy's length over the other's."""

    article_id: UUID
    of_id: UUID
    kind: CopyKind
    contained: float
    length: float


def copies_of(text: Text, shared: Mapping[UUID, int], known: Mapping[UUID, Text]) -> list[Copy]:
    """The known texts that this one copies or that copy it, most alike first; each with who copies whom. `shared`:
    by article, how many hashes of their samples both have."""
    pairs = (_judged(text, known[other], number) for other, number in shared.items() if number >= SHARED_AT_LEAST)
    found = [pair for pair in pairs if pair]
    return sorted(found, key=lambda copy: (-copy.contained, str(copy.of_id), str(copy.article_id)))


def _judged(one: Text, other: Text, shared: int) -> Copy | None:
    contained = containment(one.sample, other.sample, shared)
    if contained < CONTAINED_AT_LEAST:
        return None
    first, later = sorted((one, other), key=_order)
    length = later.sample.groups / first.sample.groups
    return Copy(later.article_id, first.article_id, _kind(contained, length), contained, length)


def _kind(contained: float, length: float) -> CopyKind:
    if length > _SAME_LENGTH:
        return CopyKind.EMBEDS
    if length < 1 / _SAME_LENGTH:
        return CopyKind.CUT
    return CopyKind.COPY if contained >= _ALIKE else CopyKind.EDITED


def _order(text: Text) -> tuple[datetime, datetime, str]:
    """The first: earliest publication, else earliest fetch."""
    return text.published_at or text.fetched_at, text.fetched_at, str(text.article_id)


def families(copies: Iterable[Copy], known: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """By article of the copies, the family of texts that it belongs to, which is named after one of its articles.
    Pairs are taken most alike first. An article joins the family of the first text that it is like; two families
    become one by a pair from `ONE_TEXT_FROM` on. `known`: the families of articles that have one; of a known family
    that is another's now, the result holds the family itself, too."""
    parents: dict[UUID, UUID] = {}
    whole = set(known.values())

    def top(article_id: UUID) -> UUID:
        family = known.get(article_id, article_id)
        while (parent := parents.get(family, family)) != family:
            family = parent
        return family

    named: set[UUID] = set()
    for copy in sorted(copies, key=lambda copy: (-copy.contained, str(copy.of_id), str(copy.article_id))):
        named |= {copy.of_id, copy.article_id}
        one, other = top(copy.of_id), top(copy.article_id)
        if one != other and (copy.contained >= ONE_TEXT_FROM or one not in whole or other not in whole):
            kept, gone = (other, one) if other in whole and one not in whole else (one, other)
            parents[gone] = kept
            whole.add(kept)
    return {article_id: top(article_id) for article_id in named | parents.keys()}
