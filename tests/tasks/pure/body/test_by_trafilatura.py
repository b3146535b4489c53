"""The body by trafilatura: the frame of an article alone must give what its whole sequence gives."""

from pathlib import Path

import pytest
import trafilatura
from lxml.html import HtmlElement, document_fromstring
from trafilatura.settings import Extractor

from schemas.items.outcome import Refusal
from schemas.items.unspaced_scripts import words_of
from tasks.pure.body.by_trafilatura import read_paragraphs
from tests.support.repository import ROOT

_PAGES = sorted((ROOT / "tests").glob("pages/*/*/page.html"))
_PARAGRAPH = (
    "The council met on Tuesday evening and voted for the new bridge over the river, after long hours of talk. "
)
_URL = "https://courier.example/1"


def _read(tree: HtmlElement) -> tuple[str, ...]:
    found = read_paragraphs(tree, _URL)
    assert not isinstance(found, Refusal)
    return found


@pytest.mark.parametrize("page", _PAGES, ids=[f"{page.parts[-3]}/{page.parts[-2]}" for page in _PAGES])
def test_a_page_gives_what_the_whole_sequence_gives(page: Path) -> None:
    tree = document_fromstring(page.read_bytes())
    options = Extractor(output_format="python", fast=True, comments=False)
    options.min_extracted_size = 100
    whole = trafilatura.bare_extraction(tree, url=_URL, options=options)

    found = _read(tree)

    assert words_of(" ".join(found)) == words_of(str(getattr(whole, "text", "")))


def test_a_frame_with_little_in_it_is_left_for_the_rest_of_the_page() -> None:
    paragraphs = "".join(f"<p>{number}. {_PARAGRAPH * 4}</p>" for number in range(8))
    page = f"<html><body><article><p>Short.</p></article><div>{paragraphs}</div></body></html>"

    found = _read(document_fromstring(page))

    assert len(found) >= 8


def test_the_tree_is_left_as_it_was() -> None:
    tree = document_fromstring(
        f"<html><body><article><h1>Bridge</h1>{f'<p>{_PARAGRAPH}</p>' * 9}</article></body></html>"
    )
    before = tree.text_content()

    _read(tree)

    assert tree.text_content() == before
    assert tree.find(".//article") is not None
