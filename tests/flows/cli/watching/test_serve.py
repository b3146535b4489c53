"""`newsdesk serve` and `newsdesk mcp` as processes of their own."""

import asyncio
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from mcp import Client, StdioServerParameters, stdio_client

from tests.support.desks import NEWSDESK, Desk
from tests.support.pages.served import served_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return served_home(tmp_path_factory.mktemp("home")).home


@contextmanager
def _served(home: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and the address that it told."""
    environment = Desk({"NEWSDESK_HOME": str(home)}).environment
    with subprocess.Popen(
        [NEWSDESK, "serve", "--port", "0", *words], env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            line = next(line for line in process.stderr if "http://" in line)
            yield process, line.split()[1].rstrip("/")
        finally:
            process.kill()


def test_it_answers_until_ctrl_c(home: Path) -> None:
    with _served(home) as (process, address):
        with urlopen(f"{address}/", timeout=60) as answer:
            assert b"<h1>News</h1>" in answer.read()
            assert "server" not in answer.headers
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


def test_beyond_this_machine_it_wants_a_token(home: Path) -> None:
    done = Desk({"NEWSDESK_HOME": str(home)}).run("serve", "--host", "0.0.0.0", "--port", "0")
    assert (done.returncode, "NEWSDESK_SERVE_TOKEN" in done.stderr) == (4, True)


def test_a_port_that_is_taken_is_told(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = Desk({"NEWSDESK_HOME": str(home)}).run("serve", "--port", str(other.getsockname()[1]))
    assert done.returncode == 4
    assert "name another --port" in done.stderr


def test_an_assistant_asks_over_standard_input_and_output(home: Path) -> None:
    environment = Desk({"NEWSDESK_HOME": str(home)}).environment

    async def ask() -> list[str]:
        server = stdio_client(StdioServerParameters(command=str(NEWSDESK), args=["mcp"], env=environment))
        async with Client(server) as client:
            told = await client.call_tool("newest", {"limit": 1})
            assert not told.is_error
            return [tool.name for tool in (await client.list_tools()).tools]

    assert "search" in asyncio.run(ask())
