"""Who may ask the server."""

from base64 import b64encode

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from flows.serving.guard import HEADERS, Guard, hosts_of, is_loopback

TOKEN = "long-random-text"


def _client(token: str = "", public_url: str = "") -> TestClient:
    guard = Guard(PlainTextResponse("news"), hosts_of("127.0.0.1", public_url), token)
    return TestClient(guard, base_url="http://127.0.0.1:4280")


@pytest.mark.parametrize("host", ["127.0.0.1:4280", "localhost", "[::1]:4280", "LOCALHOST:1", "news.example"])
def test_the_names_of_the_server_are_answered(host: str) -> None:
    client = _client(public_url="https://news.example/desk")
    assert client.get("/", headers={"host": host}).text == "news"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:4280", "", "localhost.evil"])
def test_another_name_is_refused_as_its_site_may_have_been_pointed_at_us(host: str) -> None:
    answer = _client().get("/", headers={"host": host})
    assert (answer.status_code, "news" in answer.text.split()) == (400, False)


def _basic(password: str) -> str:
    return "Basic " + b64encode(f"anybody:{password}".encode()).decode()


@pytest.mark.parametrize("value", [f"Bearer {TOKEN}", f"bearer {TOKEN}", _basic(TOKEN)])
def test_the_token_opens(value: str) -> None:
    assert _client(TOKEN).get("/", headers={"authorization": value}).text == "news"


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer wrong", _basic("wrong"), "Basic ###", f"Digest {TOKEN}"])
def test_anything_else_does_not_and_the_browser_asks(value: str) -> None:
    answer = _client(TOKEN).get("/", headers={"authorization": value})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic ")


def test_a_watchdog_needs_no_token() -> None:
    assert _client(TOKEN).get("/health").status_code == 200


def test_every_answer_says_that_nothing_of_it_may_run() -> None:
    for answer in (_client().get("/"), _client().get("/", headers={"host": "evil.example"})):
        assert HEADERS.items() <= dict(answer.headers).items()
    assert "script" not in HEADERS["content-security-policy"]
    assert HEADERS["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("address", "expected"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("10.0.0.1", False)]
)
def test_loopback_is_told_from_the_rest(address: str, expected: bool) -> None:
    assert is_loopback(address) is expected
