"""The HTTP client: one attempt at one URL, within limits and through the address guard. The one file that imports
requests."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

import requests
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import HTTPError

from schemas.items.outcome import Reason, Refusal
from schemas.settings import Settings
from tasks.pure.urls.domains import endpoint, host_of
from tasks.pure.urls.normalise import sendable
from tasks.web.address_guard import AddressPolicy as AddressPolicy
from tasks.web.body import read_body
from tasks.web.connection import RequestContext, pool_for, strict_context
from tasks.web.deadline import Deadline
from tasks.web.exchange import Exchange as Exchange
from tasks.web.exchange import Hop as Hop
from tasks.web.exchange import Limits as Limits
from tasks.web.exchange import Turn as Turn
from tasks.web.head import framing
from tasks.web.reply import Reply

ERROR_BODY_BYTES = 64 * 1024
"""Kept of an error page (docs/explanation/hostile-web.md B07)."""
SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
NO_HEADERS: Mapping[str, str] = {}
FOREIGN = (requests.RequestException, HTTPError, HTTPException, OSError, ValueError)
"""Errors of the libraries besides `FetchFailedError`: each means that the response was not HTTP."""


class Web:
    """Fetches; one for all threads, with nothing to close. `proxy` is an http:// URL whose own address
    must pass the policy; `ca_file` holds the only CAs that are trusted (default: certifi's). `clock`
    gives epoch seconds. Neither proxies nor passwords are taken from the environment."""

    def __init__(
        self,
        policy: AddressPolicy,
        user_agent: str,
        proxy: str = "",
        ca_file: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        if proxy and not proxy.startswith("http://"):
            raise ValueError(f"the proxy must be an http:// URL, not {proxy!r}")
        self.user_agent = user_agent
        self._policy = policy
        self._proxy = proxy
        self._context = strict_context(ca_file or DEFAULT_CA_BUNDLE_PATH)
        self._clock = clock

    def fetch(self, url: str, limits: Limits, turn: Turn, headers: Mapping[str, str] = NO_HEADERS) -> Exchange:
        """One attempt, redirects followed. Never raises for anything that the network does; `headers`
        (validators) go with every hop, but for cookies and passwords, which never go at all."""
        hops: list[Hop] = []
        target = sendable(url)
        if isinstance(target, Refusal):
            return self._refused(url, url, hops, target)
        while True:
            refusal = self._policy.refuses(target)
            if refusal:
                return self._refused(url, target, hops, refusal)
            with turn(target) as refusal:
                if refusal:
                    return self._refused(url, target, hops, refusal)
                reply = self._ask(target, limits, headers, sum(hop.elapsed_s for hop in hops))
            following = reply.following({target, *(hop.url for hop in hops)}, limits.redirects - len(hops))
            if not isinstance(following, str):
                return reply.exchange(url, tuple(hops), following, limits)
            hops.append(reply.hop())
            target = following

    def _ask(
        self, url: str, limits: Limits, headers: Mapping[str, str], spent_s: float, form: bytes | None = None
    ) -> Reply:
        sent = self._headers(url, headers)
        reply = Reply(url, tuple(sent.items()), self._now())
        started = time.monotonic()
        left_s = max(limits.total_s - spent_s, 0.001)
        with Deadline(limits.connect_timeout_s, limits.read_timeout_s, left_s) as deadline:
            try:
                self._converse(_prepared(url, sent, form), limits, deadline, reply)
            except FOREIGN as error:
                deadline.failure(Reason.BAD_HTTP, f"{type(error).__name__} before the answer")
            reply.fault, reply.is_lost = deadline.fault, deadline.is_lost
        reply.elapsed_s = time.monotonic() - started
        return reply

    def _converse(self, request: requests.PreparedRequest, limits: Limits, deadline: Deadline, reply: Reply) -> None:
        request_context = RequestContext(deadline, self._policy)
        adapter = _OneRequest(pool_for(endpoint(reply.url), request_context, self._context, self._proxy))
        deadline.close_at_end(adapter)
        proxies = {"http": self._proxy, "https": self._proxy} if self._proxy else None
        timeouts = (limits.connect_timeout_s, limits.read_timeout_s)
        deadline.close_at_end(adapter.send(request, stream=True, timeout=timeouts, proxies=proxies))
        answer = request_context.responses[-1]
        head = reply.head = answer.head
        said = reply.verdict_of_status
        if said is None:
            length = framing(head, deadline).length
            reply.body.is_over = length is not None and length > limits.body_bytes and not limits.keeps_prefix
            if reply.body.is_over:
                reply.body.notes.append(f"declared {length} bytes")
            else:
                read_body(answer.fp, head, limits.body_bytes, deadline, reply.body)
        elif head.status >= 400:
            read_body(answer.fp, head, min(limits.body_bytes, ERROR_BODY_BYTES), deadline, reply.body)

    def _headers(self, url: str, given: Mapping[str, str]) -> dict[str, str]:
        """`Connection: close` keeps answers of different URLs apart (docs/explanation/hostile-web.md A21)."""
        own = {"Host": host_of(url), "User-Agent": self.user_agent, "Accept": "*/*"}
        codings = "identity" if "Range" in given else "gzip, deflate"
        ours = {"Accept-Encoding": codings, "Connection": "close"}
        return own | {name: value for name, value in given.items() if name.lower() not in SECRET} | ours

    def forbids(self, url: str) -> Refusal | None:
        """Why the URL would be refused without a look at DNS: it cannot be sent, or its host is an address that
        the guard forbids. None: it may be asked for, as far as that tells."""
        target = sendable(url)
        return target if isinstance(target, Refusal) else self._policy.refuses(target)

    def post(self, url: str, form: Mapping[str, str], limits: Limits, turn: Turn) -> Exchange:
        """One attempt to send a form, bounded and guarded as `fetch`. A redirect is not followed, nor is it said
        where to: an answer may repeat what the form says. An answer that accepts it without a body (202, 204)
        has the reason `empty_body`: look at the status."""
        target = sendable(url)
        if isinstance(target, Refusal):
            return self._refused(url, url, [], target)
        if refusal := self._policy.refuses(target):
            return self._refused(url, target, [], refusal)
        body = urlencode(form).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        with turn(target) as refusal:
            if refusal:
                return self._refused(url, target, [], refusal)
            reply = self._ask(target, limits, headers, 0.0, body)
        following = reply.following({target}, 0)
        unsaid = Refusal(reason=following.reason) if isinstance(following, Refusal) else None
        return reply.exchange(url, (), unsaid, limits)

    def _refused(self, url: str, target: str, hops: list[Hop], refusal: Refusal) -> Exchange:
        return Exchange(
            url=url,
            final_url=target,
            reason=refusal.reason,
            detail=refusal.detail,
            elapsed_s=sum(hop.elapsed_s for hop in hops),
            sent_at=self._now(),
            hops=tuple(hops),
        )

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)


class _OneRequest(HTTPAdapter):
    """requests' adapter over a pool that was made for one request: no cookies, no CA files of its own."""

    def __init__(self, pool: HTTPConnectionPool) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        self._pool = pool

    def get_connection_with_tls_context(self, *_args: Any, **_kwargs: Any) -> HTTPConnectionPool:
        """The guarded pool, whatever the request says."""
        return self._pool

    def cert_verify(self, *_args: Any, **_kwargs: Any) -> None:
        """The pool's context verifies already; requests would load the CAs again for each request."""

    def close(self) -> None:
        """Closes the pool too."""
        super().close()
        self._pool.close()


def _prepared(url: str, headers: Mapping[str, str], form: bytes | None = None) -> requests.PreparedRequest:
    """The request as it is to be sent; requests' own preparation would respell the URL."""
    request = requests.PreparedRequest()
    request.prepare_method("GET" if form is None else "POST")
    request.body = form
    request.prepare_headers(headers)
    request.url = url
    return request


def web_of(settings: Settings, version: str = "", clock: Callable[[], float] = time.time) -> Web:
    """The client that the settings describe."""
    agent = user_agent(version, settings.contact)
    return Web(AddressPolicy.from_settings(settings), agent, settings.proxy, settings.ca_file, clock)


def user_agent(version: str, contact: str) -> str:
    """The value of User-Agent; `contact` is an e-mail address or a URL, empty for none."""
    name = f"newsdesk/{version}".rstrip("/")
    return f"{name} (+{contact})" if contact else name
