"""Where half of a text was believed, the rest of its column comes back; what is no part of it does not."""

import pytest

from tasks.pure.body.column import restore_column
from tasks.pure.page.lines import PageLine, page_lines
from tests.support.extraction_samples import page_of

LIGHTS = ("Abbot Head", "Barra", "Corran", "Dunnet", "Eday", "Fair Isle", "Girdle Ness")
LINES = [
    f"{place} keeps its lighthouse, although no ship has needed it for {years} years by now."
    for years, place in enumerate(LIGHTS, 11)
]
FOOT = [
    "The words on these pages may be used elsewhere where their source is named beside them in full.",
    "Whoever writes to the house gets an answer within two weeks, though seldom the one he hoped for.",
]


def lines_of(inside: str) -> list[PageLine]:
    return page_lines(page_of(f"<body>{inside}</body>").tree)


def wrapped(*texts: str, tag: str = "div") -> str:
    return "".join(f"<div class=w><{tag} class=t>{text}</{tag}></div>" for text in texts)


def test_the_rest_of_a_text_in_divisions_behind_its_first_paragraphs_comes_back() -> None:
    first = "".join(f"<p>{line}</p>" for line in LINES[:2])
    page = lines_of(f"<div><h1>Lights</h1><div>{first}</div><div>{wrapped(*LINES[2:])}</div></div>")
    assert restore_column(LINES[:2], page) == LINES


def test_a_teaser_between_the_lines_does_not_come_with_them() -> None:
    teaser = "<article><h3>Storm</h3><div>What is known of the storm by now stands in our overview.</div></article>"
    page = lines_of(f"<div><h1>Lights</h1>{wrapped(*LINES[:4])}{wrapped(teaser)}{wrapped(*LINES[4:])}</div>")
    assert restore_column([LINES[0]], page) == LINES


def test_the_column_below_the_headline_replaces_the_foot_of_the_page() -> None:
    foot = "".join(f"<p>{line}</p>" for line in FOOT)
    page = lines_of(f"<div><h1>Lights</h1><div>{wrapped(*LINES)}</div></div><div>{foot}</div>")
    assert restore_column(FOOT, page) == LINES
    assert restore_column([*LINES, *FOOT], page) == LINES


@pytest.mark.parametrize(
    "column",
    [
        f"<div><h2>What our readers say</h2>{wrapped(*LINES[2:])}</div>",
        f"<div>{wrapped(*LINES[2:4])}</div>",
        "<div>" + wrapped(*(f'<a href="/n">{line}</a>' for line in LINES[2:])) + "</div>",
    ],
    ids=["under a heading of its own", "two lines", "links"],
)
def test_what_is_no_column_of_the_text_does_not_come(column: str) -> None:
    first = "".join(f"<p>{line}</p>" for line in LINES[:2])
    page = lines_of(f"<div><h1>Lights</h1><div>{first}</div>{column}</div>")
    assert restore_column(LINES[:2], page) == LINES[:2]


def test_lines_that_lost_a_word_inside_count_as_extracted() -> None:
    first = "".join(f"<p>{line.replace('although', 'although<sup>1</sup>')}</p>" for line in LINES)
    found = [line.replace("although", "although ") for line in LINES]
    assert restore_column(found, lines_of(f"<div><h1>Lights</h1><div>{first}</div></div>")) == found


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td><h1>Lights</h1><div>{told}</div></td><td>{column}</td></tr></table>",
        "<div><h1>Lights</h1><div>{told}</div><ul>{items}</ul></div>",
    ],
    ids=["another column of a table", "a list"],
)
def test_other_columns_and_lists_do_not_come(page: str) -> None:
    told = "".join(f"<p>{line}</p>" for line in LINES[:2])
    items = "".join(f"<li><b>Light</b><p>{line}</p></li>" for line in LINES[2:])
    lines = lines_of(page.format(told=told, column=wrapped(*LINES[2:]), items=items))
    assert restore_column(LINES[:2], lines) == LINES[:2]


def test_a_ticker_beside_a_short_article_does_not_come() -> None:
    told = "".join(f"<p>{line}</p>" for line in LINES[:3])
    ticker = wrapped(*(f"Report {number}: {line}" for number in range(4) for line in LINES[3:]))
    page = lines_of(f"<div><h1>Lights</h1><div>{told}</div><div>{ticker}</div></div>")
    assert restore_column(LINES[:3], page) == LINES[:3]
