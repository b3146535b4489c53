"""RSL licences: which uses they prohibit for a page."""

import pytest

from tasks.pure.http.rsl import link_of, prohibited

RSL = b"""<rsl xmlns="https://rslstandard.org/rsl">
  <content url="/"><license><prohibits type="usage">ai-train search</prohibits></license></content>
  <content url="/open/*"><license><permits type="usage">all</permits></license></content>
  <content url="/lab/"><license><permits type="usage">search, ai-input</permits></license></content>
  <content url="/geo/"><license><prohibits type="geo">EU</prohibits></license></content>
</rsl>"""


@pytest.mark.parametrize(
    ("path", "uses"),
    [("/news/a", ("ai-train", "search")), ("/open/a", ()), ("/lab/a", ("ai-train",)), ("/geo/a", ())],
)
def test_the_content_with_the_longest_matching_url_counts(path: str, uses: tuple[str, ...]) -> None:
    assert prohibited(RSL, f"https://outlet.example{path}") == uses


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"<rsl/>", b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rsl>&a;</rsl>']
)
def test_what_is_no_licence_prohibits_nothing(body: bytes) -> None:
    assert prohibited(body, "https://outlet.example/a") == ()


def test_a_link_header_may_name_the_licence() -> None:
    other = '<https://a.example/>; rel="next"'
    named = f'{other}, <https://a.example/l.xml>; rel="license"; type="application/rsl+xml"'

    assert link_of((named,)) == "https://a.example/l.xml"
    assert link_of((other, '<https://cc.example/by>; rel="license"')) is None
