"""The site of the documents: nothing in it asks another host, and links out of docs/ are mended."""

from pathlib import Path

import pytest

from docs._generate.hooks import rebased
from docs._generate.outside import outside_requests

OUTSIDE = [
    '<script src="https://cdn.example/x.js"></script>',
    '<link rel="stylesheet" href="//fonts.example/css">',
    '<link rel="preconnect" href="https://fonts.example">',
    '<img src="https://pictures.example/a.png">',
    '<iframe src="http://frames.example/"></iframe>',
    "<style>@font-face { src: url(https://fonts.example/a.woff2) }</style>",
    '<pre class="mermaid">graph LR</pre>',
]
INSIDE = [
    '<a href="https://people.example/">for people</a>',
    '<link rel="canonical" href="https://newsdesk.example/">',
    '<script src="assets/bundle.js"></script><img src="../a.svg"><link rel="stylesheet" href="a.css">',
    "<style>p { background: url(data:image/png;base64,AA==) }</style>",
]


@pytest.mark.parametrize("markup", OUTSIDE)
def test_what_a_page_would_load_from_another_host_is_noticed(tmp_path: Path, markup: str) -> None:
    (tmp_path / "page.html").write_text(f"<html><body>{markup}</body></html>")
    assert len(list(outside_requests(tmp_path))) == 1


@pytest.mark.parametrize("markup", INSIDE)
def test_links_for_people_and_files_beside_the_page_are_fine(tmp_path: Path, markup: str) -> None:
    (tmp_path / "page.html").write_text(f"<html><body>{markup}</body></html>")
    assert list(outside_requests(tmp_path)) == []


def test_a_font_that_a_style_sheet_loads_from_another_host_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("@import 'https://fonts.example/css';")
    assert list(outside_requests(tmp_path)) == ["a.css: https://fonts.example/css"]


@pytest.mark.parametrize(
    ("path", "page", "text", "expected"),
    [
        ("docs/how-to/query.md", "how-to/query.md", "[q](queries.md#a)", "[q](queries.md#a)"),
        ("CONTRIBUTING.md", "contributing.md", "[q](docs/how-to/query.md)", "[q](how-to/query.md)"),
        ("docs/decisions/0001.md", "decisions/0001.md", "[lock](../../uv.lock)", "lock (`uv.lock`)"),
        ("docs/a.md", "a.md", "[`uv.lock`](../uv.lock)", "`uv.lock`"),
        (
            "docs/a.md",
            "a.md",
            "[there](#there) [p](https://people.example/)",
            "[there](#there) [p](https://people.example/)",
        ),
    ],
)
def test_links_lead_from_a_page_to_what_the_document_links_to(path: str, page: str, text: str, expected: str) -> None:
    assert rebased(text, path, page) == expected
