"""CDX answers of the Wayback Machine, and the questions that bring them."""

from datetime import UTC, datetime

import orjson
import pytest

from schemas.items.outcome import Reason, Refusal
from tasks.pure.backfill.wayback_cdx import CdxPage, cdx_url, memento_url, months, read_cdx, stamp_of


def day(year: int, month: int = 1, of: int = 1) -> datetime:
    return datetime(year, month, of, tzinfo=UTC)


def test_a_cdx_answer_is_read_with_its_resume_key() -> None:
    rows = [["timestamp", "original"], ["20240506070809", "http://h.example:80/a"], ["x", "http://h.example/b"]]
    page = read_cdx(orjson.dumps([*rows, [], ["com,example)/c 2024"]]))
    assert isinstance(page, CdxPage)
    assert [(memento.url, memento.at) for memento in page.mementos] == [
        ("http://h.example/a", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC))
    ]
    assert page.resume_key == "com,example)/c 2024"


@pytest.mark.parametrize("body", [b"<html>sorry</html>", b'{"error": 1}', b"[1, 2]"])
def test_a_cdx_answer_that_is_no_table_is_refused(body: bytes) -> None:
    refusal = read_cdx(body)
    assert isinstance(refusal, Refusal)
    assert refusal.reason is Reason.WRONG_TYPE


@pytest.mark.parametrize("body", [b"", b"[]", b'[["timestamp", "original"]]'])
def test_a_cdx_answer_with_nothing_lists_nothing(body: bytes) -> None:
    assert read_cdx(body) == CdxPage((), None)


def test_a_cdx_question_ends_before_its_end() -> None:
    url = cdx_url("https://w.example", "h.example", day(2026, 11), day(2026, 12), "k 1")
    assert "to=20261130235959" in url
    assert "resumeKey=k+1" in url


def test_a_span_is_asked_for_month_by_month() -> None:
    spans = list(months(day(2025, 11, 20), day(2026, 1, 5)))
    assert spans == [
        (day(2025, 11, 20), day(2025, 12)),
        (day(2025, 12), day(2026)),
        (day(2026), day(2026, 1, 5)),
    ]


def test_a_memento_keeps_its_stamp() -> None:
    assert stamp_of(memento_url("https://w.example", "20240506070809", "http://h.example/a?b=1")) == "20240506070809"
