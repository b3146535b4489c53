"""A copy is told by what it shares, and belongs to the text that was published first."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tasks.pure.stories.copies import Copy, CopyKind, Text, copies_of, families
from tasks.pure.stories.samples import sample

AT = datetime(2026, 11, 30, 8, tzinfo=UTC)
WORDS = [f"word{number}" for number in range(4000)]
ORIGINAL = random.Random(1).choices(WORDS, k=600)
OTHER = random.Random(2).choices(WORDS, k=600)


def text(number: int, words: Sequence[str], published: float | None = 0, fetched: float = 0) -> Text:
    at = None if published is None else AT + timedelta(hours=published)
    return Text(UUID(int=number), sample(" ".join(words)), at, AT + timedelta(hours=fetched))


def compared(one: Text, other: Text) -> list[Copy]:
    shared = len(set(one.sample.hashes) & set(other.sample.hashes))
    return copies_of(one, {other.article_id: shared}, {other.article_id: other})


def kind(words: Sequence[str]) -> CopyKind:
    (copy,) = compared(text(2, words, published=1), text(1, ORIGINAL))
    return copy.kind


def test_the_kind_of_a_copy_is_told_by_its_length() -> None:
    assert kind(ORIGINAL) is CopyKind.COPY
    assert kind(ORIGINAL[:200]) is CopyKind.CUT
    assert kind([*ORIGINAL, *OTHER]) is CopyKind.EMBEDS
    assert kind([word if place % 12 else "edited" for place, word in enumerate(ORIGINAL)]) is CopyKind.EDITED


def test_the_first_is_who_published_first_whatever_was_fetched_first() -> None:
    (copy,) = compared(text(1, ORIGINAL, published=5, fetched=0), text(2, ORIGINAL, published=1, fetched=9))

    assert (copy.article_id, copy.of_id) == (UUID(int=1), UUID(int=2))


def test_without_a_date_the_first_fetch_decides() -> None:
    (copy,) = compared(text(1, ORIGINAL, published=None, fetched=3), text(2, ORIGINAL, published=None, fetched=1))

    assert copy.of_id == UUID(int=2)


def test_unrelated_texts_are_no_copies() -> None:
    assert compared(text(1, ORIGINAL), text(2, OTHER)) == []


def pair(article: int, of: int, contained: float) -> Copy:
    return Copy(UUID(int=article), UUID(int=of), CopyKind.COPY, contained, 1.0)


def test_copies_of_copies_are_one_family() -> None:
    found = families([pair(2, 1, 1.0), pair(3, 2, 1.0)], {})

    assert len({found[UUID(int=number)] for number in (1, 2, 3)}) == 1


def test_a_text_of_two_halves_joins_the_nearer_and_leaves_two_families() -> None:
    found = families([pair(2, 1, 1.0), pair(5, 4, 1.0), pair(9, 1, 0.55), pair(9, 4, 0.5)], {})

    assert found[UUID(int=9)] == found[UUID(int=1)] != found[UUID(int=4)]


def test_a_whole_text_that_holds_two_known_families_makes_them_one() -> None:
    known = {UUID(int=number): UUID(int=family) for number, family in ((1, 1), (2, 1), (4, 4), (5, 4))}

    found = families([pair(9, 1, 1.0), pair(9, 4, 0.95)], known)

    assert found[UUID(int=9)] == found[UUID(int=1)] == found[UUID(int=4)]


def test_a_new_article_takes_the_name_of_the_known_family() -> None:
    found = families([pair(1, 9, 0.6)], {UUID(int=1): UUID(int=7)})

    assert found[UUID(int=9)] == UUID(int=7)
