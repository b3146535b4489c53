"""Decides which texts are alike: the rules by which a load looks for copies of new versions and judges them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from schemas.history.copies import AlikeWanted, CopyPair, Gram, LikeText, SampledText, StoredText, TextSample
from schemas.items.article import ArticleVersion
from schemas.items.link import Precision
from tasks.pure.stories.samples import Sample, containment, sample_of

SHARED_AT_LEAST = 3
CONTAINED_AT_LEAST = 0.4
"""Of the shorter text. On texts that were made with a known answer (`bench/copies.py`), .985 of the pairs in one
family are copies, and .985 of the copies are found."""
HOLDERS_AT_MOST = 200
"""A hash in more articles than this is boilerplate and finds no candidates, unless these articles have one text."""
MOSTLY = 0.7
"""On average, of the hashes of texts that are one, whole or cut, even where every outlet edits 6 words of 100."""
OTHERS_AT_MOST = 50
"""Each text is paired with the 50 that are likest, so that the pairs of a text in a thousand articles grow with their
number, not with its square."""
WORDS_AT_LEAST = 50
"""Shorter texts repeat: weather, lottery numbers, notices."""
WINDOW = timedelta(days=31)
"""Between the dates of two copies. A longer one lets daily texts from one template grow into families that never
end."""


class Alike(NamedTuple):
    """Two texts that are alike. `contained` is the share of the shorter that the longer holds, `length` the later
    text's length over the earlier one's."""

    later: SampledText
    earlier: SampledText
    contained: float
    length: float


def text_samples(versions: Iterable[ArticleVersion | StoredText], at: datetime) -> list[TextSample]:
    """The sample of each version's body, without hashes for one without words; `at` (UTC) is the time of the load."""
    taken = [(one, sample_of(one)) for one in versions]
    return [
        TextSample.model_construct(
            article_id=one.article_id,
            version=one.version,
            source=one.source,
            dated_at=one.published_at or one.fetched_at,
            published_at=one.published_at,
            published_precision=Precision(one.published_precision) if one.published_precision else None,
            fetched_at=one.fetched_at,
            words=one.word_count,
            groups=its.groups,
            grams=tuple(map(Gram, its.hashes)),
            loaded_at=at,
        )
        for one, its in taken
    ]


def alike_to_look_up(samples: Sequence[TextSample]) -> AlikeWanted:
    """What copies of these texts are looked up by; texts of fewer than `WORDS_AT_LEAST` words have none."""
    texts = [one for one in samples if one.words >= WORDS_AT_LEAST]
    return AlikeWanted(
        texts=texts,
        window=WINDOW,
        words=WORDS_AT_LEAST,
        shared=SHARED_AT_LEAST,
        holders=HOLDERS_AT_MOST,
        mostly=MOSTLY,
        others=OTHERS_AT_MOST,
    )


def copy_pairs(wanted: AlikeWanted, found: Iterable[LikeText], at: datetime) -> list[CopyPair]:
    """The pairs of a new text and a found one that are alike, each once; `at` (UTC) is the time of the load."""
    texts = {(one.article_id, one.version): _sampled(one) for one in wanted.texts}
    judged = (alike(texts[each.article_id, each.version], each.other, each.shared) for each in found)
    pairs = {
        (one.later.article_id, one.later.version, one.earlier.article_id, one.earlier.version): one
        for one in judged
        if one
    }
    return [
        CopyPair(
            article_id=article_id,
            version=version,
            of_id=of_id,
            of_version=of_version,
            contained=one.contained,
            length=one.length,
            dated_at=one.later.dated_at,
            loaded_at=at,
        )
        for (article_id, version, of_id, of_version), one in sorted(pairs.items(), key=lambda pair: pair[0])
    ]


def alike(one: SampledText, other: SampledText, shared: int) -> Alike | None:
    """The two texts, if they are alike; `shared` is the number of hashes that both samples have."""
    contained = containment(_sample(one), _sample(other), shared)
    if shared < SHARED_AT_LEAST or contained < CONTAINED_AT_LEAST:
        return None
    earlier, later = sorted((one, other), key=_order)
    return Alike(later, earlier, min(contained, 1.0), later.groups / earlier.groups)


def _sampled(one: TextSample) -> SampledText:
    return SampledText(one.article_id, one.version, one.dated_at, one.fetched_at, one.groups, one.grams)


def _sample(text: SampledText) -> Sample:
    return Sample(text.grams, text.groups)


def _order(text: SampledText) -> tuple[datetime, datetime, UUID, int]:
    return text.dated_at, text.fetched_at, text.article_id, text.version
