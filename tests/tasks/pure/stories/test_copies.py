"""Two texts are alike if the longer holds much of the shorter."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from schemas.history.copies import LikeText, SampledText
from schemas.items.article import ArticleVersion, Cause
from tasks.pure.stories.copies import Alike, alike, alike_to_look_up, copy_pairs, text_samples
from tasks.pure.stories.samples import sample
from tests.support.warehouse.batch_samples import article, capture

AT = datetime(2026, 11, 30, 8, tzinfo=UTC)
WORDS = [f"word{number}" for number in range(4000)]
ORIGINAL = random.Random(1).choices(WORDS, k=600)
OTHER = random.Random(2).choices(WORDS, k=600)


def text(number: int, words: Sequence[str], hour: float = 0) -> SampledText:
    its, at = sample(" ".join(words)), AT + timedelta(hours=hour)
    return SampledText(UUID(int=number), 1, at, at, its.groups, its.hashes)


def compared(one: SampledText, other: SampledText) -> Alike | None:
    return alike(one, other, len(set(one.grams) & set(other.grams)))


def version(words: Sequence[str], **changes: object) -> ArticleVersion:
    made = article(capture("https://harbour.example/a"), " ".join(words), word_count=len(words))
    fields = {name: getattr(made, name) for name in type(made).model_fields} | changes
    return ArticleVersion(**fields, version=1, run_id="run-1", loaded_at=AT, cause=Cause.FIRST)


def test_a_cut_is_like_its_original_and_shorter() -> None:
    found = compared(text(2, ORIGINAL[:200], 1), text(1, ORIGINAL))

    assert found
    assert found.contained > 0.9
    assert 0.3 < found.length < 0.4


def test_the_earlier_text_is_the_one_of_the_earlier_date_whatever_is_asked_first() -> None:
    early, late = text(9, ORIGINAL), text(1, ORIGINAL, 3)

    assert compared(early, late) == compared(late, early) == Alike(late, early, 1.0, 1.0)


def test_unrelated_texts_are_not_alike() -> None:
    assert compared(text(1, ORIGINAL), text(2, OTHER)) is None


def test_two_shared_hashes_are_chance() -> None:
    assert alike(text(1, ORIGINAL[:12]), text(2, ORIGINAL[:12]), 2) is None


def test_a_pair_that_is_found_from_both_sides_is_one_pair() -> None:
    its = {"published_at": AT, "fetched_at": AT}
    one, other = text_samples([version(ORIGINAL, article_id=UUID(int=number), **its) for number in (1, 2)], AT)
    wanted = alike_to_look_up([one, other])
    sides = [(UUID(int=1), text(2, ORIGINAL)), (UUID(int=2), text(1, ORIGINAL))]
    found = [LikeText(its, 1, 64, text) for its, text in sides]

    assert len(copy_pairs(wanted, found, AT)) == 1


def test_short_texts_have_a_sample_and_are_not_looked_up() -> None:
    (short,) = text_samples([version(ORIGINAL[:40])], AT)

    assert short.groups == 36
    assert alike_to_look_up([short]).texts == []


def test_a_text_is_dated_by_its_publication_else_by_its_fetch() -> None:
    fetched = AT + timedelta(hours=4)
    versions = [
        version(ORIGINAL, published_at=AT, fetched_at=fetched),
        version(ORIGINAL, published_at=None, fetched_at=fetched),
    ]

    assert [one.dated_at for one in text_samples(versions, AT)] == [AT, fetched]
