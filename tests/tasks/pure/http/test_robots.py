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
    "line",
    ["Crawl-delay: 5", "Request-rate: 1/5", "Noindex: /n", "Clean-param: ref /a", "Content-Signal: ai-train=no", "x"],
)
@pytest.mark.parametrize("other", ["Sitemap: /s.xml", "", "# a word"])
def test_rules_alone_end_a_run_of_agents(line: str, other: str) -> None:
    body = f"User-agent: newsdesk\n{line}\n{other}\nUser-agent: other\nDisallow: /p\n\nUser-agent: *\nDisallow: /q"
    assert [allows(body.encode(), path) for path in ("/p", "/q")] == [False, True]


@pytest.mark.parametrize("rule", ["Allow: /a", "disallow:", "Dissallow: /a", "Disallow /a", "Disallow:/a # b"])
def test_a_rule_ends_a_run_of_agents(rule: str) -> None:
    assert allows(f"User-agent: newsdesk\n{rule}\nUser-agent: other\nDisallow: /p".encode(), "/p")


@pytest.mark.parametrize(
    "name",
    [
        "news",
        "newsdeskbot",
        "newsdesk-images",
        "newsdesk_2",
        "newsdesk24",
        "news*",
        "desk",
        "my newsdesk",
        "a/newsdesk",
        "",
        "# newsdesk",
        "Mozilla/5.0 (compatible; newsdesk/1.0)",
    ],
)
def test_a_group_for_another_name_is_for_another_agent(name: str) -> None:
    body = f"User-agent: {name}\nDisallow: /\n\nUser-agent: *\nDisallow: /p".encode()
    assert [allows(body, path) for path in ("/q", "/p")] == [True, False]


@pytest.mark.parametrize(
    "name", ["Newsdesk", "NEWSDESK/1.0", "newsdesk/2.1 (+https://n.example)", "newsdesk*", "newsdesk # us"]
)
def test_the_product_token_names_the_agent_in_any_case(name: str) -> None:
    body = f"User-agent: *\nDisallow: /p\n\nUser-agent: {name}\nDisallow: /q".encode()
    assert [allows(body, path) for path in ("/p", "/q")] == [True, False]


def test_groups_of_one_agent_count_together_wherever_they_stand() -> None:
    body = b"User-agent: newsdesk\nDisallow: /a\nUser-agent: *\nDisallow: /b\nUser-agent: Newsdesk/1\nDisallow: /c"
    assert [allows(body, path) for path in ("/a", "/b", "/c")] == [False, True, False]


def test_a_group_without_a_rule_allows_its_agent_everything() -> None:
    assert allows(b"User-agent: *\nDisallow: /\n\nUser-agent: newsdesk\n", "/q")


@pytest.mark.parametrize(
    ("body", "delay_s"),
    [
        ("User-agent: newsdesk\nCrawl-delay: 5\nUser-agent: other\nDisallow: /p", 5.0),
        ("User-agent: other\nUser-agent: newsdesk\nDisallow: /p\nCrawl-delay: 5", 5.0),
        ("User-agent: slow\nCrawl-delay: 60\nUser-agent: *\nDisallow: /p", None),
        ("User-agent: newsdesk\nDisallow: /p\nUser-agent: *\nDisallow: /\nUser-agent: newsdesk\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nCrawl-delay: 9\nUser-agent: newsdesk\nDisallow: /p", None),
    ],
)
def test_a_crawl_delay_counts_for_the_agents_above_it(body: str, delay_s: float | None) -> None:
    assert read_robots(body.encode()).crawl_delay_s(AGENT) == delay_s


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\f"])
def test_only_cr_and_lf_end_a_line(sign: str) -> None:
    assert allows(f"User-agent: *\nDisallow: /p{sign}Disallow: /q".encode(), "/q")


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
