"""Cells: no text runs as a formula, and every value has one form."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from tasks.pure.reports.exports.cells import CELL_AT_MOST, as_json, csv_cell, sheet_text, xml_text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "－1"])
def test_a_text_that_a_spreadsheet_would_run_has_an_apostrophe_before_it(text: str) -> None:
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Ferry – again", " =1", "a=b", -1, -0.5, None, True])
def test_other_cells_are_as_they_were(value: object) -> None:
    assert csv_cell(value) == value


def test_lists_are_json_and_instants_iso() -> None:
    assert csv_cell(["Ada Quay", "=Bo"]) == '["Ada Quay","=Bo"]'
    assert csv_cell(datetime(2026, 11, 23, 12, tzinfo=UTC)) == "2026-11-23T12:00:00+00:00"
    assert csv_cell(UUID(int=1)) == "00000000-0000-0000-0000-000000000001"
    assert csv_cell(b"\x01\xff") == "01ff"


def test_a_sheet_holds_so_many_characters_and_says_where_it_cut() -> None:
    assert sheet_text("a" * CELL_AT_MOST) == ("a" * CELL_AT_MOST, False)
    text, is_cut = sheet_text("a" * (CELL_AT_MOST + 1))
    assert (len(text), text[-4:], is_cut) == (CELL_AT_MOST, " […]", True)


def test_characters_that_xml_has_not_are_shown_as_replaced() -> None:
    assert xml_text("a\x00b\x1fc\ud800\uffff\td\n") == "a\ufffdb\ufffdc\ufffd\ufffd\td\n"


def test_json_of_types_that_it_has_not() -> None:
    assert as_json({"a": Decimal("1.5"), 1: b"\x01"}) == b'{"a":1.5,"1":"01"}'
