"""Run reports: the same facts in every form, and nothing from outside becomes more than text."""

import json
import re
from datetime import timedelta

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from schemas.items.finding import Severity
from schemas.items.outcome import Reason
from schemas.runs.replay import ReplayDiff
from schemas.runs.report import FlowResults, Paths
from schemas.runs.run import RunState
from tasks.pure.reports.run_facts import figures, verdict
from tasks.pure.reports.run_report import outcome_table, render_html, render_lines, render_markdown, summarise
from tests.support.report_samples import (
    AT,
    BAD_URLS,
    HEADLINES,
    OUTCOMES,
    PATHS,
    PAYLOADS,
    REPORT,
    finding,
    hostile,
    outcome,
    run,
)

SHAPE = [(node.tag, sorted(node.attrib)) for node in html.fromstring(render_html(hostile("plain"))).iter()]
BARE = MarkdownIt("commonmark").enable("table")


def inline(markdown: str) -> list[Token]:
    """Every token, blocks and their contents, of a Markdown text."""
    return [token for block in BARE.parse(markdown) for token in (block, *(block.children or ()))]


def structure(markdown: str) -> list[str]:
    """Kinds of the tokens, in order."""
    return [token.type for token in inline(markdown)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_element_and_no_attribute_of_the_page_comes_from_content(payload: str) -> None:
    page = html.fromstring(render_html(hostile(payload)))

    assert [(node.tag, sorted(node.attrib)) for node in page.iter()] == SHAPE


@pytest.mark.parametrize("payload", PAYLOADS)
def test_content_in_attributes_is_in_links_only(payload: str) -> None:
    page = html.fromstring(render_html(hostile(payload, "https://a.example/?q=1&r=2")))

    strange = {
        value
        for node in page.iter()
        for value in map(str, node.attrib.values())
        if "evil" in value or "alert" in value
    }
    assert strange == set()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_the_page_shows_is_the_text_itself(payload: str) -> None:
    shown = html.fromstring(render_html(hostile(payload))).xpath("//*[@class='title']//bdi")[0].text

    assert "".join(shown.split()) == "".join(_visible(payload).split())


def _visible(text: str) -> str:
    return re.sub(r"[^\S ]", " ", "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text))


@pytest.mark.parametrize("url", BAD_URLS)
def test_a_url_that_is_not_plain_http_is_never_a_link(url: str) -> None:
    report = hostile("text", url)

    assert html.fromstring(render_html(report)).xpath("//@href") == []
    assert [token for token in inline(render_markdown(report)) if token.type == "link_open"] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_structure_of_the_markdown_comes_from_content(payload: str) -> None:
    assert structure(render_markdown(hostile(payload))) == structure(render_markdown(hostile("plain")))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markdown_holds_no_html_and_no_bare_link(payload: str) -> None:
    text = render_markdown(hostile(payload, "https://a.example/"))

    assert not [token for token in inline(text) if token.type.startswith("html")]
    assert not re.search(r"(?<!<)https?://(?!a\.example/)|www\.evil\S*@|<!|<@", text)


@pytest.mark.parametrize("payload", [*PAYLOADS, *BAD_URLS])
def test_lines_are_single_and_printable(payload: str) -> None:
    for line in render_lines(hostile(payload, payload)):
        assert "\n" not in line
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line)
        line.encode("utf-8")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_form_can_be_written_as_utf_8(payload: str) -> None:
    report = hostile(payload)

    render_html(report).encode("utf-8")
    render_markdown(report).encode("utf-8")
    json.dumps(outcome_table(report), ensure_ascii=False).encode("utf-8")


def test_links_of_the_page_give_nothing_away() -> None:
    links = html.fromstring(render_html(REPORT)).xpath("//a")

    assert [link.get("href") for link in links] == [
        "https://a.example/broken?a=1&b=2",
        "https://a.example/2",
        "https://a.example/1",
    ]
    assert {link.get("rel") for link in links} == {"noopener noreferrer nofollow"}


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = html.fromstring(render_html(REPORT))

    assert page.xpath("//script | //link | //img | //iframe | //object | //@src | //@onclick") == []
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        "default-src 'none'; style-src 'unsafe-inline'"
    ]
    assert not re.search(r"url\(|@import", "".join(page.xpath("//style/text()")))
    assert page.get("lang") == "en"


def test_every_table_has_a_caption_and_headers_with_a_scope() -> None:
    tables = html.fromstring(render_html(REPORT)).xpath("//table")

    assert len(tables) == 3
    for table in tables:
        assert table.xpath("caption")[0].text
        assert {cell.get("scope") for cell in table.xpath(".//th")} <= {"row", "col"}


def test_ids_are_unique_and_every_label_points_at_one() -> None:
    page = html.fromstring(render_html(REPORT))
    ids = page.xpath("//@id")

    assert len(ids) == len(set(ids))
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_the_page_is_well_nested() -> None:
    page = render_html(REPORT)
    body = page[page.index("<body>") :].replace("</html>", "").replace("<br>", "<br/>")

    assert etree.fromstring(body).tag == "body"


def test_every_form_tells_the_same_facts() -> None:
    page = " ".join(html.fromstring(render_html(REPORT)).text_content().split())
    rendered = BARE.render(render_markdown(REPORT))
    markdown = " ".join(html.fromstring(f"<div>{rendered}</div>").text_content().split())
    lines = " ".join(render_lines(REPORT))

    for fact in (
        "1 warning, 3 articles loaded", "3 min 20 s", "fetch", "1.25", "status 500", "few have a date",
        "https://a.example/broken?a=1&b=2", "Ferry cut", "قطار جديد", "var/newsdesk.duckdb", "var/archive",
    ):  # fmt: skip
        assert fact in page
        assert fact in markdown
        assert fact in lines


