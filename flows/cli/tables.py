"""The one writer of tables: it fits them to the terminal, gives all of them, or turns each row into a record.

A table that does not fit at its whole width wraps its texts. Where that is not enough, columns are left out: those
that are empty in every row, then from the right, and a line below names them. Ids, numbers and instants are never
cut or wrapped. Widths are counted in cells of a terminal, of which a Chinese character takes two.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, NamedTuple

import typer
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, Group, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from schemas.errors import UsageError

IsWide = Annotated[bool, typer.Option("--wide", help="Print every column whole, however wide the terminal is.")]
IsRecord = Annotated[bool, typer.Option("--record", help="Print each row as a record, one line a column.")]

WORD_AT_MOST = 64
"""Cells of the longest value without a space that stays whole: an SHA-256 in hexadecimal digits."""
TEXT_AT_LEAST = 24
"""Cells to which a column of texts may be narrowed."""
TEXT_AT_MOST = 300
"""Cells of a text that a table shows where it must fit; the rest is an ellipsis. A record has it whole."""
TURNED_AT_MOST = 5
"""Rows of an answer that becomes records where not all of its columns fit."""
UNLIMITED = 10_000_000
"""Cells of a line where nothing limits it."""
NAMED_AT_MOST = 8
"""Columns left out that are named."""
GAP = 2
"""Cells between two columns."""
_BLANKS = dict.fromkeys(b"\t\n\v\f\r", " ")
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}") | _BLANKS
_CONTROLS_BUT_LINES = {code: text for code, text in _CONTROLS.items() if code != 10}


class TableLayout(Enum):
    """How a table is laid out: fitted to the terminal, at its whole width, or a record a row."""

    FIT = "fit"
    WIDE = "wide"
    RECORD = "record"

    @classmethod
    def of(cls, is_wide: bool, is_record: bool) -> "TableLayout":
        """The layout that these options ask for; raises `UsageError` for both."""
        if is_wide and is_record:
            raise UsageError("--wide and --record exclude each other")
        return cls.WIDE if is_wide else cls.RECORD if is_record else cls.FIT


class _Column(NamedTuple):
    """A column of texts as they are printed."""

    name: str
    cells: list[str]
    is_number: bool
    is_whole: bool

    @property
    def natural(self) -> int:
        """Cells at its whole width."""
        return max(cell_len(self.name), *map(cell_len, self.cells), 1)

    @property
    def least(self) -> int:
        """Cells that it needs."""
        return self.natural if self.is_whole else min(self.natural, max(TEXT_AT_LEAST, cell_len(self.name)))


def laid_out(
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    layout: TableLayout = TableLayout.FIT,
    width: int | None = None,
    turns: bool = False,
) -> RenderableType:
    """The table; None is an empty cell. `width`: cells of the terminal, None without a limit. `turns`: few rows
    become records where the columns do not fit."""
    if layout is TableLayout.RECORD:
        return _records(names, rows)
    columns = [_column(name, [row[index] for row in rows]) for index, name in enumerate(names)]
    if layout is TableLayout.WIDE or width is None or _natural(columns) <= width:
        return _table(columns)
    columns = [each._replace(cells=[_shortened(one) for one in each.cells]) for each in columns]
    kept = _fitting(columns, width)
    if len(kept) == len(columns):
        return _table(columns)
    if turns and 0 < len(rows) <= TURNED_AT_MOST:
        return _records(names, rows)
    missing = [each.name for each in columns if not any(each is one for one in kept)]
    return Group(_table(kept), Text(_left_out(missing, width)))


def terminal_width() -> int | None:
    """Cells of a line: COLUMNS where it is set, else the terminal's; None, without a limit, where there is none."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    return Console().width if sys.stdout.isatty() else None


def show(*parts: RenderableType, layout: TableLayout = TableLayout.FIT) -> None:
    """Print to standard output, without blanks at the ends of lines."""
    screen = console(layout)
    with screen.capture() as captured:
        screen.print(*parts, sep="\n")
    sys.stdout.write("\n".join(line.rstrip(" ") for line in captured.get().split("\n")))
    sys.stdout.flush()


def console(layout: TableLayout = TableLayout.FIT) -> Console:
    """Standard output, as wide as the terminal or without limit; it takes texts as they are."""
    width = None if layout is TableLayout.WIDE else terminal_width()
    return Console(width=width or UNLIMITED, markup=False, emoji=False, highlight=False)


def _column(name: str, values: Sequence[Any]) -> _Column:
    there = [value for value in values if value is not None]
    is_number = bool(there) and all(_is_number(value) for value in there)
    cells = [_text(value).translate(_CONTROLS) for value in values]
    is_whole = is_number or all(isinstance(each, date) or _is_word(_text(each)) for each in there)
    return _Column(name, cells, is_number, is_whole)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal | timedelta) and not isinstance(value, bool)


def _is_word(text: str) -> bool:
    """Whether it is an id, a slug or a path: something that is copied whole. A URL is too long for that."""
    return "://" not in text and len(text.split()) <= 1 and cell_len(text) <= WORD_AT_MOST


def _shortened(text: str) -> str:
    if cell_len(text) <= TEXT_AT_MOST:
        return text
    short = Text(text)
    short.truncate(TEXT_AT_MOST, overflow="ellipsis")
    return short.plain


def _natural(columns: Sequence[_Column]) -> int:
    return sum(each.natural for each in columns) + GAP * (len(columns) - 1)


def _least(columns: Sequence[_Column]) -> int:
    return sum(each.least for each in columns) + GAP * (len(columns) - 1)


def _fitting(columns: list[_Column], width: int) -> list[_Column]:
    """The columns without those that must be left out; one at least stays."""
    kept = list(columns)
    empty = [each for each in columns if not any(each.cells)]
    for each in (*reversed(empty), *(one for one in reversed(columns) if one not in empty)):
        if _least(kept) <= width or len(kept) == 1:
            break
        kept = [one for one in kept if one is not each]
    return kept


def _left_out(names: Sequence[str], width: int) -> str:
    more = f" and {len(names) - NAMED_AT_MOST} more" if len(names) > NAMED_AT_MOST else ""
    return f"left out at {width} columns: {', '.join(names[:NAMED_AT_MOST])}{more}; --wide or --record shows them"


def _table(columns: Iterable[_Column]) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    columns = list(columns)
    for each in columns:
        side: JustifyMethod = "right" if each.is_number else "left"
        table.add_column(Text(each.name), justify=side, no_wrap=each.is_whole, overflow="fold")
    for row in zip(*(each.cells for each in columns), strict=True):
        table.add_row(*map(Text, row))
    return table


def _records(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> RenderableType:
    """A heading and a line a column for each row; line ends of a value stay."""
    parts: list[RenderableType] = []
    for number, row in enumerate(rows, 1):
        record = Table.grid(padding=(0, GAP, 0, 0))
        record.add_column(no_wrap=True)
        record.add_column(overflow="fold")
        for name, value in zip(names, row, strict=True):
            record.add_row(Text(name), Text(_text(value).translate(_CONTROLS_BUT_LINES)))
        parts += [Text(f"-- record {number} --"), record]
    return Group(*parts)
