"""RSL licences: which uses they prohibit for a page."""

import pytest

from tasks.pure.http.rsl import OfPage, link_of, of_page, prohibited

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


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ('<link rel="license" type="application/rsl+xml" href="/l.xml">', OfPage("/l.xml")),
        ("<LINK href=' /l.xml ' TYPE='Application/RSL+XML; v=1' REL='nofollow License'>", OfPage("/l.xml")),
        ('<link rel="license" href="https://cc.example/by">', OfPage()),
        ('<link rel="alternate" type="application/rsl+xml" href="/l.xml">', OfPage()),
        ('<link rel="license" type="application/rsl+xml" href="">', OfPage()),
        ('<!-- <link rel="license" type="application/rsl+xml" href="/l.xml"> -->', OfPage()),
        ('<script type="application/rsl+xml"> <rsl/> </script>', OfPage(None, (b"<rsl/>",))),
        ('<script>var type = "application/rsl+xml"</script>', OfPage()),
        ("", OfPage()),
    ],
)
def test_a_page_states_its_licence_in_its_head(head: str, found: OfPage) -> None:
    assert of_page(f"<html><head><title>Ferry sails</title>{head}</head><body><p>At noon.".encode()) == found


@pytest.mark.parametrize(
    "body", [b"", b"\0application/rsl+xml", b"application/rsl+xml", b"<" * 9 + b"application/rsl+xml"]
)
def test_what_is_no_page_states_no_licence(body: bytes) -> None:
    assert of_page(body) == OfPage()
