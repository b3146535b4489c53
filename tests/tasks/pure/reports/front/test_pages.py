"""The front page and its pages: what they say, and what no text of others can do to them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import lxml.html
import pytest

from schemas.history.front_page import FrontTotals, Period
from tests.support.pages.front_samples import (
    PERIOD,
    UNTIL,
    article,
    empty,
    front,
    hours_ago,
    pages,
    revision,
    story,
    story_id,
)
from tests.support.report_samples import BAD_URLS, PAYLOADS

FREE = {"href", "lang", "aria-label", "datetime"}
"""Attributes whose values come from content; of all others the values must not differ."""


def shape(page: str) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Every element in order with its attributes; the values of those that content may fill are left out."""
    elements = [(element.tag, sorted(element.attrib.items())) for element in lxml.html.fromstring(page).iter()]
    return [
        (str(tag), tuple((str(name), "" if name in FREE else str(value)) for name, value in attributes))
        for tag, attributes in elements
    ]


def links(page: str) -> Iterator[str]:
    for element in lxml.html.fromstring(page).iter():
        yield from (str(element.attrib[name]) for name in ("href", "src", "action") if name in element.attrib)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_element_and_no_attribute_comes_from_content(payload: str) -> None:
    hostile, harmless = pages(front(text=payload)), pages(front(text="plain"))
    for name in harmless:
        if name.endswith(".html"):
            assert shape(hostile[name]) == shape(harmless[name]), name


@pytest.mark.parametrize("url", BAD_URLS)
def test_a_url_that_is_not_plain_http_is_never_a_link(url: str) -> None:
    for page in pages(front(text=url)).values():
        for link in links(page):
            assert re.fullmatch(r"#main|[a-z0-9-]+\.(html|css)", link), link


def test_links_to_articles_give_nothing_away() -> None:
    for name, page in pages(front()).items():
        if name.endswith(".html"):
            for link in lxml.html.fromstring(page).xpath("//a[starts-with(@href, 'http')]"):
                assert link.get("rel") == "noopener noreferrer"


def test_every_link_within_the_site_leads_to_a_file_of_it() -> None:
    files = pages(front())
    for name, page in files.items():
        if name.endswith(".html"):
            inner = [link for link in links(page) if not link.startswith(("http", "#"))]
            assert set(inner) <= set(files), name


def test_only_a_site_beside_the_pages_of_runs_links_to_them() -> None:
    assert "../index.html" not in pages(front())["index.html"]
    assert "../index.html" in pages(front(), has_runs=True)["index.html"]


def test_every_page_has_one_heading_one_main_and_captions() -> None:
    for name, page in pages(front()).items():
        if name.endswith(".html"):
            root = lxml.html.fromstring(page)
            assert [len(root.xpath(f"//{tag}")) for tag in ("h1", "main", "header", "footer", "nav")] == [1] * 5, name
            assert len(root.xpath("//table")) == len(root.xpath("//table/caption")), name
            assert not root.xpath("//thead//th[not(@scope)] | //tbody//th[not(@scope)]"), name
            assert not root.xpath("//script | //style | //*[@style] | //*[starts-with(name(@*), 'on')]"), name
            assert root.xpath("//details[not(@open)]/summary[text()='The SQL of this page']"), name


@pytest.mark.parametrize(("language", "tag"), [("ar", "ar"), ("zh-Hant", "zh-Hant"), (None, ""), ('" onclick="', "")])
def test_a_headline_says_its_language_and_finds_its_direction(language: str | None, tag: str) -> None:
    root = lxml.html.fromstring(pages(front(language=language))["index.html"])
    (first, *_) = root.xpath("//section[@aria-labelledby='newest']//h3/a")
    assert (first.get("lang"), first.get("dir")) == (tag, "auto")


def test_an_empty_warehouse_says_so_on_every_page() -> None:
    files = pages(empty())
    assert "The warehouse has no article yet" in files["index.html"]
    assert "nothing." in files["revisions.html"]
    assert "No outlet carries a text of another" in files["copies.html"]
    assert "No run has taken up a source yet" in files["sources.html"]
    assert "No article is of the 28 days to Tuesday, 1 December 2026." in files["attention.html"]
    assert "No word stands in more headlines of two outlets" in files["terms.html"]


