"""Former forms: what is stored under the canonical form of versions before."""

import pytest

from tasks.pure.urls.former_form import former_form

SITE = "https://blatt.example"


@pytest.mark.parametrize(
    ("url", "former"),
    [
        ("/wind%26regen", "/wind&regen"),
        ("/wind%2Cregen%28neu%29", "/wind,regen(neu)"),
        ("/lesen?1423", "/lesen?1423="),
        ("/?/2026/wind", "/?%2F2026%2Fwind="),
        ("/?b&a", "/?a=&b="),
        ("/?p=x;a=blob", "/?p=x%3Ba%3Dblob"),
    ],
)
def test_escapes_and_bare_queries_had_another_form(url: str, former: str) -> None:
    assert former_form(SITE + url) == SITE + former


@pytest.mark.parametrize(
    "url", ["/", "/wind", "/wind?a=1&b=2", "/wind?q=a%2Fb", "/%C3%A4", "/wind%2Fregen", "/a%25b"]
)
def test_all_other_urls_have_the_form_that_they_had(url: str) -> None:
    assert former_form(SITE + url) == SITE + url
