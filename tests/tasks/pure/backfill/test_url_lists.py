"""Lists of URLs in three forms, with junk between the lines."""

import pytest

from schemas.items.outcome import Reason
from tasks.pure.backfill.url_lists import ListedUrl, UnusableLine, read_url_list

A, B = "https://h.example/a", "https://h.example/b"


@pytest.mark.parametrize(
    "lines",
    [
        [A, B],
        ["# a comment", "", f"  {A} ", B],
        ["url,date", f"{A},2026-11-01", f'"{B}",'],
        ["title,LINK", f"Ferry,{A}", f"Buoy,{B}"],
        [f'{{"url": "{A}", "date": "2026-11-01T10:00:00Z"}}', f'{{"loc": "{B}", "n": 3}}'],
    ],
    ids=["plain", "comments", "csv", "csv_link", "json"],
)
def test_urls_are_read_in_order(lines: list[str]) -> None:
    assert [each.url for each in read_url_list(lines) if isinstance(each, ListedUrl)] == [A, B]


def test_a_date_is_read_where_there_is_one() -> None:
    first, second = read_url_list(["url,date", f"{A},2026-11-01T10:00:00Z", f"{B},yesterday-ish"])
    assert isinstance(first, ListedUrl)
    assert isinstance(second, ListedUrl)
    assert first.date is not None
    assert first.date.at is not None
    assert second.date is not None
    assert second.date.at is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ferry timetable", Reason.BAD_LINK),
        ("mailto:a@h.example", Reason.BLOCKED_SCHEME),
        ('{"url": "https://h.example/a"', Reason.BAD_LINK),
        ('{"title": "no url"}', Reason.BAD_LINK),
        ("{}", Reason.BAD_LINK),
        ("\x00\x01\x02", Reason.BAD_LINK),
    ],
)
def test_junk_is_named_with_its_line(line: str, reason: Reason) -> None:
    junk = list(read_url_list([A, line, B]))[1]
    assert isinstance(junk, UnusableLine)
    assert (junk.line, junk.refusal.reason) == (2, reason)


def test_a_json_line_that_is_no_object_is_junk() -> None:
    assert all(isinstance(each, UnusableLine) for each in read_url_list(["[1, 2]", '"x"', "{1}"]))
