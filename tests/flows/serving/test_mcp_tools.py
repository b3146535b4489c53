"""The tools for assistants, asked by the protocol's own client."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID

import pytest
from mcp import Client
from mcp.types import CallToolResult

from flows.serving.mcp_tools import mcp_server_of
from schemas.settings import Settings
from tests.support.pages.served import served_home

TOOLS = {"search", "newest", "article", "versions", "stories", "story", "sources", "tables", "sql"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return served_home(tmp_path_factory.mktemp("home"))


def _with(home: Settings, work: Callable[[Client], Coroutine[Any, Any, Any]]) -> Any:
    async def run() -> Any:
        async with Client(mcp_server_of(home)) as client:
            return await work(client)

    return asyncio.run(run())


def _call(home: Settings, name: str, **given: object) -> CallToolResult:
    return _with(home, lambda client: client.call_tool(name, given))  # type: ignore[no-any-return]


def _told(home: Settings, name: str, **given: object) -> dict[str, Any]:
    result = _call(home, name, **given)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    told: dict[str, Any] = result.structured_content
    return told


def test_every_tool_reads_only_and_says_what_it_does(home: Settings) -> None:
    tools = _with(home, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert tool.description


def test_a_hit_leads_to_a_text_that_can_be_cited(home: Settings) -> None:
    hit = _told(home, "search", words="harbour master", limit=1)["hits"][0]
    told = _told(home, "article", article_id=hit["article_id"])
    assert told["url"].startswith("https://harbour.example/")
    assert told["capture"]["warc_file"]
    assert "harbour master" in told["body"]


def test_a_long_text_comes_in_parts(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.serving.mcp_tools.TEXT_CHARS", 40)
    article_id = _told(home, "newest", limit=1)["items"][0]["article_id"]
    parts, start = [], 0
    while start is not None:
        told = _told(home, "article", article_id=article_id, start=start)
        parts.append(told["body"])
        start = told["next_start"]
    assert all(len(part) <= 40 for part in parts)
    assert "three ferries stayed." in "".join(parts)


def test_versions_stories_sources_and_tables_are_told(home: Settings) -> None:
    article_id = _told(home, "newest", limit=1)["items"][0]["article_id"]
    versions = _told(home, "versions", article_id=article_id)["versions"]
    assert [each["version"] for each in versions] == [1, 2]
    story = _told(home, "stories", since="2020-01-01T00:00:00Z")["stories"][0]
    assert _told(home, "story", story_id=story["story_id"])["members"]
    assert _told(home, "sources")["sources"][0]["articles"] == 3
    assert "main.articles" in [each["name"] for each in _told(home, "tables")["tables"]]


def test_sql_is_bounded(home: Settings) -> None:
    told = _told(home, "sql", query="SELECT repeat('a', 5000) AS long FROM range(100)", limit=3)
    assert (len(told["rows"]), told["is_cut"]) == (3, True)
    assert told["rows"][0][0].endswith(" […]")


@pytest.mark.parametrize(
    ("tool", "given", "words"),
    [
        ("search", {"words": '"storm'}, "quot"),
        ("article", {"article_id": str(UUID(int=1))}, "no article has the id"),
        ("story", {"story_id": str(UUID(int=1))}, "no story has an id"),
        ("sql", {"query": "DROP VIEW main.articles"}, ""),
        ("sql", {"query": "SELECT 1", "limit": 10_000}, "limit"),
        ("article", {"article_id": "no-id"}, "UUID"),
    ],
)
def test_what_cannot_be_answered_is_told_in_words(
    home: Settings, tool: str, given: dict[str, object], words: str
) -> None:
    result = _call(home, tool, **given)
    assert result.is_error
    assert words in str(result.content)
