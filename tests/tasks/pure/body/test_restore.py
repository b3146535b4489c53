"""What extraction lost is put back, and nothing else."""

import pytest

from tasks.pure.body.restore import (
    in_page_order,
    rescue,
    restore_between,
    restore_brothers,
    restore_first,
    restore_lists,
)
from tasks.pure.page.lines import links_in, page_lines
from tests.support.extraction_samples import SENTENCE, article_html, page_of

LINES = [f"{number}. {SENTENCE}" for number in range(8)]
PAGE = page_of("<div class=text>" + "".join(f"<p>{line}</p>" for line in LINES) + "</div>")


def test_a_lost_brother_is_put_back_in_its_place() -> None:
    assert restore_brothers([*LINES[:3], *LINES[4:]], page_lines(PAGE.tree)) == LINES


def test_what_stands_above_the_first_extracted_paragraph_is_not_put_back() -> None:
    assert restore_brothers(LINES[2:], page_lines(PAGE.tree)) == LINES[2:]


def test_a_line_in_another_slot_is_not_put_back() -> None:
    text = "".join(f"<p>{line}</p>" for line in LINES[:4])
    other = page_of(f"<div class=text>{text}</div><div><p>Other {SENTENCE}</p></div>")

    assert restore_brothers(LINES[:4], page_lines(other.tree)) == LINES[:4]


def with_lost(between: str) -> list[str]:
    """What comes of a text of two paragraphs, between which this stands and was lost."""
    page = page_of(f"<div class=text><p>{LINES[0]}</p>{between}<p>{LINES[1]}</p></div>")
    return restore_between(LINES[:2], page_lines(page.tree))


def test_a_lost_subheading_is_put_back_above_its_paragraph() -> None:
    assert with_lost("<h2>What the harbour paid</h2>") == [LINES[0], "What the harbour paid", LINES[1]]


@pytest.mark.parametrize(
    "heading", ["<h2><a href=/tide>Why the tide came early</a></h2>", "<div><h3>Most read</h3></div>", "<p>Aside</p>"]
)
def test_a_linked_heading_and_one_in_an_element_of_its_own_are_not(heading: str) -> None:
    assert with_lost(heading) == LINES[:2]


@pytest.mark.parametrize(
    "sentence",
    [
        "<p>But there are two faults in it.</p>",
        "<p>It also <a href=/plan>builds ships, sells timber and lends money to sailors</a>.</p>",
        "<p class=dropcap>In 1897 the first ferry sank.</p>",
    ],
    ids=["short", "most of it linked", "in a slot of its own"],
)
def test_a_lost_sentence_is_put_back_between_its_neighbours(sentence: str) -> None:
    lost = page_of(sentence).tree.text_content()

    assert with_lost(sentence) == [LINES[0], lost, LINES[1]]


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href=/tide>The tide came early.</a></p>",
        "<p>Our newsletter</p>",
        "<div class=box><p>Get it every day.</p></div>",
    ],
    ids=["a link", "no sentence", "in an element of its own"],
)
def test_another_line_between_two_paragraphs_is_not(line: str) -> None:
    assert with_lost(line) == LINES[:2]


def test_a_lost_first_paragraph_is_put_back() -> None:
    assert restore_first(LINES[1:], page_lines(PAGE.tree)) == LINES


@pytest.mark.parametrize(
    "line",
    [f"<h2>{SENTENCE}</h2>", f"<p class=dek>{SENTENCE}</p>", "<p>One.</p>", f"<p>{SENTENCE[:-1]}</p>"],
    ids=["a heading", "in another slot", "short", "no sentence"],
)
def test_another_line_above_the_text_is_not(line: str) -> None:
    page = page_of(f"<div class=text>{line}<p>{LINES[0]}</p></div>")

    assert restore_first(LINES[:1], page_lines(page.tree)) == LINES[:1]


def test_the_stated_body_replaces_an_excerpt_of_itself() -> None:
    assert rescue(LINES[:2], [], "\n".join(LINES), LINES[:2]) == LINES


def test_a_stated_body_of_another_text_is_not_believed() -> None:
    assert rescue(LINES[:2], [], "Something else altogether. " * 99, LINES[:2]) == LINES[:2]


