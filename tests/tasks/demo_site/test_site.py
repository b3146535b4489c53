"""The newsroom's server and its source files."""

import socket
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from schemas.settings import Settings
from tasks.demo_site import Newsroom, sources_path
from tasks.pure.sources.source_toml import parse_source

Get = Callable[..., Any]

SOURCES = sorted(sources_path().glob("*.toml"))


def test_a_host_that_is_no_outlet_is_misdirected(get: Get) -> None:
    assert get("http://127.0.0.1/").status == 421


def test_a_host_with_a_port_is_the_same_outlet(get: Get, newsroom: Newsroom) -> None:
    assert get(f"http://talblick.example:{newsroom.port}/").status == 200


def test_nothing_but_get_and_head_is_answered(get: Get) -> None:
    assert get("http://talblick.example/", method="POST").status == 501


def test_requests_are_listed_with_host_path_and_status(get: Get, newsroom: Newsroom) -> None:
    get("http://harbour-gazette.example/nowhere?a=1")
    get("http://talblick.example/")

    assert newsroom.requests == [
        ("harbour-gazette.example", "/nowhere?a=1", 404),
        ("talblick.example", "/", 200),
    ]


def test_settings_take_the_hosts_and_the_address(newsroom: Newsroom) -> None:
    settings = Settings.from_environment(
        {"NEWSDESK_HOSTS": newsroom.hosts, "NEWSDESK_ALLOW_ADDRESSES": newsroom.allow}
    )

    assert settings.allow_addresses == (f"127.0.0.1:{newsroom.port}",)
    assert settings.hosts[0] == f"harbour-gazette.example=127.0.0.1:{newsroom.port}"


def test_closing_ends_kept_connections_and_every_thread(opened_at: datetime) -> None:
    before = set(threading.enumerate())
    with Newsroom(opened_at) as newsroom:
        kept = HTTPConnection("127.0.0.1", newsroom.port, timeout=10)
        kept.request("GET", "/", headers={"Host": "talblick.example"})
        kept.getresponse().read()
        port = newsroom.port

    with closing(kept):
        assert kept.sock.recv(1) == b""
    assert set(threading.enumerate()) == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_a_client_that_leaves_early_is_no_error(
    newsroom: Newsroom, get: Get, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(socket.create_connection(("127.0.0.1", newsroom.port))) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        client.sendall(b"GET / HTTP/1.1\r\nHost: talblick.example\r\n")

    assert get("http://talblick.example/").status == 200
    assert capsys.readouterr().err == ""


def test_an_opening_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Newsroom(datetime(2026, 11, 23))  # noqa: DTZ001 the missing zone is the case


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_source_file_is_valid_and_its_feeds_are_served(get: Get, newsroom: Newsroom, path: Path) -> None:
    source = parse_source(path.read_text(encoding="utf-8"), path.stem, path.name)

    assert source.pace_s == 0.02
    assert {get(url).status for url in (source.homepage, *source.feeds, *source.sitemaps)} == {200}
    assert {*source.feeds, *source.sitemaps} <= set(newsroom.listed())


def test_there_is_a_source_file_for_each_outlet(newsroom: Newsroom) -> None:
    assert {path.stem for path in SOURCES} == {"harbour-gazette", "talblick", "dnipro-visnyk"}
    assert newsroom.sources_path() == sources_path()
