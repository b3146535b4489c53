"""What extraction lost is put back, and nothing else."""

import pytest

from tasks.pure.rescues import rescue
from tasks.pure.slots import links_in, page_lines, restore_headings, restore_lost
from tests.tasks.pure.extraction_samples import SENTENCE, page_of

LINES = [f"{number}. {SENTENCE}" for number in range(8)]
PAGE = page_of("<div class=text>" + "".join(f"<p>{line}</p>" for line in LINES) + "</div>")


def test_a_lost_brother_is_put_back_in_its_place() -> None:
    assert restore_lost([*LINES[:3], *LINES[4:]], page_lines(PAGE.tree)) == LINES


def test_what_stands_above_the_first_extracted_paragraph_is_not_put_back() -> None:
    assert restore_lost(LINES[2:], page_lines(PAGE.tree)) == LINES[2:]


def test_a_line_in_another_slot_is_not_put_back() -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES[:4])
    other = page_of(f"<div class=text>{text}</div><div><p>Other {SENTENCE}</p></div>")

    assert restore_lost(LINES[:4], page_lines(other.tree)) == LINES[:4]


def headed(heading: str) -> list[str]:
    """What comes of a text of two paragraphs, between which this stands and was lost."""
    page = page_of(f"<div class=text><p>{LINES[0]}</p>{heading}<p>{LINES[1]}</p></div>")
    return restore_headings(LINES[:2], page_lines(page.tree))


def test_a_lost_subheading_is_put_back_above_its_paragraph() -> None:
    assert headed("<h2>What the harbour paid</h2>") == [LINES[0], "What the harbour paid", LINES[1]]


@pytest.mark.parametrize(
    "heading", ["<h2><a href=/tide>Why the tide came early</a></h2>", "<div><h3>Most read</h3></div>", "<p>Aside</p>"]
)
def test_a_linked_heading_and_one_in_an_element_of_its_own_are_not(heading: str) -> None:
    assert headed(heading) == LINES[:2]


def test_the_stated_body_replaces_an_excerpt_of_itself() -> None:
    assert rescue(LINES[:2], [], "\n".join(LINES)) == LINES


def test_a_stated_body_of_another_text_is_not_believed() -> None:
    assert rescue(LINES[:2], [], "Something else altogether. " * 99) == LINES[:2]


def test_a_stated_excerpt_replaces_nothing() -> None:
    assert rescue(LINES, [], LINES[0]) == LINES


def test_the_fullest_slot_of_the_page_replaces_next_to_nothing() -> None:
    assert rescue(["Menu"], page_lines(PAGE.tree), None) == LINES


def test_links_of_kept_paragraphs_are_absolute_and_stand_once() -> None:
    page = page_of(
        '<p>One <a href="/a">link</a>, <a href="/a">again</a>, '
        '<a href="javascript:x()">script</a>, <a href="#n">note</a>.</p>'
        '<p>Gone <a href="/b">link</a></p>'
    )
    links = links_in(["One link, again, script, note."], page_lines(page.tree), "https://x.example/")

    assert [(link.url, link.text) for link in links] == [("https://x.example/a", "link")]
