"""Who was first with a story, and which articles stand below which."""

import pytest

from schemas.history.front_page import FrontArticle
from tasks.pure.reports.front.firsts import first_sentence, grouped
from tests.support.pages.front_samples import article, hours_ago, revision

NAMES = {"harbour": "The Harbour"}
MIDNIGHT = hours_ago(12)


@pytest.mark.parametrize(
    ("articles", "sentence"),
    [
        ([article()], "Only The Harbour has it."),
        ([article(), article(outlet=1)], "The Harbour was first, by the times that the publishers give."),
        (
            [article(), article(outlet=1, at=hours_ago(10))],
            "Who was first cannot be told: The Harbour and quay give the same time.",
        ),
        (
            [article(at_by="day"), article(outlet=1, at_by="fetched")],
            "Who was first cannot be told: no outlet gives a time of day.",
        ),
        (
            [article(), article(outlet=1, at=MIDNIGHT, at_by="day")],
            "The Harbour was first of those that give a time; quay may have been earlier, without one.",
        ),
        (
            [article(), article(outlet=1, at=MIDNIGHT.replace(day=2), at_by="day")],
            "The Harbour was first, by the times that the publishers give.",
        ),
    ],
)
def test_who_was_first_is_said_as_far_as_it_is_known(articles: list[FrontArticle], sentence: str) -> None:
    assert first_sentence(articles, NAMES) == sentence


def test_a_copy_stands_below_its_text_wherever_it_comes_in_time() -> None:
    text, copy = article(), article(outlet=1, duplicate_of=article().article_id, at=hours_ago(20))
    (told,) = grouped([copy, text], [revision()])
    assert (told.article, told.copies, told.headlines) == (text, (copy,), (revision(),))


def test_a_copy_of_an_article_elsewhere_stands_by_itself() -> None:
    orphan = article(duplicate_of=article(number=7).article_id)
    assert [each.article for each in grouped([orphan], [])] == [orphan]
