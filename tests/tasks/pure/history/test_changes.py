"""What is a change of an article, and what is none."""

from typing import Any

import pytest

from schemas.items.link import Precision
from tasks.pure.history.changes import changes, says_nothing_new
from tests.support.warehouse.batch_samples import NOON, article, capture, hours

ONE = article(capture("https://harbour.example/ferry"), published_at=NOON - hours(48))


@pytest.mark.parametrize(
    ("other", "is_nothing_new"),
    [
        ({}, True),
        ({"authors": ("bo  pier", "Ada Quay")}, True),
        ({"authors": ()}, True),
        ({"published_at": None, "published_precision": None}, True),
        ({"published_at": NOON - hours(48) + hours(1 / 240)}, True),
        ({"published_at": NOON - hours(48) + hours(1 / 30)}, False),
        ({"published_at": NOON - hours(24), "published_precision": Precision.DAY}, True),
        ({"published_at": NOON - hours(1), "published_precision": Precision.DAY}, False),
        ({"authors": ("Cy Buoy",)}, False),
        ({"body_hash": "0" * 64}, False),
        ({"section": "Sea", "dek": "A dek that moved."}, True),
    ],
)
def test_title_body_other_authors_and_another_date_are_new(other: dict[str, Any], is_nothing_new: bool) -> None:
    assert says_nothing_new(ONE, ONE.model_copy(update=other)) is is_nothing_new


def test_an_author_or_date_where_none_was_known_is_new() -> None:
    bare = ONE.model_copy(update={"authors": (), "published_at": None, "published_precision": None})

    assert not says_nothing_new(bare, ONE)


def test_changes_are_named_in_the_order_of_the_fields_and_words_are_counted() -> None:
    later = ONE.model_copy(update={"body": "The ferry sails at nine.", "title": "Ferry is late", "tags": ("sea",)})

    assert changes(ONE, later) == (("title", "body", "tags"), 4, 2, 8 / 14)


def test_white_space_and_the_order_of_names_are_no_changes() -> None:
    later = ONE.model_copy(update={"title": "Ferry  sails", "authors": tuple(reversed(ONE.authors))})

    assert changes(ONE, later) == ((), 0, 0, 1.0)
