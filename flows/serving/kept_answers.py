"""Answers that are kept until a run publishes again: readers who ask the same get it without another query."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, MutableMapping
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OLDEST_S = 60.0
"""Seconds for which an answer is kept at most: pages count back from now."""
ALL_BYTES = 32 * 1024 * 1024
ONE_BYTES = 1024 * 1024
"""Larger answers are not kept."""


class _Key(NamedTuple):
    published_ns: int
    host: str
    accept: str
    path: str
    query: bytes


class _Kept(NamedTuple):
    at: float
    messages: tuple[Message, ...]
    size: int


class KeptAnswers:
    """Gives a GET that was answered well since the last publishing the same answer again. Requests for the same that
    come at once wait for the first: its answer is theirs. `published_ns`: when the reader file was published."""

    def __init__(self, app: ASGIApp, published_ns: Callable[[], int]) -> None:
        self._app = app
        self._published_ns = published_ns
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self._size = 0
        self._under_way: dict[_Key, asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        published = self._published_ns()
        if scope["type"] != "http" or scope["method"] != "GET" or not published or _is_file(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, accept = headers.get("host", ""), headers.get("accept", "")
        key = _Key(published, host, accept, scope["path"], scope["query_string"])
        if kept := self._found(key):
            await _repeat(kept, send)
            return
        try:
            async with self._under_way.setdefault(key, asyncio.Lock()):
                if kept := self._found(key):
                    await _repeat(kept, send)
                else:
                    await self._ask(key, scope, receive, send)
        finally:
            self._under_way.pop(key, None)

    async def _ask(self, key: _Key, scope: Scope, receive: Receive, send: Send) -> None:
        messages: list[Message] = []
        size = 0

        async def sent(message: Message) -> None:
            nonlocal size
            size += len(message.get("body", b""))
            if size <= ONE_BYTES:
                messages.append(_copied(message))
            await send(message)

        await self._app(scope, receive, sent)
        if size <= ONE_BYTES and messages and messages[0].get("status") == 200:
            self._keep(key, _Kept(time.monotonic(), tuple(messages), size))

    def _found(self, key: _Key) -> _Kept | None:
        kept = self._kept.get(key)
        if kept and time.monotonic() - kept.at < OLDEST_S:
            self._kept.move_to_end(key)
            return kept
        return None

    def _keep(self, key: _Key, kept: _Kept) -> None:
        before = self._kept.pop(key, None)
        self._kept[key] = kept
        self._size += kept.size - (before.size if before else 0)
        while self._size > ALL_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._size -= oldest.size


def _is_file(path: str) -> bool:
    """Whole tables and captures: they come in parts, to each reader at his own speed."""
    return "/captures/" in path or ("/tables/" in path and path.endswith((".csv", ".json")))


async def _repeat(kept: _Kept, send: Send) -> None:
    for message in kept.messages:
        await send(_copied(message))


def _copied(message: Message) -> MutableMapping[str, object]:
    """Whoever sends a message may add to its headers."""
    return {**message, "headers": [*message["headers"]]} if "headers" in message else dict(message)
