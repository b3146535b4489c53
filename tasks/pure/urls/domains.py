"""Host, origin, registrable domain and endpoint of a URL. URLs are parsed as browsers do (WHATWG)."""

from functools import cache, lru_cache
from typing import NamedTuple

from ada_url import URL, HostType
from publicsuffixlist import PublicSuffixList


class Endpoint(NamedTuple):
    """Where a request connects to. `host` has no brackets, `port` is always given (80 or 443 by default).
    `is_literal`: the host is an IP address, not a name."""

    is_tls: bool
    host: str
    port: int
    is_literal: bool


def host_of(url: str) -> str:
    """Host in lower-case ASCII and, where it is not the default, port: `example.com:8080`."""
    return URL(url).host


def origin_of(url: str) -> str:
    """Scheme, host and port: one robots.txt applies to all URLs of an origin (RFC 9309, 2.3)."""
    return URL(url).origin


@lru_cache(maxsize=4096)
def registrable_domain(url: str) -> str:
    """The domain name that a publisher registered (public suffix list, private part included). The host itself
    where it has no public suffix; for an IP address with its port, as `host_of`."""
    parsed = URL(url)
    if parsed.host_type is not HostType.DEFAULT:
        return parsed.host
    return _registered(parsed.hostname.rstrip("."))


@lru_cache(maxsize=4096)
def _registered(name: str) -> str:
    return _public_suffixes().privatesuffix(name) or name


def endpoint(url: str) -> Endpoint:
    """The endpoint that a request for the URL connects to; the URL is one that `sendable` returned."""
    parsed = URL(url)
    is_tls = parsed.protocol == "https:"
    port = int(parsed.port) if parsed.port else 443 if is_tls else 80
    return Endpoint(is_tls, parsed.hostname.strip("[]"), port, parsed.host_type is not HostType.DEFAULT)


@cache
def _public_suffixes() -> PublicSuffixList:
    return PublicSuffixList()