def test_a_period_without_articles_names_the_newest() -> None:
    none = dict.fromkeys(("articles_of_period", "sources_of_period", "stories_of_period"), 0)
    totals = FrontTotals(articles=58, newest_at=hours_ago(50), **none)
    page = pages(empty().model_copy(update={"totals": totals}))["index.html"]
    assert "No article was published in the 24 hours to Tuesday, 1 December 2026, 12:00." in page
    assert "The newest of 58 is of 29 Nov 10:00." in page


def test_one_article_is_told_in_the_singular() -> None:
    alone = article()
    totals = FrontTotals(articles=1, articles_of_period=1, sources_of_period=1, stories_of_period=1, newest_at=UNTIL)
    files = pages(front(1, totals=totals, stories=(story(0, [alone]),), told=(alone,), newest=(alone,)))
    assert "1 article of 1 outlet in the 24 hours" in files["index.html"]
    assert "Only The Harbour has it." in files[f"story-{story_id(0)}.html"]


def test_stories_that_are_not_shown_are_counted() -> None:
    totals = FrontTotals(articles=40_000, articles_of_period=40_000, sources_of_period=4, stories_of_period=10_000)
    page = pages(front(100, totals=totals))["index.html"]
    assert "9,900 more are not shown" in page
    assert "39,960 more are in the view" in page


def test_a_day_is_named() -> None:
    day = Period(since=PERIOD.since, until=PERIOD.until, day=date(2026, 11, 30))
    assert "<h1>The news of Monday, 30 November 2026</h1>" in pages(front(period=day))["index.html"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"at_by": "ahead", "published_at": hours_ago(-40)}, "dated later, 2026-12-03 04:00 UTC"),
        ({"at_by": "fetched", "published_at": None}, "no date"),
        ({"completeness": "paywalled", "versions": 3}, "paywalled · 3 versions"),
    ],
)
def test_what_is_odd_about_an_article_stands_below_its_headline(changes: dict[str, Any], words: str) -> None:
    odd = article(**changes)
    page = pages(front(1, stories=(story(0, [odd]),), told=(odd,)))[f"story-{story_id(0)}.html"]
    assert words in lxml.html.fromstring(page).text_content()


def test_a_date_without_a_time_is_shown_without_one() -> None:
    dated = article(at=UNTIL.replace(hour=0), at_by="day")
    page = pages(front(1, stories=(story(0, [dated]),), told=(dated,)))[f"story-{story_id(0)}.html"]
    assert lxml.html.fromstring(page).xpath("//tbody//th//time/text()") == ["1 Dec"]


def test_a_copy_is_folded_under_the_text_that_it_repeats() -> None:
    page = lxml.html.fromstring(pages(front())[f"story-{story_id(0)}.html"])
    assert len(page.xpath("//table/tbody/tr")) == 3
    assert page.xpath("//tbody/tr[1]//details/summary/text()") == ["1 copy"]


def test_every_chart_has_its_numbers_in_a_table() -> None:
    page = lxml.html.fromstring(pages(front())["attention.html"])
    charts = page.xpath("//figure[svg]")
    assert len(charts) == 3
    for chart in charts:
        assert len(chart.xpath(".//svg/rect")) == len(chart.xpath(".//table/tbody/tr")) == 1
        assert chart.xpath(".//tbody//text()[normalize-space()]") == ["2026-12-01", "7", "25 %"]


def test_a_revision_strikes_and_inserts_words() -> None:
    page = lxml.html.fromstring(pages(front(revisions=(revision(),)))["revisions.html"])
    (item,) = page.xpath("//ol[@class='revisions']/li")
    assert item.xpath(".//h2/del/text()") + item.xpath(".//h2/ins/text()") == ["open", "closed"]
    assert "Two boats" not in item.xpath("string(.//p[last()]/ins)")
    assert item.xpath("string(.//p[last()])").strip() == "TwoThree boats sank off the quay."


def test_a_title_of_500_characters_is_shown_whole() -> None:
    long = "x" * 500
    assert (
        f">{long}</a>" in pages(front(text=long))["index.html"]
        or f">{long}</span>" in pages(front(text=long))["index.html"]
    )


def test_texts_can_be_written_as_utf_8() -> None:
    for payload in PAYLOADS:
        for page in pages(front(text=payload)).values():
            page.encode()
