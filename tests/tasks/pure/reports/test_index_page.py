"""The page of all runs, and which pages are deleted."""

from datetime import UTC, datetime
from typing import Any

import lxml.html

from schemas.runs.status import RunLine
from tasks.pure.reports.index_page import outdated, pages_of_runs, render_index

IDS = ["20261120T090000-aaaaaa", "20261121T090000-archive-bbbbbb", "20261122T090000-cccccc"]
OTHERS = ["latest.html", "latest-quality.html", "index.html", "notes.html", "20261120T090000-aaaaaa.open", "x.txt"]


def names() -> list[str]:
    return [name for run_id in IDS for name in (f"{run_id}.html", f"{run_id}-quality.html")]


def line(run_id: str, **changes: Any) -> RunLine:
    counts = dict.fromkeys(
        ("sources", "sources_failed", "urls", "loaded", "changed", "unchanged", "not_modified", "rejected"), 1234
    )
    fields = {"run_id": run_id, "flow": "ingest", "runner": "direct", "state": "completed", "seconds": 61.0}
    return RunLine.model_validate(counts | fields | {"started_at": datetime(2026, 11, 22, 9, tzinfo=UTC)} | changes)


def test_pages_are_found_by_run_latest_first() -> None:
    found = pages_of_runs([*names(), f"replay-{IDS[0]}.html", *OTHERS])
    assert list(found) == IDS[::-1]
    assert found[IDS[0]] == {
        "report": f"{IDS[0]}.html",
        "quality": f"{IDS[0]}-quality.html",
        "replay": f"replay-{IDS[0]}.html",
    }


def test_only_pages_of_old_runs_are_outdated() -> None:
    assert sorted(outdated([*names(), *OTHERS], kept=2)) == [f"{IDS[0]}-quality.html", f"{IDS[0]}.html"]
    assert outdated([*names(), *OTHERS], kept=3) == []


def test_the_page_links_to_every_page_of_every_run() -> None:
    html = lxml.html.fromstring(render_index([line(IDS[2])], names()))
    links = html.xpath("//tbody//a/@href")
    assert sorted(links) == sorted(names())
    assert "report · quality" in html.xpath("//tbody/tr[1]")[0].text_content()
    assert "1,234" in html.xpath("//tbody/tr[1]")[0].text_content()
    assert "not in the reader file" in html.xpath("//tbody/tr[2]")[0].text_content()


def test_a_state_is_told_in_words_and_texts_are_escaped() -> None:
    html = render_index([line(IDS[2], state="sources_failed", flow="<b>")], names())
    assert "sources failed" in html
    assert "<b>" not in html


def test_a_count_of_none_is_a_dash_in_a_column_of_numbers() -> None:
    html = lxml.html.fromstring(render_index([line(IDS[2], changed=0)], names()))
    (cell,) = html.xpath("//tbody/tr[1]/td[contains(@class, 'none')]")
    assert (cell.get("class"), cell.text_content()) == ("n none", "–")


def test_a_folder_without_pages_says_what_makes_them() -> None:
    assert "No run has a page yet" in render_index([], OTHERS)


def test_the_page_leads_to_the_news_where_there_are_any() -> None:
    assert 'href="news/index.html"' not in render_index([], names())
    assert 'href="news/index.html"' in render_index([], [*names(), "news"])