def test_a_stated_excerpt_replaces_nothing() -> None:
    assert rescue(LINES, [], LINES[0], LINES) == LINES


def test_the_fullest_slot_of_the_page_replaces_next_to_nothing() -> None:
    assert rescue(["Menu"], page_lines(PAGE.tree), None, ["Menu"]) == LINES


def test_links_of_kept_paragraphs_are_absolute_and_stand_once() -> None:
    page = page_of(
        '<p>One <a href="/a">link</a>, <a href="/a">again</a>, '
        '<a href="javascript:x()">script</a>, <a href="#n">note</a>.</p>'
        '<p>Gone <a href="/b">link</a></p>'
    )
    links = links_in(["One link, again, script, note."], page_lines(page.tree), "https://x.example/")

    assert [(link.url, link.text) for link in links] == [("https://x.example/a", "link")]


ITEMS = ["Neun Zentimeter Eiche", "Ein Geländer aus Stahl", "Zwei Wächter am Tor"]


@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize("tags", [("ul", "li"), ("ol", "li"), ("dl", "dd")])
def test_a_lost_list_is_put_back_among_the_paragraphs_beside_it(place: int, tags: tuple[str, str]) -> None:
    around, item = tags
    told = "".join(f"<{item}>{text}</{item}>" for text in ITEMS)
    parts = [f"<p>{line}</p>" for line in LINES[:4]]
    page = page_of("".join([*parts[:place], f"<{around}>{told}</{around}>", *parts[place:]]))

    assert restore_lists(LINES[:4], page_lines(page.tree)) == [*LINES[:place], *ITEMS, *LINES[place:4]]


@pytest.mark.parametrize(
    "other",
    [
        f"<div><ul>{''.join(f'<li>{text}</li>' for text in ITEMS)}</ul></div>",
        f"<ul>{''.join(f'<li><a href=/{place}>{text}</a></li>' for place, text in enumerate(ITEMS))}</ul>",
        f"<ul><li>{SENTENCE}</li></ul>",
        "<ul>" + "".join(f"<li><b><a href=/q>Quay</a></b> {text} {text}</li>" for text in ITEMS) + "</ul>",
    ],
    ids=["in an element of its own", "links", "one item", "other articles with their first sentences"],
)
def test_a_list_that_is_no_part_of_the_text_is_not(other: str) -> None:
    page = page_of("".join(f"<p>{line}</p>" for line in LINES[:2]) + other)

    assert restore_lists(LINES[:2], page_lines(page.tree)) == LINES[:2]


def test_a_longer_slot_with_other_text_does_not_replace_an_article() -> None:
    letter = "Ich finde, dass der Rat sich damit viel zu viel Zeit gelassen hat, und das sage nicht nur ich. " * 2
    letters = "".join(f"<div class=letter><p>Leserin {number}: {letter}</p></div>" for number in range(9))
    page = page_of("".join(f"<p>{line}</p>" for line in LINES[:4]) + letters)

    assert rescue(LINES[:4], page_lines(page.tree), None, LINES[:4]) == LINES[:4]


def test_the_slot_that_holds_what_was_selected_replaces_it_whatever_lead_was_put_back() -> None:
    told = [f"{number}. {line}" for number in range(9) for line in LINES]
    page = page_of("".join(f"<div class=tile><p>{line}</p></div>" for line in told))
    lead = [
        f"The lead, part {number}, tells at some length what the nine lists below are good for." for number in "123"
    ]

    assert rescue([*lead, told[0]], page_lines(page.tree), None, [told[0]]) == told


def test_lines_come_in_the_order_of_the_page() -> None:
    page = page_lines(page_of(article_html("".join(f"<div><p>{line}</p></div>" for line in LINES))).tree)
    assert in_page_order([LINES[1], LINES[0], *LINES[2:]], page) == LINES


def test_a_line_that_the_page_does_not_hold_stays_behind_the_one_above_it() -> None:
    page = page_lines(page_of(article_html("".join(f"<p>{line}</p>" for line in LINES[:3]))).tree)
    assert in_page_order([LINES[2], "Unseen.", LINES[0]], page) == [LINES[0], LINES[2], "Unseen."]
