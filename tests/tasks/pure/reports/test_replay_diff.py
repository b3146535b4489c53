"""Differences between what is stored and what a page gives now, and their page."""

from uuid import uuid4

import pytest

from schemas.items.article import Article, ArticleVersion
from schemas.items.outcome import Reason, Refusal
from schemas.runs.replay import Difference, Fate, FieldChange, Replayable
from tasks.pure.reports.replay_diff import body_change, difference, summed_up
from tasks.pure.reports.replay_page import render_lines, render_page
from tests.support.warehouse.batch_samples import NOON, article, capture

CAPTURE = capture("https://harbour.example/a")


def stored(text: str = "The ferry sails again today.", **changes: object) -> Replayable:
    fields = dict(article(CAPTURE, text, **changes))
    version = ArticleVersion(**fields, version=1, run_id="run-1", loaded_at=NOON)
    return Replayable(capture=CAPTURE, stored=version)


def now(text: str = "The ferry sails again today.", **changes: object) -> Article:
    return article(CAPTURE, text, **changes)


def test_an_article_that_reads_the_same_is_kept() -> None:
    assert difference(stored(), now(extractor_version="2", config_hash="1")).fate is Fate.KEPT


def test_a_changed_field_is_told_with_both_texts() -> None:
    found = difference(stored(title="Old title"), now(title="New title", authors=("Ada Quay",)))
    assert found.fate is Fate.CHANGED
    assert found.changes == (
        FieldChange(field="title", before="Old title", after="New title"),
        FieldChange(field="authors", before="Ada Quay; Bo Pier", after="Ada Quay"),
    )
    assert found.body_change is None


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [("one two", "one two", 0.0), ("one two", "two one", 0.0), ("one two", "one three", 0.5), ("one", "two", 1.0)],
)
def test_the_change_of_a_body_is_the_share_of_words_not_in_common(before: str, after: str, share: float) -> None:
    assert body_change(before, after) == share


def test_a_page_that_gives_nothing_now_is_lost() -> None:
    found = difference(stored(), Refusal(reason=Reason.EMPTY_TEXT, detail="no text"))
    assert (found.fate, found.detail) == (Fate.LOST, "empty_text: no text")


def test_a_page_that_gave_nothing_before_is_gained_or_refused_again() -> None:
    before = Replayable(capture=CAPTURE)
    assert difference(before, now()).fate is Fate.GAINED
    assert difference(before, Refusal(reason=Reason.EMPTY_TEXT)).fate is Fate.REFUSED


def changed(number: int, share: float) -> Difference:
    change = FieldChange(field="body", before=f"before {number}", after=f"<script>alert({number})</script>")
    return Difference(
        source="harbour", url=f"https://h.example/{number}", fate=Fate.CHANGED, changes=(change,), body_change=share
    )


def test_many_differences_are_counted_and_few_are_shown() -> None:
    diff = summed_up([changed(number, number / 10) for number in range(9)], ("reader 1",))
    assert (diff.fates, diff.fields, diff.median_body_change) == ({Fate.CHANGED: 9}, {"body": 9}, 0.4)
    assert len(diff.examples) == 3


def test_the_page_escapes_what_articles_say() -> None:
    page = render_page(summed_up([changed(1, 0.5)], ("reader 1",)), f"Replay {uuid4()}")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_keeps_the_line_ends_of_texts_and_puts_everything_else_on_one_line() -> None:
    change = FieldChange(field="body", before="first\n\nsecond", after=None)
    lost = Difference(
        source="harbour", url="https://h.example/1", fate=Fate.LOST, changes=(change,), detail="no\ntext"
    )
    page = render_page(summed_up([lost], ("reader 1",)), "Replay\nof today")
    assert ">first\n\nsecond</td>" in page
    assert ">no text</p>" in page
    assert "<h1>Replay of today</h1>" in page


def test_a_terminal_shows_both_sides() -> None:
    lines = render_lines(summed_up([changed(1, 0.5)], ("reader 1",)))
    assert "    body was: before 1" in lines
    assert "    body is: <script>alert(1)</script>" in lines
    assert lines[-1].startswith("nothing was written")


def test_a_difference_far_inside_a_text_is_shown_from_shortly_before_it() -> None:
    change = FieldChange(field="body", before="x " * 900 + "was", after="x " * 900 + "is")
    page = render_page(
        summed_up([Difference(source="h", url="https://h.example/", fate=Fate.CHANGED, changes=(change,))], ()), "t"
    )
    assert "x was</td>" in page
    assert "x is</td>" in page
