"""The words that a revision struck and inserted."""

import pytest

from tasks.pure.reports.front.passages import CHARS_OF_PIECE, PIECES, passages

LONG = " ".join(f"w{number}" for number in range(100))


def plain(before: str, after: str, around: int = 3) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    shown = passages(before, after, around)
    return "".join(marks[each.kind].format(each.text) + " " * each.has_gap for each in shown)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("The ferry sails.", "The ferry sails.", ""),
        (f"{LONG}.", f"{LONG} end.", "… w97 w98 w99 {+end+}."),
        (f"first {LONG}", LONG, "[-first-] w0 w1 w2 …"),
        (f"{LONG} old {LONG}", f"{LONG} fresh {LONG}", "… w97 w98 w99 [-old-]{+fresh+} w0 w1 w2 …"),
        (f"a {LONG} b", f"c {LONG} d", "[-a-]{+c+} w0 w1 w2 … w97 w98 w99 [-b-]{+d+}"),
    ],
)
def test_changed_words_stand_with_some_words_around_them(before: str, after: str, shown: str) -> None:
    assert plain(before, after).strip() == shown


def test_a_text_written_anew_is_cut() -> None:
    before = " ".join(f"a{n} same{n}" for n in range(1000))
    after = " ".join(f"b{n} same{n}" for n in range(1000))
    shown = passages(before, after)
    assert len(shown) == PIECES + 1
    assert shown[-1].text == "…"


def test_a_long_insertion_is_cut() -> None:
    (only,) = (each for each in passages("x.", f"x. {LONG * 20}") if each.kind == "added")
    assert len(only.text) <= CHARS_OF_PIECE + 2
