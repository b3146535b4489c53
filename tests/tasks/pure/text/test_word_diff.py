"""The difference of two texts, word by word."""

import pytest

from tasks.pure.text.word_diff import Kind, marked, word_diff

CASES = [
    ("The bridge is open.", "The bridge is open.", "The bridge is open."),
    ("The bridge is open.", "The bridge is closed.", "The bridge is [-open-]{+closed+}."),
    ("Two boats sank.", "Two boats sank in May.", "Two boats sank {+in May+}."),
    ("Die alte Brücke bleibt zu.", "Die Brücke bleibt zu.", "Die [-alte-] Brücke bleibt zu."),
    ("Міст відкрито вранці.", "Міст закрито вранці.", "Міст [-відкрито-]{+закрито+} вранці."),
    ("大橋今天開放。", "大橋今天關閉。", "大橋今天[-開放-]{+關閉+}。"),
    ("One.\n\nTwo.", "One.\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\n{+Three.+}"),
    ("One.\n\nTwo.\n\nThree.", "One.\n\nThree.", "One.\n\n[-Two.-]\n\nThree."),
    ("a  b\nc", "a b c", "a b c"),
    ("", "All of it", "{+All of it+}"),
]


@pytest.mark.parametrize(("before", "after", "shown"), CASES)
def test_words_that_differ_are_marked(before: str, after: str, shown: str) -> None:
    assert marked(word_diff(before, after)) == shown


@pytest.mark.parametrize(("before", "after"), [case[:2] for case in CASES])
def test_the_pieces_hold_both_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    for text, other in ((before, Kind.ADDED), (after, Kind.REMOVED)):
        kept = "".join(piece.text for piece in pieces if piece.kind is not other)
        assert "".join(kept.split()) == "".join(text.split())


def test_long_texts_are_compared_within_a_second() -> None:
    before = " ".join(f"word{number % 700}, and the {number}" for number in range(3000))
    after = before.replace("word35,", "sentence,")
    assert marked(word_diff(before, after)).count("[-word35-]{+sentence+},") == before.count("word35,")
