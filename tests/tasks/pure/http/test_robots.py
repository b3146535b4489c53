"""Robots: RFC 9309, on whatever a server sends."""

import time

import pytest

from tasks.pure.http.robots import READ_BYTES, is_page, read_robots

AGENT = "newsdesk"


def allows(body: bytes, path: str, agent: str = AGENT) -> bool:
    """Whether the file lets the agent ask for the path."""
    return read_robots(body).allows(f"https://one.example{path}", agent)


@pytest.mark.parametrize(
    ("body", "path", "is_allowed"),
    [
        (b"User-agent: *\nDisallow: /p", "/p/a", False),
        (b"User-agent: *\nDisallow: /p", "/q", True),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: newsdesk\nDisallow: /p", "/q", True),
        (b"User-agent: *\nDisallow:\n\nUser-agent: NewsDesk\nDisallow: /", "/q", False),
        (b"User-agent: other\nUser-agent: newsdesk\nDisallow: /p", "/p", False),
        (b"User-agent: other\nDisallow: /p", "/p", True),
        (b"User-agent: *\nDisallow: /p\nAllow: /p/a", "/p/a", True),
        (b"User-agent: *\nAllow: /p\nDisallow: /p", "/p", True),
        (b"User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        (b"User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        (b"User-agent: *\rDisallow: /p\r", "/p", False),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /p", "/p", False),
        ("User-agent: *\nDisallow: /p".encode("utf-16"), "/p", False),
        (b"User-agent: *\nDisallow: /p\xe4\nDisallow: /q", "/q", False),
        (b"User-\0agent: *\nDisal\0low: /p", "/p", False),
        (b"user agent *\ndisallow /p", "/p", False),
        (b"", "/p", True),
        (b"<html>\nUser-agent: *\nDisallow: /\n</html>", "/p", True),
        (b"User-agent: *\nDisallow: /", "/robots.txt", True),
    ],
)
def test_what_a_file_allows(body: bytes, path: str, is_allowed: bool) -> None:
    assert allows(body, path) is is_allowed


@pytest.mark.parametrize(
    ("body", "is_markup"),
    [
        (b"<!doctype html>", True),
        (b"\xef\xbb\xbf \n<html>", True),
        ("<html>".encode("utf-16"), True),
        (b"", False),
        (b"User-agent: *\n# <html>", False),
    ],
)
def test_a_page_in_the_place_of_a_robots_txt_is_known(body: bytes, is_markup: bool) -> None:
    assert is_page(body) is is_markup


@pytest.mark.parametrize(
    ("value", "delay_s"),
    [("10", 10.0), ("0.1", 0.1), ("86400", 86400.0), ("-3", None), ("abc", None), ("nan", None), ("1e400", None)],
)
def test_a_crawl_delay_is_read_where_it_is_a_number(value: str, delay_s: float | None) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {value}".encode()).crawl_delay_s(AGENT) == delay_s


def test_sitemaps_are_named_for_everybody_and_capped() -> None:
    body = b"User-agent: other\nDisallow: /\nSitemap: /a.xml\n" + b"Sitemap: https://one.example/b.xml\n" * 10_000
    sitemaps = read_robots(body).sitemaps
    assert (sitemaps[:2], len(sitemaps)) == (("/a.xml", "https://one.example/b.xml"), 500)


def test_rules_behind_500_kib_do_not_count_and_a_cut_line_is_dropped() -> None:
    start = b"User-agent: *\nDisallow: /first\n"
    filler = b"#" * (READ_BYTES - len(start) - len(b"\nDisallow: /"))
    body = start + filler + b"\nDisallow: /cut\nDisallow: /late\n"
    assert [allows(body, path) for path in ("/first", "/other", "/late")] == [False, True, True]


@pytest.mark.parametrize(
    "body",
    [
        b"".join(b"user-agent:a%d\n" % n for n in range(12_000)) + b"allow:/a\n" * 30_000,
        b"".join(b"User-agent: a%d\nDisallow: /\n" % n for n in range(15_000)),
        b"User-agent: *\n" + b"Disallow: /a*b*c*d\n" * 25_000,
        b"User-agent: *\nDisallow: /" + b"a" * 65536 + b"\nDisallow: /q",
        b"User-agent: newsdesk\n" * 25_000 + b"Disallow: /q",
    ],
    ids=["many agents, many rules", "many groups", "many patterns", "a line of 64 KiB", "one agent for ever"],
)
def test_a_hostile_file_costs_less_than_two_seconds(body: bytes) -> None:
    started = time.process_time()
    allows(body, "/q")
    assert time.process_time() - started < 2
