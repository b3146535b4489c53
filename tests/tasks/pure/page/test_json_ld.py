"""Structured data helps, and never hurts."""

import json
import time

import pytest

from tasks.pure.page.json_ld import Credit, JsonLdArticle, read_json_ld


def test_an_author_by_reference_is_found_in_the_graph() -> None:
    graph = {
        "@graph": [
            {"@type": "Person", "@id": "#a", "name": "Ada Winter"},
            {"@type": "NewsArticle", "headline": "Story", "author": {"@id": "#a"}},
        ]
    }

    assert read_json_ld([json.dumps(graph)]).credits == (Credit("Ada Winter", True),)


def test_a_person_may_be_named_in_parts() -> None:
    author = {"@type": "Person", "givenName": "Ada", "familyName": "Winter"}

    said = read_json_ld([json.dumps({"@type": "NewsArticle", "author": author})])

    assert said.credits == (Credit("Ada Winter", True),)


def test_the_article_of_this_page_goes_before_a_related_one() -> None:
    related = {
        "@type": "NewsArticle",
        "headline": "Other",
        "url": "https://x.example/other",
        "articleBody": "long " * 99,
    }
    ours = {"@type": "NewsArticle", "headline": "Ours", "mainEntityOfPage": "https://www.x.example/ours/"}

    assert read_json_ld([json.dumps([related, ours])], "https://x.example/ours?from=feed", "").headline == "Ours"


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"Story",}',
        '<!-- {"@type":"NewsArticle","headline":"Story"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Story"}\n//]]>',
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Story&quot;}",
        '{"@type":"NewsArticle","headline":"Story","articleBody":"two\nlines"};',
        '[[[{"@type":["Thing","https://schema.org/NewsArticle"],"headline":"Story"}]]]',
        '{"@type":"NewsArticle","headline":"Story"},\n',
        '{"@type":"NewsArticle",,"headline":"Story", ,}',
        '[ , {"@type":"NewsArticle","headline":"Story"},,]',
        '{"@type":"Organization","name":"Blatt"}\n{"@type":"NewsArticle","headline":"Story"}',
        '{"@type":"NewsArticle","headline":"Story"},{"@type":"Organization","name":"Blatt"},',
        '{"@type":"WebPage"};\n{"@type":"NewsArticle","headline":"Story",};',
        '<!--\n{"@type":"WebPage"}\n{"@type":"NewsArticle","headline":"Story"}\n-->',
        '{"@type":"NewsArticle","headline":"Story"}\n/* the next is cut */ {"@type":',
    ],
)
def test_badly_written_json_is_read(script: str) -> None:
    assert read_json_ld([script]).headline == "Story"


def test_two_authors_with_a_doubled_comma_between_them_are_both_read() -> None:
    authors = '[{"@type":"Person","name":"Lena Marsh"},,{"@type":"Person","name":"Tom Okoro"}]'

    said = read_json_ld([f'{{"@type":"NewsArticle","headline":"Ebbe,, Flut ,]","author":{authors}}}'])

    assert [credit.name for credit in said.credits] == ["Lena Marsh", "Tom Okoro"]
    assert said.headline == "Ebbe,, Flut ,]"


def test_objects_that_follow_each_other_refer_to_each_other() -> None:
    script = '{"@type":"Person","@id":"#l","name":"Lena Marsh"}{"@type":"NewsArticle","author":{"@id":"#l"}}'

    assert read_json_ld([script]).credits == (Credit("Lena Marsh", True),)


@pytest.mark.parametrize("piece", ['{"a":1}', ", ", "[ ,", '"\\', '"', '{"a":1,,'])
def test_endless_pieces_of_json_are_given_up_in_seconds(piece: str) -> None:
    began = time.process_time()  # CPU time, since the machine may be busy; quadratic code takes minutes.
    read_json_ld([piece * (2_000_000 // len(piece))])

    assert time.process_time() - began < 10


@pytest.mark.parametrize("script", ["", "{", "null", "[]", "3", '{"a":' * 20_000, "[" * 100_000, '{"@graph": 5}'])
def test_hopeless_json_states_nothing(script: str) -> None:
    assert read_json_ld([script]) == JsonLdArticle()


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("headline", ["a"], None),
        ("headline", "Caf&amp;eacute; <b>open</b>", "Café open"),
        ("author", [[{"name": ["A B"]}], 5, None], (Credit("A B"),)),
        ("author", "A B", (Credit("A B"),)),
        ("datePublished", {"x": 1}, None),
        ("datePublished", "", None),
        ("keywords", [{"name": "k"}, 5], ("k",)),
        ("keywords", "a, b", ("a", "b")),
        ("image", [[]], None),
        ("image", {"url": ["https://x.example/i.jpg"]}, "https://x.example/i.jpg"),
        ("isAccessibleForFree", "False", False),
        ("isAccessibleForFree", [], None),
        ("wordCount", -4, None),
        ("wordCount", "312", 312),
        ("articleBody", "<p>One.</p><p>Two&nbsp;.</p>", "One.\nTwo ."),
    ],
)
def test_a_field_of_a_wrong_shape_is_passed_over_alone(field: str, value: object, kept: object) -> None:
    stated = read_json_ld([json.dumps({"@type": "NewsArticle", "name": "Story", field: value})])
    names = {
        "author": "credits",
        "datePublished": "published",
        "isAccessibleForFree": "is_free",
        "wordCount": "words",
        "articleBody": "body",
    }

    expected = "Story" if field == "headline" and kept is None else kept
    assert getattr(stated, names.get(field, field)) == expected


@pytest.mark.parametrize(
    ("value", "read"),
    [("A &amp; <b>B</b>\n C", "A & B C"), ("x" * 9, "x" * 5), (None, None), ({"@value": "A"}, None), (7, None)],
)
def test_a_property_without_a_field_is_read_as_plain_text(value: object, read: str | None) -> None:
    script = json.dumps({"@type": "NewsArticle", "headline": "Story", "alternativeHeadline": value})

    assert read_json_ld([script]).text("alternativeHeadline", 7 if read and "&" in read else 5) == read
