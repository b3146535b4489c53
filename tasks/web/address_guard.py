"""The address guard: decides, between name resolution and connection, which addresses and ports a request may
reach."""

import queue
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple, Self

from schemas.items.outcome import Reason, Refusal
from schemas.settings import Settings
from tasks.pure.urls.domains import endpoint

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], list[str]]
WEB_PORTS = frozenset({80, 443})
GLOBAL_V6 = IPv6Network("2000::/3")
"""The only IPv6 space that is assigned to the open internet (IANA). IPv4 that is mapped, compatible or
translated (::ffff:0:0/96, ::/96, 64:ff9b::/96), site-local and multicast addresses lie outside."""
DENIED = tuple(
    map(
        ip_network,
        [
            "0.0.0.0/8",
            "100.64.0.0/10",
            "168.63.129.16/32",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "224.0.0.0/3",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        ],
    )
)
"""What `is_global` lets through, or lets through in some Pythons (docs/explanation/measured-facts.md): a cloud's
metadata address, relays, multicast, Teredo, 6to4, documentation."""
ISATAP = (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")
"""Bytes 8 to 11 of an IPv6 address that embeds an IPv4 (RFC 5214)."""


class Target(NamedTuple):
    """An address and port to connect to."""

    address: Address
    port: int


def is_public(address: Address) -> bool:
    """Whether the address is a host of the open internet, with no IPv4 hidden in an IPv6."""
    if not address.is_global or any(address in network for network in DENIED):
        return False
    return isinstance(address, IPv4Address) or (address in GLOBAL_V6 and address.packed[8:12] not in ISATAP)


def system_addresses(host: str, port: int) -> list[str]:
    """The host's addresses as the system resolves them, in its order; raises `OSError`, or `UnicodeError`
    for a label that is too long."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


@dataclass(frozen=True)
class AddressPolicy:
    """What is let through beyond the open web at ports 80 and 443: single addresses and names with their
    port, and networks (at 80, 443 and the ports that the list names). `hosts` is answered instead of
    DNS; what it answers must be let through like any other address. Without `has_contact` no address of the open
    internet is asked: see `tasks.web.contact`, which says so before a run."""

    pairs: frozenset[Target] = frozenset()
    names: frozenset[tuple[str, int]] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    hosts: Mapping[str, Target] = field(default_factory=dict)
    resolver: Resolver = system_addresses
    has_contact: bool = True

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The policy of `allow_addresses` and `hosts`."""
        ends = [_end(word) for word in settings.allow_addresses if not _is_network(word)]
        return cls(
            pairs=frozenset(Target(_literal(host), port) for host, port in ends if _is_literal(host)),
            names=frozenset((host.lower(), port) for host, port in ends if not _is_literal(host)),
            networks=tuple(ip_network(word, strict=False) for word in settings.allow_addresses if _is_network(word)),
            hosts=dict(_mapped(word) for word in settings.hosts),
            has_contact=bool(settings.contact),
        )

    @property
    def ports(self) -> frozenset[int]:
        """Every port that may be asked for at some address."""
        return WEB_PORTS | {port for _, port in self.pairs} | {port for _, port in self.names}

    def refuses(self, url: str) -> Refusal | None:
        """Why a URL may not be asked whose host is an address; None for a name, which is judged when
        it is resolved."""
        end = endpoint(url)
        return self._judged(end.host, Target(ip_address(end.host), end.port)) if end.is_literal else None

    def vetted(self, host: str, port: int, budget_s: float) -> tuple[Target, ...] | Refusal:
        """The addresses of the host that a request may connect to, in the resolver's order."""
        if host in self.hosts:
            targets = [self.hosts[host]]
            if port not in self.ports:
                return _blocked_port(host, port)
        else:
            found = [host] if _is_literal(host) else _found(self.resolver, host, port, budget_s)
            if isinstance(found, Refusal):
                return found if port in self.ports else _blocked_port(host, port)
            targets = [Target(ip_address(address), port) for address in found]
        verdicts = [(target, self._judged(host, target)) for target in targets]
        allowed = tuple(target for target, refusal in verdicts if refusal is None)
        return allowed or _worst(refusal for _, refusal in verdicts if refusal)

    def _judged(self, host: str, target: Target) -> Refusal | None:
        refusal = self._judged_by_address(host, target)
        if refusal is None and not self.has_contact and is_public(target.address):
            return Refusal(reason=Reason.BLOCKED_ADDRESS, detail=f"{host} is not asked: NEWSDESK_CONTACT is not set")
        return refusal

    def _judged_by_address(self, host: str, target: Target) -> Refusal | None:
        if target in self.pairs or (host, target.port) in self.names:
            return None
        if any(target.address in network for network in self.networks):
            return None if target.port in self.ports else _blocked_port(host, target.port)
        if not is_public(target.address):
            return Refusal(reason=Reason.BLOCKED_ADDRESS, detail=f"{host} is {target.address}, no public address")
        return None if target.port in WEB_PORTS else _blocked_port(host, target.port)


def _found(resolver: Resolver, host: str, port: int, budget_s: float) -> list[str] | Refusal:
    """Resolves in a thread of its own: getaddrinfo cannot be interrupted, and may take half a minute."""
    answers: queue.SimpleQueue[list[str] | Refusal] = queue.SimpleQueue()
    ask = partial(_answer, resolver, host, port, answers)
    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        return answers.get(timeout=max(budget_s, 0.001))
    except queue.Empty:
        return Refusal(reason=Reason.DNS_ERROR, detail=f"{host} was not resolved within {budget_s:.1f} s")


def _answer(resolver: Resolver, host: str, port: int, answers: "queue.SimpleQueue[list[str] | Refusal]") -> None:
    try:
        found: list[str] | Refusal = resolver(host, port)
    except (OSError, UnicodeError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        found = Refusal(reason=Reason.DNS_ERROR, detail=f"{host}: {said.lower()}")
    answers.put(found or Refusal(reason=Reason.DNS_ERROR, detail=f"{host} has no address"))


def _worst(refusals: Iterable[Refusal]) -> Refusal:
    """A blocked address says more than a blocked port."""
    return min(refusals, key=lambda refusal: refusal.reason is not Reason.BLOCKED_ADDRESS)


def _blocked_port(host: str, port: int) -> Refusal:
    return Refusal(reason=Reason.BLOCKED_PORT, detail=f"port {port} of {host}")


def _mapped(word: str) -> tuple[str, Target]:
    name, _, target = word.partition("=")
    host, port = _end(target)
    return name.lower(), Target(ip_address(host), port)


def _end(word: str) -> tuple[str, int]:
    host, _, port = word.rpartition(":")
    return host.strip("[]"), int(port)


def _is_network(word: str) -> bool:
    try:
        ip_network(word, strict=False)
    except ValueError:
        return False
    return True


def _is_literal(host: str) -> bool:
    return _is_network(host) and "/" not in host


def _literal(host: str) -> Address:
    return ip_address(host)
