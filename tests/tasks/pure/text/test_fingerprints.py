"""Equal texts have equal fingerprints, similar texts similar ones."""

import unicodedata

import pytest

from tasks.pure.text.fingerprints import body_hash, simhash, word_count

WORDS = " ".join(f"word{number} of the long story" for number in range(80))


def distance(one: str, other: str) -> int:
    return (int(simhash(one), 16) ^ int(simhash(other), 16)).bit_count()


def test_the_hash_does_not_see_white_space_and_normal_forms() -> None:
    assert body_hash("Café", "a\n\nb") == body_hash(unicodedata.normalize("NFD", "Café "), "a  b")


def test_the_hash_sees_every_word_and_the_title() -> None:
    assert len({body_hash("A", "b"), body_hash("A", "c"), body_hash("B", "b"), body_hash("A", "B")}) == 4


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("two words", 2),
        ("don’t count mid-week twice", 4),
        ("한국어 문장 하나", 3),
        ("東京都は来月から", 4),
        ("東京 and Paris", 3),
        ("ภาษาไทย", 4),
        ("— … !", 0),
    ],
)
def test_words_are_counted_by_script(text: str, count: int) -> None:
    assert word_count(text) == count


def test_a_small_change_moves_few_bits_and_another_text_many() -> None:
    assert distance(WORDS, WORDS.replace("word40", "changed")) <= 8
    assert distance(WORDS, " ".join(f"other{number} tale is told here" for number in range(80))) >= 16


def test_an_unspaced_script_has_a_fingerprint_of_its_characters() -> None:
    text = "東京都は来月から新しい水上バスの路線を試験的に運航すると発表した。" * 3

    assert distance(text, text.replace("東京都", "大阪府", 1)) <= 16


def test_a_fingerprint_is_sixteen_hex_digits_and_ignores_case() -> None:
    assert len(simhash("")) == 16
    assert simhash("One Two Three Four") == simhash("one, two, three: four!")
