"""Tells whether two pages of a source have one text, unchanged or edited, by the samples that find copies."""

from collections.abc import Iterable
from uuid import UUID

from schemas.history.identity_match import IdentityCandidate, text_hash
from schemas.items.article import Article
from tasks.pure.stories.families import ONE_TEXT_FROM, is_whole_copy
from tasks.pure.stories.samples import Sample, containment, sample_of

HASHES_LOOKED_UP = 8
"""Of each text, the smallest. Two texts that have nine of ten groups in common differ in all eight once in 10**8
times."""


def lookup_hashes(article: Article) -> tuple[int, ...]:
    """The hashes by which texts like the article's are looked up."""
    return tuple(sample_of(article).hashes[:HASHES_LOOKED_UP])


def candidate_of(article: Article, page_id: UUID) -> IdentityCandidate:
    """What an article of the batch is for the pages after it; `page_id` is the page that it was extracted from."""
    its = sample_of(article)
    return IdentityCandidate.of(article, page_id, its.groups, tuple(its.hashes))


def is_alike(article: Article, candidate: IdentityCandidate) -> bool:
    """Whether the candidate's text is the article's, or that under the same title before or after a few edits."""
    if candidate.body_hash == article.body_hash or candidate.text_hash == text_hash(article.body):
        return True
    if article.title.casefold() != candidate.title.casefold():
        return False
    return is_whole_copy(*_likeness(article, candidate))


def reprints(article: Article, candidates: Iterable[IdentityCandidate]) -> list[IdentityCandidate]:
    """Those whose text is the article's but for some words: nine of ten groups of words are the same."""
    return [one for one in candidates if _is_reprint(*_likeness(article, one))]


def _is_reprint(contained: float, length: float) -> bool:
    return contained >= ONE_TEXT_FROM and is_whole_copy(contained, length)


def _likeness(article: Article, candidate: IdentityCandidate) -> tuple[float, float]:
    """The share of the shorter text that the longer holds, and the article's length over the candidate's; zeros where
    the candidate has no sample."""
    if not candidate.grams:
        return 0.0, 0.0
    its, other = sample_of(article), Sample(candidate.grams, candidate.groups)
    shared = len(set(its.hashes).intersection(other.hashes))
    return containment(its, other, shared), its.groups / other.groups