def test_the_table_counts_each_source_and_all_of_them() -> None:
    assert outcome_table(REPORT) == [
        {"source": "gazette", "http_error": 1, "not_due": 1, "unchanged": 1, "loaded": 2, "all": 5},
        {"source": "herald", "http_error": 0, "not_due": 0, "unchanged": 0, "loaded": 1, "all": 1},
        {"source": "all sources", "http_error": 1, "not_due": 1, "unchanged": 1, "loaded": 3, "all": 6},
    ]


def test_a_run_without_urls_has_an_empty_table_and_a_page() -> None:
    nothing = summarise(run(urls=0, stages=()), (), (), (), Paths())

    assert outcome_table(nothing) == []
    assert "No URL was taken up" in render_html(nothing)
    assert render_markdown(nothing).startswith("# Nothing was asked of 2 sources\\: no feed is due")


def test_what_is_not_due_or_unchanged_is_no_rejection() -> None:
    assert [(each.source, each.reason, each.detail) for each in REPORT.rejections] == [
        ("gazette", Reason.HTTP_ERROR, "status 500")
    ]


def test_rejections_beyond_what_a_page_holds_are_counted() -> None:
    many = [outcome("gazette", Reason.HTTP_ERROR, f"https://a.example/{n:04}") for n in range(1_600)]
    report = summarise(run(), many, (), (), Paths())

    page = html.fromstring(render_html(report))
    assert len(page.xpath("//a")) == 500
    assert "1,100 more are not shown" in page.text_content()
    assert "1,550 more are not shown" in render_markdown(report)
    assert "rejected: 1590 more" in render_lines(report)


def test_warnings_come_before_notices() -> None:
    report = summarise(run(), (), (finding("a", Severity.NOTICE), finding("b")), (), PATHS)

    assert [each.message for each in report.findings] == ["b", "a"]


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (summarise(run(), OUTCOMES, (), HEADLINES, PATHS), "All well, 3 articles loaded from 2 sources"),
        (summarise(run(sources=1), OUTCOMES[3:4], (), (), PATHS), "All well, nothing new in 1 source"),
        (REPORT, "1 warning, 3 articles loaded"),
        (
            summarise(run(sources=2), OUTCOMES[3:4], (), (), PATHS),
            "All well, nothing new in 1 of 2 sources; the others were not due",
        ),
        (
            summarise(run(), (), (finding(severity=Severity.NOTICE),), (), PATHS),
            "Nothing was asked of 2 sources: no feed is due; --now asks",
        ),
        (
            summarise(run(), (), (), (), PATHS, next_poll_at=AT + timedelta(minutes=70)),
            "Nothing was asked of 2 sources: not due until 13:40 UTC; --now asks",
        ),
        (
            summarise(run(sources=1), (), (), (), PATHS, next_poll_at=AT + timedelta(days=1)),
            "Nothing was asked of 1 source: not due until 2026-11-24 12:30 UTC; --now asks",
        ),
        (
            summarise(
                run(sources=1), (), (), (), PATHS, next_poll_at=AT + timedelta(hours=3), time_zone="Asia/Tokyo"
            ),
            "Nothing was asked of 1 source: not due until 2026-11-24 00:30 JST; --now asks",
        ),
        (
            summarise(run(flow="revisit"), (), (), (), PATHS),
            "Nothing was asked of 2 sources: no article is due for a revisit",
        ),
        (summarise(run(flow="health"), (), (), (), PATHS), "All well in 2 sources"),
        (summarise(run(flow="publish"), (), (), (), PATHS), "The reader file and the report are written"),
        (summarise(run(flow="rebuild"), (), (), (), PATHS), "Completed, no article loaded"),
        (
            summarise(run(state=RunState.SOURCES_FAILED, sources_failed=("a",)), OUTCOMES[:1], (), (), PATHS),
            "1 of 2 sources failed, 1 article loaded",
        ),
        (summarise(run(state=RunState.FAILED, error="disk full"), (), (), (), PATHS), "The run failed"),
        (
            summarise(run(state=RunState.INTERRUPTED), OUTCOMES, (), (), PATHS),
            "The run was interrupted, 3 articles loaded",
        ),
    ],
)
def test_the_verdict_is_one_sentence(report: object, sentence: str) -> None:
    assert verdict(report) == sentence  # type: ignore[arg-type]  # a table of cases is a tuple of objects


def test_a_run_with_results_shows_their_counts_and_their_findings() -> None:
    found = finding("open for days")
    report = summarise(run(flow="health"), [], [], [], PATHS, results=FlowResults(open_findings=(found,)))

    assert ("Warnings open", 1) in figures(report)
    assert "open for days" in render_markdown(report)
    assert "open for days" in html.fromstring(render_html(report)).text_content()


def test_the_page_of_a_replay_leads_to_its_comparison() -> None:
    results = FlowResults(replay=ReplayDiff(), page="var/reports/replay-1.html")
    report = summarise(run(flow="replay"), [], [], [], Paths(pages="https://desk.example"), results=results)

    assert html.fromstring(render_html(report)).xpath("//p[@class='when']/a/@href") == ["replay-1.html"]
    assert "(<https://desk.example/replay-1.html>)" in render_markdown(report)
