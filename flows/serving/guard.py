"""Who may ask the server, and what a browser may do with its answers."""

import hmac
from base64 import b64decode
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
"""Of every answer: nothing is loaded from elsewhere, no script runs, nobody frames or embeds it."""
OPEN = "/health"
"""The one address that needs no token: a watchdog asks it."""


class Guard:
    """Lets a request through to `app` where it names a host that is ours (another site could have its name answered
    with our address: DNS rebinding), and the token where there is one."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], token: str) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if _host(headers.get("host", "")) not in self._hosts:
            await _told(400, "this name is not of this server: see NEWSDESK_SERVE_URL")(scope, receive, send)
        elif self._token and scope["path"] != OPEN and not _has_token(headers.get("authorization", ""), self._token):
            await _told(401, "the token is missing or wrong")(scope, receive, send)
        else:
            await self._app(scope, receive, _with_headers(send))


def hosts_of(listens_on: str, public_url: str) -> set[str]:
    """The names under which the server may be asked: loopback, the address that it listens on, and the host of its
    public URL."""
    return {*LOOPBACK, _host(listens_on), *([_host(urlsplit(public_url).netloc)] if public_url else [])}


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches a server that listens there."""
    return address in ("localhost", "::1") or address.startswith("127.")


def _host(netloc: str) -> str:
    """The host without its port, in lower case."""
    name, colon, port = netloc.lower().rpartition(":")
    return name if colon and port.isdigit() else netloc.lower()


def _has_token(authorization: str, token: str) -> bool:
    """`Bearer TOKEN`, or HTTP Basic with the token as password, which browsers ask for."""
    kind, _, value = authorization.partition(" ")
    if kind.lower() == "basic":
        try:
            value = b64decode(value, validate=True).decode().partition(":")[2]
        except ValueError:
            return False
    return kind.lower() in ("basic", "bearer") and hmac.compare_digest(value.strip().encode(), token.encode())


def _told(status: int, text: str) -> PlainTextResponse:
    asks = {"www-authenticate": 'Basic realm="Newsdesk", charset="UTF-8"'} if status == 401 else {}
    return PlainTextResponse(text + "\n", status, headers={**HEADERS, **asks})


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sent
