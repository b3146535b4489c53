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
