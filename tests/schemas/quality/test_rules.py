"""Record rules: what the type demands becomes a fault with a code and a harmless message."""

from datetime import timedelta
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field

from schemas.items.article import Article, Evidence, OutLink
from schemas.items.mention import Mention, MentionKind
from schemas.quality.rules import checked, columns_of, python_pattern, record_faults
from tests.support.article_samples import AT, article, without

GUESS: dict[str, Any] = {"field": "title", "origin": "guess", "raw": ""}
NOWHERE: dict[str, Any] = {"url": None}
BROKEN: tuple[tuple[dict[str, Any], str], ...] = (
    ({"title": ""}, "title:string_too_short"),
    ({"title": "x" * 501}, "title:string_too_long"),
    ({"title": None}, "title:string_type"),
    ({"title": "a\ud800"}, "title:string_unicode"),
    ({"url": "ftp://gazette.example/"}, "url:string_pattern_mismatch"),
    ({"language": "en\n"}, "language:string_pattern_mismatch"),
    ({"authors": ("A",) * 21}, "authors:too_long"),
    ({"authors": (7,)}, "authors:string_type"),
    ({"word_count": 0}, "word_count:greater_than_equal"),
    ({"completeness": "half"}, "completeness:enum"),
    ({"capture_id": "no uuid"}, "capture_id:uuid_parsing"),
    ({"published_at": AT.replace(tzinfo=None)}, "published_at:timezone_aware"),
    ({"published_at": AT + timedelta(hours=25)}, "published_in_future"),
    ({"evidence": ("once",)}, "evidence:model_type"),
    ({"evidence": (Evidence.model_construct(None, **GUESS),)}, "evidence.origin:enum"),
    ({"links_out": (OutLink.model_construct(None, **NOWHERE),)}, "links_out.url:string_type"),
    ({"links_out": None}, "links_out:tuple_type"),
)


@pytest.mark.parametrize(("different", "code"), BROKEN, ids=[code for _, code in BROKEN])
def test_a_broken_rule_is_one_fault_with_its_code(different: dict[str, Any], code: str) -> None:
    assert [fault.code for fault in record_faults(article(**different))] == [code]


def test_a_sound_article_has_no_fault() -> None:
    assert record_faults(article()) == ()


def test_a_field_that_is_not_there_at_all_is_missing() -> None:
    assert [fault.code for fault in record_faults(without("body_hash"))] == ["body_hash:missing"]


def test_every_broken_field_is_named_once_in_order() -> None:
    faults = record_faults(article(title="", authors=(1, 2, 3), word_count=0))

    assert [fault.code for fault in faults] == [
        "title:string_too_short",
        "authors:string_type",
        "word_count:greater_than_equal",
    ]


def test_a_date_a_day_ahead_is_still_believed() -> None:
    assert record_faults(article(published_at=AT + timedelta(hours=24))) == ()


@pytest.mark.parametrize(
    "bad",
    [
        {"title": "\x1b[31mred\r\nX-Forged: 1\u202e\x00" * 100},
        {"url": "https//\n" + "a" * 5000},
        {"capture_id": "\x1b]0;title\x07"},
        {"authors": "\n" * 30},
        {"language": "x" * 10_000},
        {"published_at": "\x1b[2J yesterday"},
    ],
)
def test_a_message_is_one_printable_line_without_the_text(bad: dict[str, Any]) -> None:
    for fault in record_faults(article(**bad)):
        assert fault.message.isprintable()
        assert len(fault.message) < 400
        assert "a" * 81 not in fault.message
        assert "x" * 81 not in fault.message


def test_checked_gives_values_of_the_declared_types() -> None:
    named = (Mention("Lisboa", "lisbon", MentionKind.PLACE, 1, False),)
    links = (OutLink(url="https://a/"),)
    plain = article(
        capture_id=str(article().capture_id),
        completeness="full",
        links_out=links,
        mentions=named,
        text_hashes=(1, 2),
        text_groups=3,
    )

    its = checked(plain)

    assert isinstance(its, Article)
    assert its.capture_id == article().capture_id
    assert (its.links_out, its.mentions, its.text_hashes, its.text_groups) == (links, named, (1, 2), 3)


def test_every_constraint_of_the_type_becomes_a_column_rule() -> None:
    rules = {rule.code: rule.limit for column in columns_of(Article) for rule in column.rules}

    assert rules["title:string_too_long"] == 500
    assert rules["title:string_type"] is None
    assert rules["dek:string_too_long"] == 2000
    assert rules["authors:too_long"] == 20
    assert rules["word_count:greater_than_equal"] == 1
    assert rules["body_hash:string_pattern_mismatch"] == "^[0-9a-f]{64}$"
    assert "paywalled" in str(rules["completeness:enum"])
    assert rules["published_precision:enum"] == ("second", "day")


def test_a_field_that_may_be_null_has_no_rule_against_it() -> None:
    optional = {column.name for column in columns_of(Article) if all(r.keyword != "notNull" for r in column.rules)}

    assert {"dek", "published_at", "notice"} <= optional
    assert optional == {name for name, field in Article.model_fields.items() if field.default is None}


def test_an_object_is_one_column_whose_inner_rules_are_those_of_the_record() -> None:
    class Place(BaseModel):
        name: Annotated[str, Field(min_length=1)]

    class Located(BaseModel):
        place: Place
        origin: Place | None = None

    place, origin = columns_of(Located)
    assert (place.json_type, origin.json_type) == ("object", "object")
    assert ([rule.keyword for rule in place.rules], origin.rules) == (["notNull"], ())


def test_a_constraint_without_a_column_rule_is_an_error() -> None:
    class Odd(BaseModel):
        number: Annotated[int, Field(multiple_of=3)]

    with pytest.raises(NotImplementedError, match="no column rule for the constraint 'multipleOf' of 'number'"):
        columns_of(Odd)


def test_the_end_of_a_pattern_is_the_end_of_the_text() -> None:
    assert python_pattern("^[a-z]{2,3}$") == r"^[a-z]{2,3}\Z"
    assert python_pattern(r"^\$") == r"^\$"
    assert python_pattern(r"cost \$") == r"cost \$"
