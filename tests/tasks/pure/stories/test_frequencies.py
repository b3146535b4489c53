"""What many articles say counts little, and an old article counts less than one of today."""

import math
from datetime import UTC, datetime, timedelta

from tasks.pure.stories.frequencies import HALF_LIFE, TERMS_AT_MOST, Frequencies

AT = datetime(2026, 11, 30, tzinfo=UTC)


def test_a_vector_has_length_one_and_the_rare_term_first() -> None:
    frequencies = Frequencies()
    for _ in range(9):
        frequencies.observe(["police"], AT)
    frequencies.observe(["ferry", "police"], AT)

    vector = frequencies.vector({"police": 1.0, "ferry": 1.0}, AT)

    assert list(vector) == ["ferry", "police"]
    assert math.isclose(sum(weight**2 for weight in vector.values()), 1, abs_tol=0.002)


def test_a_term_of_a_fifth_of_many_articles_is_left_out() -> None:
    frequencies = Frequencies()
    for number in range(300):
        frequencies.observe(["said", "ferry"] if number % 10 == 0 else ["said"], AT)

    assert list(frequencies.vector({"said": 1.0, "ferry": 1.0}, AT)) == ["ferry"]


def test_an_article_of_a_half_life_ago_counts_half() -> None:
    frequencies = Frequencies()
    frequencies.observe(["storm"], AT - HALF_LIFE)
    frequencies.observe(["frost"], AT)

    assert math.isclose(frequencies.counts["frost"], 2 * frequencies.counts["storm"])


def test_time_alone_changes_no_weight_of_terms_that_grow_old_together() -> None:
    frequencies, later = Frequencies(), Frequencies()
    for number in range(40):
        frequencies.observe([f"word{number % 7}"], AT)
        later.observe([f"word{number % 7}"], AT + timedelta(days=300))
    weights = {f"word{number}": 1.0 + number for number in range(7)}

    one = frequencies.vector(weights, AT)
    other = later.vector(weights, AT + timedelta(days=300))

    assert all(math.isclose(one[term], other[term]) for term in weights)


def test_a_vector_keeps_the_heaviest_terms() -> None:
    frequencies = Frequencies()
    frequencies.observe([], AT)
    weights = {f"word{number}": float(number + 1) for number in range(2 * TERMS_AT_MOST)}

    vector = frequencies.vector(weights, AT)

    assert len(vector) == TERMS_AT_MOST
    assert "word0" not in vector


def test_no_terms_give_an_empty_vector() -> None:
    assert Frequencies().vector({}, AT) == {}
