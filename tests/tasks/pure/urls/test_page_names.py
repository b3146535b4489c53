"""What names a page in its URL."""

import pytest

from tasks.pure.urls.page_names import share_a_name, slug_of

HOST = "https://harbour.example"


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("/local/bridge-opens", "/top/bridge-opens", True),
        ("/local/bridge-opens/", "/top/Bridge-Opens.html?from=top", True),
        ("/a/bridge-47119", "/b/47119-walk-above-the-gorge", True),
        ("/noticia/Z59BAEC38-ADF2-2475/202611/puente", "/noticia/Z59BAEC38-ADF2-2475/202611/rio", True),
        ("/2026/11/20/bridge", "/2026/11/20/gorge", False),
        ("/20261120/a", "/20261120/b", False),
        ("/news/local/1", "/news/local/2", False),
        ("/news/", "/news/", False),
    ],
)
def test_addresses_share_a_slug_or_a_number_and_no_day(one: str, other: str, shared: bool) -> None:
    assert share_a_name(HOST + one, HOST + other) is shared


def test_a_slug_of_another_host_is_another_pages() -> None:
    assert not share_a_name(f"{HOST}/bridge-opens", "https://valley.example/bridge-opens")


def test_a_short_end_of_a_path_names_no_page() -> None:
    assert [slug_of(f"{HOST}/{end}") for end in ("a", "12345678", "bridge-opens.html")] == [
        None,
        None,
        "bridge-opens",
    ]
