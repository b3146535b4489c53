"""The other forms of an address."""

from uuid import NAMESPACE_URL, uuid5

import pytest

from tasks.pure.history.url_variants import variants

FERRY = "https://harbour.example/ferry"


@pytest.mark.parametrize(
    "url",
    [
        "http://harbour.example/ferry",
        "https://www.harbour.example/ferry",
        "https://m.harbour.example/ferry",
        "https://harbour.example/ferry/",
        "https://harbour.example/ferry/amp",
        "https://amp.harbour.example/ferry",
        "https://harbour.example/ferry.amp",
        "https://harbour.example/ferry?outputType=amp",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_other_forms_of_an_address_name_each_other(url: str, is_first: bool) -> None:
    one, other = (FERRY, url) if is_first else (url, FERRY)

    assert variants(one)[uuid5(NAMESPACE_URL, other).bytes] == other


def test_an_address_with_another_path_or_query_is_no_form_of_it() -> None:
    forms = variants("https://harbour.example/ferry?id=1").values()

    assert not {FERRY, "https://harbour.example/ferry?id=2", "https://harbour.example/ferry/2"} & set(forms)


@pytest.mark.parametrize(
    ("url", "former"),
    [
        ("https://harbour.example/sand%26gravel", "https://harbour.example/sand&gravel"),
        ("https://harbour.example/read?1423", "https://harbour.example/read?1423="),
        ("https://harbour.example/?/2026/ferry", "https://harbour.example/?%2F2026%2Fferry="),
        ("https://harbour.example/?b&a=1", "https://www.harbour.example/?a=1&b="),
        ("https://harbour.example/sand%2Bgravel", "http://harbour.example/sand+gravel/"),
    ],
)
def test_the_form_of_versions_before_is_a_form_of_the_address(url: str, former: str) -> None:
    assert variants(url)[uuid5(NAMESPACE_URL, former).bytes] == former


def test_a_bare_query_keeps_its_order_in_every_form() -> None:
    assert "http://www.harbour.example/?b&a" in variants("https://harbour.example/?b&a").values()
