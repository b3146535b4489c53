"""Answers that are kept: asked once a publishing, by whoever asks."""

import asyncio
import os
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from flows.serving import kept_answers
from flows.serving.app import app_of
from flows.serving.kept_answers import KeptAnswers
from tests.support.pages.served import served_home


class Counted:
    """An application that says how often it was asked, behind the answers that are kept."""

    def __init__(self) -> None:
        self.published_ns, self.asked, self.status = 1, 0, 200
        paths = ("/{path:path}", "/tables/a.csv", "/captures/1")
        routes = [Route(path, self._answer, methods=["GET", "POST"]) for path in paths]
        self.app = KeptAnswers(Starlette(routes=routes), lambda: self.published_ns)
        self.client = TestClient(self.app)

    async def _answer(self, request: Request) -> Response:
        self.asked += 1
        now = self.asked
        await asyncio.sleep(0.01)
        return PlainTextResponse(f"{now} {request.url.path}?{request.url.query}", self.status)


def test_the_same_question_is_asked_once_a_publishing() -> None:
    counted = Counted()
    assert [counted.client.get("/a?b=1").text for _ in range(3)] == ["1 /a?b=1"] * 3
    assert counted.client.get("/a?b=2").text == "2 /a?b=2"
    assert counted.client.get("/a?b=1", headers={"accept": "text/html"}).text == "3 /a?b=1"
    assert counted.client.get("/a?b=1", headers={"host": "news.example"}).text == "4 /a?b=1"
    counted.published_ns = 2
    assert counted.client.get("/a?b=1").text == "5 /a?b=1"


def test_errors_files_and_posts_are_asked_each_time() -> None:
    counted = Counted()
    counted.status = 503
    assert [counted.client.get("/a").text for _ in range(2)] == ["1 /a?", "2 /a?"]
    counted.status = 200
    assert [counted.client.post("/a").text for _ in range(2)] == ["3 /a?", "4 /a?"]
    assert [counted.client.get("/tables/a.csv").text[:1] for _ in range(2)] == ["5", "6"]
    assert [counted.client.get("/captures/1").text[:1] for _ in range(2)] == ["7", "8"]
    counted.published_ns = 0
    assert [counted.client.get("/b").text for _ in range(2)] == ["9 /b?", "10 /b?"]


def test_those_who_ask_at_once_get_one_answer() -> None:
    counted = Counted()

    async def ask() -> set[str]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(counted.app), base_url="http://desk") as client:
            return {each.text for each in await asyncio.gather(*(client.get("/a") for _ in range(20)))}

    assert asyncio.run(ask()) == {"1 /a?"}


def test_an_answer_grows_old_and_the_oldest_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted()
    monkeypatch.setattr(kept_answers, "ALL_BYTES", 12)
    assert [counted.client.get(path).text for path in ("/a", "/b", "/c", "/c", "/a")] == [
        "1 /a?",
        "2 /b?",
        "3 /c?",
        "3 /c?",
        "4 /a?",
    ]
    monkeypatch.setattr(kept_answers, "OLDEST_S", 0.0)
    assert counted.client.get("/a").text == "5 /a?"


def test_a_new_file_is_read_at_once(tmp_path: Path) -> None:
    client = TestClient(app_of(settings := served_home(tmp_path)), base_url="http://127.0.0.1")
    first = client.get("/").text
    assert "Published" in first
    at = settings.reader_path.stat().st_mtime_ns + 3_600_000_000_000
    os.utime(settings.reader_path, ns=(at, at))
    assert client.get("/").text != first
