"""Two samples tell how much of the shorter text the longer holds."""

import random

from tasks.pure.stories.samples import HASHES, containment, sample

WORDS = [f"word{number}" for number in range(4000)]


def text(seed: int, number: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=number))


def contained(one: str, other: str) -> float:
    first, second = sample(one), sample(other)
    return containment(first, second, len(set(first.hashes) & set(second.hashes)))


def test_case_and_punctuation_do_not_count() -> None:
    assert sample("The ferry, at last, IS back again") == sample("the ferry at last is back again")


def test_a_sample_keeps_the_smallest_hashes_and_counts_all_groups() -> None:
    its = sample(text(1, 500))

    assert len(its.hashes) == HASHES
    assert list(its.hashes) == sorted(its.hashes)
    assert its.groups == 496
    assert its.bound == its.hashes[-1]


def test_a_cut_is_contained_whole_however_short_it_is() -> None:
    whole = text(1, 1000)

    assert contained(whole, " ".join(whole.split()[:200])) > 0.9


def test_unrelated_texts_share_nothing() -> None:
    assert contained(text(1, 600), text(2, 600)) == 0


def test_half_of_a_text_in_another_is_estimated_near_a_half() -> None:
    one, other = text(1, 1000), text(2, 1000)
    merged = " ".join([*one.split()[:500], *other.split()[:500]])

    assert 0.35 < contained(one, merged) < 0.65


def test_texts_in_scripts_without_spaces_are_compared_by_characters() -> None:
    one = "港の組合は月曜日に古い渡し船をあと二冬運航すると決めた。島の商店は喜んだ。"

    assert contained(one, f"速報{one}詳しくは明日") > 0.9


def test_a_text_without_words_has_no_sample() -> None:
    assert sample("— …") == ((), 0)
    assert contained("", "") == 0


def test_a_text_shorter_than_a_group_is_one_group() -> None:
    assert sample("Ferry back").groups == 1
