"""Content-Signal and License lines of robots.txt."""

import pytest

from tasks.pure.http.robots import read_robots

URL = "https://outlet.example/news/a"
ROBOTS = b"""User-agent: otherbot
Content-Signal: search=no

User-agent: *
Content-Signal: search=yes, ai-train=no   # EU 2019/790
Content-Signal: /open ai-train=yes, ai-input=no
Allow: /

License: https://outlet.example/license.xml
"""


def test_what_the_group_says_no_to_is_refused_with_its_line() -> None:
    signals = read_robots(ROBOTS).signals(URL, "newsdesk")

    assert list(signals) == ["ai-train"]
    assert signals["ai-train"].startswith("Content-Signal: search=yes, ai-train=no")


def test_a_line_with_a_longer_path_counts_for_it() -> None:
    assert list(read_robots(ROBOTS).signals("https://outlet.example/open/a", "newsdesk")) == ["ai-input"]


def test_a_group_of_our_own_is_the_only_one_that_counts() -> None:
    assert read_robots(ROBOTS + b"User-agent: newsdesk\nAllow: /\n").signals(URL, "newsdesk") == {}


@pytest.mark.parametrize(
    "line", ["Content-Signal: ai-train", "Content-Signal:", "Content-Signal: ai-train=maybe", ""]
)
def test_a_use_that_is_not_said_no_to_is_not_refused(line: str) -> None:
    assert read_robots(f"User-agent: *\n{line}\n".encode()).signals(URL, "newsdesk") == {}


def test_the_licence_is_named_anywhere_in_the_file() -> None:
    assert read_robots(ROBOTS).licence == "https://outlet.example/license.xml"
    assert read_robots(b"User-agent: *\nLicense: /relative.xml\n").licence is None
