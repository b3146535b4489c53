"""Titles of feeds and sitemaps as plain text."""

import pytest

from tasks.pure.text.html_fragment import title_of


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("How <dialog> works", "How <dialog> works"),
        ("Was &lt;video&gt; kann", "Was <video> kann"),
        ("Pourquoi &amp;lt;select&amp;gt; change", "Pourquoi <select> change"),
        ("<p>The <em>Titanic</em> is found</p>", "The Titanic is found"),
        ("One line<br>and another", "One line and another"),
        ("Bridge <img src=x alt=y> closed", "Bridge closed"),
    ],
)
def test_a_tag_alone_is_text_and_one_around_words_is_markup(markup: str, title: str) -> None:
    assert title_of(markup, 100) == title
