"""An article's text is that of its family's first, and what was decided before makes no difference to that."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest

from schemas.history.copies import CopyDecision, CopyKind, CopyPair, DatedText
from schemas.items.link import Precision
from tasks.pure.stories.families import decide_copies, families, first

AT = datetime(2026, 11, 30, 8, tzinfo=UTC)
SECOND, DAY = Precision.SECOND, Precision.DAY


def key(number: int) -> UUID:
    return UUID(int=number)


def pair(later: int, earlier: int, contained: float = 1.0, length: float = 1.0) -> CopyPair:
    return CopyPair(
        article_id=key(later),
        version=1,
        of_id=key(earlier),
        of_version=1,
        contained=contained,
        length=length,
        dated_at=AT,
        loaded_at=AT,
    )


def text(
    number: int, published: float | None = 0, fetched: float = 0, precision: Precision | None = SECOND
) -> DatedText:
    at = None if published is None else AT + timedelta(hours=published)
    return DatedText(key(number), at, precision if at else None, AT + timedelta(hours=fetched))


def decided(
    pairs: list[CopyPair], texts: list[DatedText], known: tuple[CopyDecision, ...] = ()
) -> dict[int, CopyDecision]:
    return {one.article_id.int: one for one in decide_copies(pairs, texts, known, "run-1", AT)}


def named(*pairs: tuple[int, int, float]) -> dict[int, int]:
    found = families((key(one), key(other), contained) for one, other, contained in pairs)
    return {article.int: family.int for article, family in found.items()}


def test_copies_of_copies_are_one_family() -> None:
    assert named((2, 1, 1.0), (3, 2, 1.0)) == {1: 1, 2: 1, 3: 1}


def test_a_text_of_two_halves_joins_the_nearer_and_leaves_two_families() -> None:
    assert named((2, 1, 1.0), (5, 4, 1.0), (9, 1, 0.55), (9, 4, 0.5)) == {1: 1, 2: 1, 4: 4, 5: 4, 9: 1}


def test_a_whole_text_that_holds_two_families_makes_them_one() -> None:
    assert set(named((2, 1, 1.0), (5, 4, 1.0), (9, 1, 1.0), (9, 4, 0.95)).values()) == {1}


def test_the_order_of_the_pairs_makes_no_difference() -> None:
    pairs = [(2, 1, 0.7), (5, 4, 0.7), (9, 1, 0.55), (9, 4, 0.55)]

    assert all(named(*each) == named(*pairs) for each in permutations(pairs))


@pytest.mark.parametrize(
    ("contained", "length", "kind"),
    [
        (1.0, 1.0, CopyKind.COPY),
        (1.0, 0.4, CopyKind.CUT),
        (1.0, 1.6, CopyKind.EMBEDDED),
        (0.6, 1.0, CopyKind.EDITED),
    ],
)
def test_the_kind_of_a_copy_is_told_by_its_length(contained: float, length: float, kind: CopyKind) -> None:
    found = decided([pair(2, 1, contained, length)], [text(1), text(2, published=1)])

    assert (found[2].duplicate_of, found[2].kind, found[2].length) == (key(1), kind, length)
    assert (found[1].duplicate_of, found[1].kind) == (None, None)


def test_a_text_of_two_wires_is_merged() -> None:
    pairs = [pair(2, 1), pair(5, 4), pair(9, 1, 0.55), pair(9, 4, 0.5)]

    found = decided(pairs, [text(number, published=number) for number in (1, 2, 4, 5, 9)])

    assert (found[9].duplicate_of, found[9].kind) == (key(1), CopyKind.MERGED)
    assert [found[number].kind for number in (2, 5)] == [CopyKind.COPY, CopyKind.COPY]


def test_a_copy_of_a_copy_says_what_it_was_compared_with() -> None:
    found = decided([pair(2, 1, 0.9), pair(3, 2, 0.8)], [text(1), text(2, 1), text(3, 2)])

    assert (found[3].duplicate_of, found[3].compared_with, found[3].contained) == (key(1), key(2), 0.8)


def test_a_late_original_takes_over_the_lead() -> None:
    before = decided([pair(2, 1)], [text(1), text(2, 1)])

    found = decided([pair(2, 1), pair(1, 9), pair(2, 9)], [text(9, -5), text(1), text(2, 1)], tuple(before.values()))

    assert {number: one.duplicate_of for number, one in found.items()} == {9: None, 1: key(9), 2: key(9)}
    assert [found[number].number for number in (9, 1, 2)] == [1, 2, 2]


def test_what_is_decided_as_before_is_not_decided_again() -> None:
    before = decided([pair(2, 1)], [text(1), text(2, 1)])

    assert decided([pair(2, 1)], [text(1), text(2, 1)], tuple(before.values())) == {}


def test_an_article_whose_pairs_are_gone_has_its_own_text_again() -> None:
    before = decided([pair(2, 1)], [text(1), text(2, 1)])

    found = decided([], [text(1), text(2, 1)], tuple(before.values()))

    assert {number: one.duplicate_of for number, one in found.items()} == {2: None}


def test_an_article_without_pairs_is_not_decided_on() -> None:
    assert decided([], [text(1)]) == {}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([text(1, 5, 0), text(2, 1, 9)], 2, id="who published first, whatever was fetched first"),
        pytest.param([text(1, None, 0), text(2, 1, 9)], 2, id="a date is before no date"),
        pytest.param([text(1, None, 3), text(2, None, 1)], 2, id="without dates the first fetch"),
        pytest.param([text(1, -8, 9, DAY), text(2, 1, 3)], 2, id="a day is before no instant of that day"),
        pytest.param([text(1, -32, 9, DAY), text(2, 1, 3)], 1, id="the day before is"),
        pytest.param([text(2, 1, 3), text(1, 1, 3)], 1, id="the smaller id of two at one instant"),
    ],
)
def test_the_first_is_who_published_first(texts: list[DatedText], expected: int) -> None:
    assert first(texts).article_id.int == expected
