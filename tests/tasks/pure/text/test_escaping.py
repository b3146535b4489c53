"""Escapes: what strangers wrote reads as they wrote it, in Prefect's older UI too, and is nothing else."""

import re

import pytest
from lxml import html
from markdown_it import MarkdownIt

from tasks.pure.text.escaping import markdown, markdown_link
from tests.support.report_samples import PAYLOADS

BARE = MarkdownIt("commonmark").enable("table")
URLS = (
    "http://harbour-gazette.example/news/ferry-cut-48213",
    "https://a.example:8443/a_b_c/_d_?a=1&b=2#top",
    "https://a.example/?q=1&copy;=2&amp;=3&#58;=4",
    "https://a.example/**x**/~~y~~/[z](w)/!$:@",
)


def rendered(text: str) -> html.HtmlElement:
    return html.fromstring(f"<div>{BARE.render(text)}</div>")


@pytest.mark.parametrize("url", URLS)
def test_a_url_is_shown_and_led_to_as_it_is(url: str) -> None:
    (link,) = rendered(markdown_link(url, url)).xpath("//a")
    (cell,) = rendered(f"| head |\n| --- |\n| {markdown_link(url, url)} |").xpath("//td/a")

    assert (link.text_content(), cell.text_content(), cell.get("href")) == (url, url, link.get("href"))
    assert link.get("href").replace("%5B", "[").replace("%5D", "]") == url


def test_a_plain_url_is_the_text_of_its_link_without_any_escape() -> None:
    """The older UI shows the text of a link raw."""
    assert markdown_link(URLS[0], URLS[0]) == f"[{URLS[0]}](<{URLS[0]}>)"


def test_an_everyday_title_is_the_text_of_its_link_without_any_escape() -> None:
    title = "Live: AT&T (US) pays $5 million, #2 this year – what's next? 100% sure!"
    assert markdown_link(title, "https://a.example/").startswith(f"[{title}](")


@pytest.mark.parametrize("text", [*PAYLOADS, "a & b: c", "http://evil.example", "1. one", "- list", "+ plus", "= x"])
def test_text_is_shown_as_it_is_and_needs_no_character_references(text: str) -> None:
    page = rendered(markdown(text))

    assert [node.tag for node in page.iter()] == ["div", "p"]
    assert " ".join(page.text_content().split()) == " ".join(printable(text).split())
    assert not re.search(r"(?<!\\)&", markdown(text))


def printable(text: str) -> str:
    return "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text)


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_title_never_becomes_more_than_the_text_of_its_link(text: str) -> None:
    page = rendered(markdown_link(text, "https://a.example/"))

    assert [node.tag for node in page.iter()] == ["div", "p", "a"]
    assert " ".join(page.text_content().split()) == " ".join(printable(text).split())
