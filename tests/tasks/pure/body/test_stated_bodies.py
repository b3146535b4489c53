"""When JSON-LD's body replaces what was found, and in which paragraphs."""

from tasks.pure.body.stated_bodies import is_short_of, once, stated_paragraphs
from tasks.pure.page.lines import page_lines
from tests.support.extraction_samples import article_html, page_of

LINES = [
    "Der Hafen von Emsland wird im Winter zum ersten Mal seit dem Krieg wieder ausgebaggert werden müssen.",
    "Drei Schiffe aus den Niederlanden sollen von November an jede Nacht bis zum Morgen im Einsatz sein.",
    "Der Schlick kommt auf ein Feld hinter dem Deich, das die Gemeinde vor elf Jahren dafür gekauft hatte.",
    "Die Fischer rechnen mit einem halben Jahr ohne Krabben und haben eine Entschädigung dafür verlangt.",
    "Am Ende soll das Wasser an der Mole vier Meter tief sein, einen Meter tiefer als in diesem Sommer.",
    "Bezahlt wird das alles aus einer Abgabe auf jede Tonne, die im Hafen umgeschlagen und gewogen wird.",
]
TWICE = "".join(line.rstrip() for line in LINES) * 2


def test_a_body_that_says_itself_twice_counts_once() -> None:
    assert once(TWICE) == "".join(LINES)
    assert once(" ".join(LINES)) == " ".join(LINES)


def test_a_text_that_says_all_sentences_is_not_short_of_their_repetition() -> None:
    assert not is_short_of(LINES, TWICE)
    assert not is_short_of(LINES, TWICE * 2)


def test_a_text_with_a_third_of_the_stated_lines_is_short() -> None:
    assert is_short_of(LINES[:2], "\n".join(LINES))
    assert is_short_of(LINES[:2], " ".join(LINES))


def test_a_stated_body_of_one_line_comes_in_the_paragraphs_of_the_page() -> None:
    page = page_of(article_html("".join(f"<div><p>{line}</p></div>" for line in LINES)))
    assert stated_paragraphs("".join(LINES), page_lines(page.tree)) == LINES


def test_a_stated_body_that_the_page_does_not_show_stays_as_it_is() -> None:
    page = page_of(article_html(f"<p>{LINES[0]}</p>"))
    assert stated_paragraphs(" ".join(LINES), page_lines(page.tree)) == [" ".join(LINES)]
    assert stated_paragraphs("\n".join(LINES), page_lines(page.tree)) == LINES
