"""Whether a listing names an article, however it is spelled there."""

import pytest

from tasks.pure.listings.mentions import mentions

URL = "https://harbour.example/2026/quokka-escapes?page=2&x=1"
TITLE = "Quokka “escapes” from zoo"


@pytest.mark.parametrize(
    "body",
    [
        "<link>https://harbour.example/2026/quokka-escapes?page=2&amp;x=1</link>",
        '<a href="/2026/quokka-escapes?page=2&x=1">more</a>',
        '{"url": "https:\\/\\/harbour.example\\/2026\\/quokka-escapes?page=2&x=1"}',
        "<link>https://t.example/r?to=https%3A%2F%2Fharbour.example%2F2026%2Fquokka-escapes%3Fpage%3D2%26x%3D1</link>",
        "<title>Quokka &amp;ldquo;escapes&amp;rdquo;\n from zoo</title>",
        '{"title": "QUOKKA \\u201cescapes\\u201d from zoo"}',
    ],
)
def test_a_page_is_named_by_its_path_or_its_title_in_any_spelling(body: str) -> None:
    assert mentions(body.encode(), None, [URL], [TITLE])


@pytest.mark.parametrize("body", ["<link>https://harbour.example/2026/ferry-sails</link>", "", "\\u \\uzz"])
def test_a_listing_of_other_pages_names_none(body: str) -> None:
    assert not mentions(body.encode(), "no-such-charset", [URL], [TITLE])


def test_a_short_path_is_looked_for_with_its_host() -> None:
    assert not mentions(b"<a href='/a'>", None, ["https://harbour.example/a"], [])
    assert mentions(b"<a href='https://harbour.example/a'>", None, ["https://harbour.example/a"], [])
