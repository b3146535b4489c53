"""Tables fit the terminal: what is wrapped, left out, turned, and what never is."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from rich.cells import cell_len

from flows.cli.tables import TableLayout, laid_out, show, terminal_width
from schemas.errors import UsageError

ID = UUID("0199a1b2-c3d4-5e6f-8a9b-0c1d2e3f4a5b")
AT = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
LONG = "The council of the harbour has put off the dredging of its inner basin until spring"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Printer":
    return Printer(monkeypatch, capsys)


class Printer:
    """Prints a table as on a terminal of so many columns, and gives its lines."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(
        self,
        names: Sequence[str],
        rows: Sequence[Sequence[Any]],
        width: int = 80,
        layout: TableLayout = TableLayout.FIT,
        turns: bool = False,
    ) -> list[str]:
        self._monkeypatch.setenv("COLUMNS", str(width))
        show(laid_out(names, rows, layout, terminal_width(), turns), layout=layout)
        return self._capsys.readouterr().out.splitlines()


def test_numbers_are_aligned_at_the_right_and_words_at_the_left(printed: Printer) -> None:
    header, _, first, second = printed(["source", "articles"], [("harbour-gazette", 7), ("tal", 1234)])
    assert header == "source           articles"
    assert first == "harbour-gazette         7"
    assert second == "tal                  1234"


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(printed: Printer, width: int) -> None:
    rows = [(ID, LONG, 12, AT, LONG, f"https://harbour.example/{'a' * 90}")] * 8
    lines = printed(["article_id", "title", "words", "at", "dek", "url"], rows, width)
    assert max(map(cell_len, lines)) <= width


def test_an_id_is_whole_where_a_text_is_wrapped(printed: Printer) -> None:
    lines = printed(["article_id", "title"], [(ID, LONG)], 64)
    assert len(lines) > 3
    assert str(ID) in lines[2]
    assert " ".join(line[38:].strip() for line in lines[2:]) == LONG


def test_the_last_columns_are_left_out_and_named(printed: Printer) -> None:
    lines = printed(["article_id", "capture_id", "version"], [(ID, ID, 2)] * 9, 60)
    assert lines[0].split() == ["article_id"]
    assert " ".join(lines[-2:]) == "left out at 60 columns: capture_id, version; --wide or --record shows them"


def test_columns_that_are_empty_in_every_row_are_left_out_first(printed: Printer) -> None:
    lines = printed(["article_id", "error", "version"], [(ID, None, 2)] * 9, 48)
    assert lines[0].split() == ["article_id", "version"]


def test_many_columns_left_out_are_counted(printed: Printer) -> None:
    names = ["article_id", *(f"column_{number:02d}" for number in range(20))]
    lines = printed(names, [(ID, *range(20))] * 9, 80)
    assert "and 8 more; --wide or --record" in " ".join(lines[-3:])


def test_few_rows_of_an_answer_become_records_where_columns_do_not_fit(printed: Printer) -> None:
    lines = printed(["article_id", "capture_id", "title"], [(ID, ID, LONG)] * 2, 60, turns=True)
    assert lines[0] == "-- record 1 --"
    assert lines[1:3] == [f"article_id  {ID}", f"capture_id  {ID}"]
    assert "-- record 2 --" in lines


def test_many_rows_of_an_answer_stay_a_table(printed: Printer) -> None:
    lines = printed(["article_id", "capture_id"], [(ID, ID)] * 6, 60, turns=True)
    assert lines[0] == "article_id"


def test_a_record_keeps_the_paragraphs_of_a_text(printed: Printer) -> None:
    lines = printed(["title", "body"], [("Ebbe", "Erster Absatz.\n\nZweiter Absatz.")], layout=TableLayout.RECORD)
    assert lines == ["-- record 1 --", "title  Ebbe", "body   Erster Absatz.", "", "       Zweiter Absatz."]


def test_wide_gives_every_column_whole_in_one_line_a_row(printed: Printer) -> None:
    lines = printed(["article_id", "title", "capture_id"], [(ID, LONG * 9, ID)], 40, TableLayout.WIDE)
    assert lines[2] == f"{ID}  {LONG * 9}  {ID}"


def test_chinese_and_japanese_texts_are_measured_in_cells(printed: Printer) -> None:
    rows = [
        ("港口日报", "港口疏浚工程推迟到春季进行", 3),
        ("ハーバー新聞", "内港の浚渫は春まで延期された", 12),
        ("Tal", "kurz", 5),
    ]
    lines = printed(["name", "title", "n"], rows, 60)
    assert {cell_len(line) for line in lines if line} == {cell_len(lines[0])}
    assert max(cell_len(line) for line in printed(["name", "title", "n"], rows, 36)) <= 36


def test_control_characters_of_a_page_do_not_reach_the_terminal(printed: Printer) -> None:
    lines = printed(["title"], [("a\x1b[2Jb\tc\nd\x9be",)])
    assert lines[2:] == ["a\N{REPLACEMENT CHARACTER}[2Jb c d\N{REPLACEMENT CHARACTER}e"]


def test_a_title_with_brackets_or_colons_is_printed_as_it_is(printed: Printer) -> None:
    assert printed(["title"], [("[bold]Live[/bold] :fire: 10:30",)])[2] == "[bold]Live[/bold] :fire: 10:30"


def test_a_table_without_rows_shows_its_columns(printed: Printer) -> None:
    assert printed(["source", "articles"], [])[0] == "source  articles"


def test_both_layouts_at_once_are_a_usage_error() -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        TableLayout.of(is_wide=True, is_record=True)


@pytest.mark.parametrize(("columns", "width"), [("132", 132), ("", None), ("0", None), ("wide", None)])
def test_outside_a_terminal_only_columns_gives_a_width(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int | None
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert terminal_width() == width
