"""What a person writes to name an article."""

import pytest

from tasks.pure.urls.reference import reference


@pytest.mark.parametrize(
    "text", ["3CD93F4F-c3ef-564d-b98b-c14ff5165d78", "3cd93f4f", "3cd93f4f-c3ef", "3cd93f4f-c3ef-56"]
)
def test_an_id_or_its_beginning_is_an_id(text: str) -> None:
    assert reference(f" {text} ").id_start == text.lower()


@pytest.mark.parametrize(
    ("text", "url", "host"),
    [
        ("https://www.hafen.example/a?utm_source=x", "https://www.hafen.example/a?utm_source=x", "hafen.example"),
        ("hafen.example/a", "https://hafen.example/a", "hafen.example"),
        ("//hafen.example/a", "https://hafen.example/a", "hafen.example"),
        ("127.0.0.1:8080/a", "https://127.0.0.1:8080/a", "127.0.0.1:8080"),
        ("localhost/a", "https://localhost/a", "localhost"),
        ("новини.example/міст", "https://новини.example/міст", "xn--b1amarcd.example"),
    ],
)
def test_a_url_may_lack_its_scheme(text: str, url: str, host: str) -> None:
    assert reference(text).urls[0].url == url
    assert reference(text).host == host


def test_every_scheme_and_www_are_tried_and_the_canonical_form_is_known() -> None:
    urls = reference("hafen.example/a?utm_source=x").urls
    assert [each.form for each in urls] == [
        "https://hafen.example/a",
        "http://hafen.example/a",
        "https://www.hafen.example/a",
        "http://www.hafen.example/a",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ferry keeps boat", ("ferry", "keeps", "boat")),
        ("Brücke!", ("brücke",)),
        ("Міст, міст", ("міст",)),
        ("大橋", ("大", "橋")),
        ("U.S. opens port", ("u", "s", "opens", "port")),
        ("deadbeef", ()),
    ],
)
def test_anything_else_is_words_of_a_headline(text: str, words: tuple[str, ...]) -> None:
    assert reference(text).words == words
    assert not reference(text).urls
