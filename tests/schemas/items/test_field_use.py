"""The lists of an article's fields follow from its declarations, and today's fields stand where readers know them."""

from typing import Annotated

from pydantic import BaseModel, Field

from schemas.items.article import Article
from schemas.items.field_use import ORIGIN, PARTICULARS, Use, change_fields, gap_fields, replay_fields


class Sample(BaseModel):
    """Fields of each kind."""

    key: Annotated[str, ORIGIN]
    headline: str
    subheading: str | None = None
    tags: tuple[str, ...] = ()
    notice: Annotated[str | None, PARTICULARS] = Field(None, description="Beside a mark, a description may stand.")
    hash: Annotated[str | None, Use(in_changes=False, in_replays=False)] = None


def test_a_field_without_a_mark_is_compared_and_counted() -> None:
    assert change_fields(Sample) == ("headline", "subheading", "tags")
    assert {"headline", "subheading", "tags"} <= set(replay_fields(Sample))
    assert {"subheading", "tags"} <= set(gap_fields(Sample))


def test_a_field_that_must_be_given_has_no_gaps() -> None:
    assert "headline" not in gap_fields(Sample)


def test_a_mark_takes_a_field_out_of_the_lists_that_it_names() -> None:
    assert replay_fields(Sample) == ("headline", "subheading", "tags", "notice")
    assert gap_fields(Sample) == ("subheading", "tags", "hash")


def test_changes_of_an_article_are_of_what_its_page_says() -> None:
    assert {"title", "dek", "body", "authors", "published_at"} <= set(change_fields(Article))
    assert {"article_id", "url", "evidence", "word_count", "fetched_at"}.isdisjoint(change_fields(Article))


def test_a_replay_does_not_compare_where_an_article_comes_from() -> None:
    assert {"notice", "policies", "word_count"} <= set(replay_fields(Article))
    assert {"capture_id", "fetched_at", "extractor", "links_out", "body_hash"}.isdisjoint(replay_fields(Article))


def test_gaps_of_an_article_are_of_what_a_publisher_may_leave_out() -> None:
    assert {"published_at", "authors", "dek", "fingerprint"} <= set(gap_fields(Article))
    assert {"notice", "policies", "evidence", "published_precision", "links_out"}.isdisjoint(gap_fields(Article))
