"""Reservations in files of a host: read for a page, asked for at most once a day, kept with their evidence."""

from datetime import timedelta
from pathlib import Path

from schemas.items.link import UrlKind
from tasks.politeness.reservations import reservations_of
from tests.support.sites.raw_site import answer
from tests.tasks.politeness.test_politeness import PAGE, SOURCE, polite_client_to

ROBOTS = answer(b"User-agent: *\nContent-Signal: ai-train=no\nLicense: http://one.test/rsl.xml\nAllow: /\n")
TDMREP = answer(b'[{"location": "/news/", "tdm-reservation": 1}]')
RSL = answer(b'<rsl><content url="/"><license><prohibits type="usage">ai-input</prohibits></license></content></rsl>')
PAGES = {"/robots.txt": ROBOTS, "/.well-known/tdmrep.json": TDMREP, "/rsl.xml": RSL, "*": PAGE}


def test_each_file_of_a_host_is_read_and_named(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, PAGES) as (_, client, _):
        page, _ = client.get(SOURCE, "http://one.test/news/a", UrlKind.ARTICLE)
        found = {each.policy: each.evidence for each in reservations_of(client, SOURCE, page)}

    assert found == {
        "no-ai-train": "http://one.test/robots.txt: Content-Signal: ai-train=no",
        "tdm-reservation": "http://one.test/.well-known/tdmrep.json",
        "no-ai-input": "http://one.test/rsl.xml: prohibits ai-input",
    }


def test_the_files_are_asked_for_once_a_day_and_archived(tmp_path: Path) -> None:
    with polite_client_to(tmp_path, PAGES) as (site, client, clock):
        for path in ("/news/a", "/news/b"):
            page, _ = client.get(SOURCE, f"http://one.test{path}", UrlKind.ARTICLE)
            reservations_of(client, SOURCE, page)
        once = site.asked.count("/.well-known/tdmrep.json"), site.asked.count("/rsl.xml")
        archived = {exchange.url.rpartition("/")[2] for exchange in client.exchanges()}
        clock.now += timedelta(days=1, minutes=1).total_seconds()
        reservations_of(client, SOURCE, page)

    assert once == (1, 1)
    assert archived == {"robots.txt", "tdmrep.json", "rsl.xml"}
    assert site.asked.count("/.well-known/tdmrep.json") == 2


def test_a_host_without_such_files_reserves_nothing_and_is_asked_once(tmp_path: Path) -> None:
    missing = answer(b"no", status="404 Not Found")
    with polite_client_to(tmp_path, {"/robots.txt": missing, "/.well-known/tdmrep.json": missing, "*": PAGE}) as (
        site,
        client,
        _,
    ):
        page, _ = client.get(SOURCE, "http://one.test/news/a", UrlKind.ARTICLE)
        found = [reservations_of(client, SOURCE, page) for _ in range(3)]

    assert found == [(), (), ()]
    assert site.asked == ["/robots.txt", "/news/a", "/.well-known/tdmrep.json"]


FERRY = """<!DOCTYPE html><html><head><title>The ferry sails again</title>{head}</head>
<body><article><h1>The ferry sails again</h1><p>Boats leave the quay at noon.</p></article></body></html>"""
LINK = '<link rel="license" type="application/rsl+xml" href="../page.xml">'
SCRIPT = """<script type="application/rsl+xml"><rsl><content url="/">
<license><prohibits type="usage">search</prohibits></license></content></rsl></script>"""


def test_a_licence_that_the_page_itself_states_counts_before_that_of_robots_txt(tmp_path: Path) -> None:
    page = answer(FERRY.format(head=LINK + SCRIPT).encode(), "Content-Type: text/html; charset=utf-8")
    own = answer(b'<rsl><content url="/news/"><license><prohibits>ai-train</prohibits></license></content></rsl>')
    robots = answer(b"License: http://one.test/rsl.xml\nUser-agent: *\nAllow: /\n")
    with polite_client_to(tmp_path, {"/robots.txt": robots, "/page.xml": own, "/rsl.xml": RSL, "*": page}) as (
        site,
        client,
        _,
    ):
        exchange, _ = client.get(SOURCE, "http://one.test/news/a", UrlKind.ARTICLE)
        found = {each.policy: each.evidence for each in reservations_of(client, SOURCE, exchange)}

    assert found == {
        "no-ai-train": "http://one.test/page.xml: prohibits ai-train",
        "no-search": "http://one.test/news/a: its script: prohibits search",
    }
    assert "/rsl.xml" not in site.asked


def test_a_link_header_names_the_licence_of_the_page(tmp_path: Path) -> None:
    page = answer(
        FERRY.format(head="").encode(),
        "Content-Type: text/html",
        'Link: </other.xml>; rel="license"; type="application/rsl+xml"',
    )
    own = answer(b'<rsl><content url="/"><license><permits>search</permits></license></content></rsl>')
    with polite_client_to(tmp_path, {"/other.xml": own, "*": page}) as (_, client, _):
        exchange, _ = client.get(SOURCE, "http://one.test/news/a", UrlKind.ARTICLE)
        found = [each.policy for each in reservations_of(client, SOURCE, exchange)]

    assert found == ["no-ai-input", "no-ai-train"]
