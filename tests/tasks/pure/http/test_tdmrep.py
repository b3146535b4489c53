"""tdmrep.json: which paths of a host are reserved from text and data mining."""

import json

import pytest

from tasks.pure.http.tdmrep import reserves

RULES = [
    {"location": "/open/*", "tdm-reservation": 0},
    {"location": "/*.pdf$", "tdm-reservation": 1},
    {"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://outlet.example/policy.json"},
]


@pytest.mark.parametrize(
    ("path", "is_reserved"),
    [
        ("/news/a", True),
        ("/open/news/a", False),
        ("/open/a.pdf", False),
        ("/files/a.pdf", True),
        ("/files/a.pdf?x=1", False),
        ("/sport", False),
        ("", False),
    ],
)
def test_the_first_rule_that_matches_the_path_counts(path: str, is_reserved: bool) -> None:
    assert reserves(json.dumps(RULES).encode(), f"https://outlet.example{path}") is is_reserved


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>not found</html>", b"{}", b'[1, "a", null]', b'[{"tdm-reservation": 1}]', b"\xff\xfe", b"[" * 9],
)
def test_a_file_that_is_no_such_list_reserves_nothing(body: bytes) -> None:
    assert not reserves(body, "https://outlet.example/news/a")


def test_a_reservation_may_be_a_text_and_stand_behind_a_byte_order_mark() -> None:
    assert reserves(b'\xef\xbb\xbf[{"location": "/", "tdm-reservation": "1"}]', "https://outlet.example/a")
