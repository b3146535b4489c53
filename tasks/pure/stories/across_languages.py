"""Stories in other languages that tell of the same event: linked with their evidence, never merged.

Words that many languages share are names, numbers and loan words. In Latin letters, cut to their beginning, they are
terms that two languages can have in common: average precision .75 on 372 labelled pairs of articles in six language
pairs (SemEval-2022 task 8), .74 with names and numbers alone."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from heapq import nlargest
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from anyascii import anyascii

from schemas.history.story_links import (
    InCommon,
    LinkEvidence,
    LinkEvidenceKind,
    LinksWanted,
    SharedTerms,
    SharedUrl,
    StoryLinkDecision,
)
from tasks.pure.stories.features import LETTERS
from tasks.pure.stories.frequencies import Vector
from tasks.pure.stories.window import OPEN_FOR

STRENGTH = 0.25
"""On the labelled pairs, which are hard to tell apart, 78 of 100 links are right and 45 of 100 are found."""
SHARED_TERMS = 3
"""A name alone is no event."""
HOLDERS = 5
"""An image or a page that more stories name within the time of one is a logo, or a page about everything."""
LATIN_TERMS = 40
"""Of a story: with 20 average precision falls by .02, with all 80 it rises by .001."""
_TOLD_TERMS = 6
_TOLD_URLS = 3
_DECIMALS = 6
_DIGIT = re.compile(r"\d")


class _Pair(NamedTuple):
    story_id: UUID
    other_story_id: UUID
    language: str
    other_language: str


def links_to_look_up() -> LinksWanted:
    """What stories in different languages must have in common to be linked."""
    return LinksWanted(OPEN_FOR, STRENGTH, SHARED_TERMS, HOLDERS)


def decide_links(found: InCommon, step: int, run_id: str, at: datetime) -> list[StoryLinkDecision]:
    """What is decided otherwise than before: links that are new, have other evidence, or are none any more. `step` is
    the last decision about stories, `at` the time of the comparison (UTC)."""
    stored = {_Pair(one.story_id, one.other_story_id, one.language, one.other_language): one for one in found.stored}
    terms = {_Pair(*one[:4]): one for one in found.terms}
    urls: defaultdict[_Pair, list[SharedUrl]] = defaultdict(list)
    for each in found.urls:
        urls[_Pair(*each[:4])].append(each)
    decided = []
    for pair in sorted({*stored, *terms, *urls}):
        strength, evidence = _strength(terms.get(pair), urls.get(pair, ()))
        before = stored.get(pair)
        if before is None or (before.strength, before.evidence) != (strength, evidence):
            told = StoryLinkDecision(
                **pair._asdict(), strength=strength, evidence=evidence, step=step, run_id=run_id, at=at
            )
            decided.append(told)
    return decided


def _strength(terms: SharedTerms | None, urls: Iterable[SharedUrl]) -> tuple[float | None, tuple[LinkEvidence, ...]]:
    """Nothing in common: None, without evidence."""
    named = sorted((one.kind, one.url) for one in urls)[:_TOLD_URLS]
    evidence = [LinkEvidence(kind=LinkEvidenceKind(kind), what=url) for kind, url in named]
    cosine = min(1.0, sum(terms.products)) if terms else None
    evidence += _told(terms) if terms else ()
    strength = 1.0 if named else cosine
    return None if strength is None else round(strength, _DECIMALS), tuple(evidence)


def _told(terms: SharedTerms) -> Iterator[LinkEvidence]:
    total = sum(terms.products)
    for term, product in list(zip(terms.terms, terms.products, strict=True))[:_TOLD_TERMS]:
        kind = LinkEvidenceKind.NUMBER if _DIGIT.search(term) else LinkEvidenceKind.TERM
        yield LinkEvidence(kind=kind, what=term, share=round(product / total, 3))


def heaviest(vector: Vector) -> dict[str, float]:
    """The heaviest terms of the vector in Latin letters, of length 1, heaviest first; weights are rounded."""
    its = dict(nlargest(LATIN_TERMS, latin(vector).items(), key=itemgetter(1, 0)))
    length = math.sqrt(sum(weight * weight for weight in its.values()))
    return {term: round(weight / length, _DECIMALS) for term, weight in its.items()}


def latin(vector: Vector) -> dict[str, float]:
    """The vector of the terms in Latin letters, of length 1; empty where it has none."""
    total: Counter[str] = Counter()
    for term, weight in vector.items():
        if written := _latin(term):
            total[written] += weight  # type: ignore[assignment] # typeshed has whole counts only
    length = math.sqrt(sum(weight * weight for weight in total.values()))
    return {term: weight / length for term, weight in total.items()} if length else {}


def likeness(one: Vector, other: Vector) -> float:
    """The cosine of two vectors from `latin`, 0 to 1."""
    return sum(weight * other[term] for term, weight in one.items() if term in other)


@lru_cache(maxsize=65536)
def _latin(term: str) -> str:
    return term if term.isascii() else "".join(char for char in anyascii(term).casefold() if char.isalnum())[:LETTERS]
