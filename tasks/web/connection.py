"""Puts the address guard and the deadline into urllib3's connections, between name resolution and connection."""

import errno
import os
import selectors
import socket
import ssl
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection, ProxyConfig
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util import parse_url

from schemas.errors import SettingsError
from schemas.items.outcome import Reason, Refusal
from tasks.pure.urls.domains import Endpoint
from tasks.web.address_guard import AddressPolicy, Target
from tasks.web.deadline import Deadline, FetchFailedError
from tasks.web.head import LimitedResponse

STAGGER_S = 0.25
"""Between the starts of attempts at two addresses (RFC 8305, 5)."""
ADDRESSES_AT_MOST = 16
"""Tried of one host; some names have a thousand (docs/explanation/hostile-web.md A24)."""


@dataclass(frozen=True)
class RequestContext:
    """The equipment of one request that urllib3 does not know; `responses` gets the response that comes in on it."""

    deadline: Deadline
    policy: AddressPolicy
    responses: list[LimitedResponse] = field(default_factory=list)


def _response_class(request_context: RequestContext) -> "partial[LimitedResponse]":
    return partial(LimitedResponse, request_context.deadline, request_context.responses)


class GuardedConnection(HTTPConnection):
    """Connects only where the policy lets it."""

    def __init__(self, *args: Any, request_context: RequestContext, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request_context = request_context
        self.response_class = _response_class(request_context)  # type: ignore[assignment]  # called like a class
        request_context.deadline.close_at_end(self)

    def _new_conn(self) -> socket.socket:
        return connected(self.request_context, self._dns_host, self.port)


class GuardedTLSConnection(HTTPSConnection):
    """The same with TLS; a failed handshake is told apart from a failed connection."""

    def __init__(self, *args: Any, request_context: RequestContext, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request_context = request_context
        self.response_class = _response_class(request_context)  # type: ignore[assignment]  # called like a class
        request_context.deadline.close_at_end(self)

    def _new_conn(self) -> socket.socket:
        return connected(self.request_context, self._dns_host, self.port)

    def connect(self) -> None:
        """Raises `FetchFailedError`, whatever went wrong."""
        deadline = self.request_context.deadline
        try:
            super().connect()
        except FetchFailedError:
            raise
        except TimeoutError as error:
            raise deadline.failure(Reason.TIMEOUT_READ, f"no TLS within {deadline.read_s:g} s") from error
        except (ssl.SSLError, ssl.CertificateError) as error:
            raise deadline.failure(Reason.TLS_ERROR, _tls_fault(error)) from error
        except OSError as error:
            raise deadline.failure(Reason.TLS_ERROR, _said(error)) from error
        deadline.bound(self.sock)


class _GuardedPool(HTTPConnectionPool):
    ConnectionCls = GuardedConnection


class _GuardedTLSPool(HTTPSConnectionPool):
    ConnectionCls = GuardedTLSConnection


class StrictContext(ssl.SSLContext):
    """Reports a connection that ends without saying so: a body that ends with it may be cut
    (docs/explanation/hostile-web.md H03)."""

    def wrap_socket(self, sock: socket.socket, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        """As the library's, but for ragged ends."""
        return super().wrap_socket(sock, *args, **{**kwargs, "suppress_ragged_eofs": False})


def strict_context(ca_file: str) -> StrictContext:
    """TLS 1.2 or later; certificates and names verified against the CAs of the file, in any case. Raises
    `SettingsError` where the file holds none."""
    context = StrictContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
    try:
        context.load_verify_locations(ca_file)
    except OSError as error:
        raise SettingsError(f"cannot read CAs from {ca_file!r}: {_said(error)}") from error
    return context


def pool_for(
    end: Endpoint, request_context: RequestContext, context: StrictContext, proxy: str
) -> HTTPConnectionPool:
    """A pool for one request; with a proxy (http only) it is the proxy's address that is guarded."""
    own: dict[str, Any] = {"request_context": request_context}
    asked = parse_url(proxy) if proxy else None
    if asked:
        own |= {"_proxy": asked, "_proxy_headers": {}, "_proxy_config": ProxyConfig(None, False, None, None)}
    if end.is_tls:
        return _GuardedTLSPool(end.host, end.port, ssl_context=context, cert_reqs="CERT_REQUIRED", **own)
    return _GuardedPool((asked and asked.host) or end.host, asked.port if asked else end.port, **own)


def connected(request_context: RequestContext, host: str, port: int) -> socket.socket:
    """A socket to a vetted address of the host; the deadline bounds every wait on it. Raises `FetchFailedError`."""
    deadline = request_context.deadline
    until = time.monotonic() + min(deadline.connect_s, deadline.left_s())
    targets = request_context.policy.vetted(host, port, until - time.monotonic())
    if isinstance(targets, Refusal):
        raise deadline.refusal(targets)
    try:
        found = dial(targets, until)
    except TimeoutError as error:
        raise deadline.failure(
            Reason.TIMEOUT_CONNECT, f"{host} did not answer within {deadline.connect_s:g} s"
        ) from error
    except OSError as error:
        raise deadline.failure(Reason.TIMEOUT_CONNECT, f"{host}: {_said(error)}") from error
    deadline.close_at_end(found)
    deadline.bound(found)
    return found


def dial(targets: Sequence[Target], deadline: float) -> socket.socket:
    """A socket to the address that answers first, families taken in turn (RFC 8305). `deadline` is
    monotonic; raises `TimeoutError` behind it, the last `OSError` where every address refused. A
    connection made in time counts, however late a busy machine notices it."""
    waiting = deque(_interleaved(targets)[:ADDRESSES_AT_MOST])
    fault = OSError("no address")
    with selectors.DefaultSelector() as selector:
        try:
            while waiting or selector.get_map():
                fault = _begin(waiting.popleft(), selector) or fault if waiting else fault
                left_s = max(deadline - time.monotonic(), 0.0)
                settled = _settled(selector, min(STAGGER_S, left_s) if waiting else left_s)
                if isinstance(settled, socket.socket):
                    return settled
                if left_s <= 0:
                    raise TimeoutError
                fault = settled or fault
        finally:
            for key in list(selector.get_map().values()):
                key.data.close()
    raise fault


def _begin(target: Target, selector: selectors.BaseSelector) -> OSError | None:
    """Starts an attempt; returns why it failed at once, as where there is no IPv6."""
    family = socket.AF_INET if target.address.version == 4 else socket.AF_INET6
    attempt = socket.socket(family, socket.SOCK_STREAM)
    attempt.setblocking(False)
    attempt.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    number = attempt.connect_ex((str(target.address), target.port))
    if number in (0, errno.EINPROGRESS):
        selector.register(attempt, selectors.EVENT_WRITE, attempt)
        return None
    attempt.close()
    return OSError(number, os.strerror(number))


def _settled(selector: selectors.BaseSelector, pause_s: float) -> socket.socket | OSError | None:
    """The first attempt that got through, else the last one's fault, else None after the pause."""
    fault = None
    for key, _ in selector.select(pause_s) if selector.get_map() else []:
        attempt: socket.socket = key.data
        selector.unregister(attempt)
        number = attempt.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if not number:
            return attempt
        attempt.close()
        fault = OSError(number, os.strerror(number))
    return fault


def _interleaved(targets: Sequence[Target]) -> list[Target]:
    first = targets[0].address.version
    same = [target for target in targets if target.address.version == first]
    other = [target for target in targets if target.address.version != first]
    return [target for pair in zip_longest(same, other) for target in pair if target]


def _tls_fault(error: ssl.SSLError | ssl.CertificateError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message.lower()
    reason = error.reason if isinstance(error, ssl.SSLError) else None
    return (reason or str(error)).replace("_", " ").lower()


def _said(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
