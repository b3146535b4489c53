"""The guard, resolving and connecting."""

import os
import socket
import threading
import time
from dataclasses import replace
from ipaddress import ip_address

import pytest

from schemas.items.outcome import Reason, Refusal
from schemas.settings import Settings
from tasks.pure.urls.normalise import sendable
from tasks.web.address_guard import Target, is_public
from tasks.web.client import AddressPolicy, Web
from tasks.web.connection import dial
from tests.support.sites.raw_site import LIMITS, RawSite, answer, fetch

PUBLIC = ["93.184.215.14", "1.1.1.1", "168.63.129.17", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00:1450::64"]
INNER = """
0.0.0.0 10.0.0.1 100.100.100.200 127.0.0.1 127.1.2.3 169.254.169.254 172.16.0.1 192.168.1.1 192.0.0.8 192.0.2.1
192.88.99.1 198.18.0.1 203.0.113.7 168.63.129.16 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1::
2001:0:1::1 2001:db8::1 fe80::1 fe80::1%lo fec0::1 fc00::1 fd00:ec2::254 ff02::1 3fff::1 4000::1
2606:4700::5efe:7f00:1 2606:4700::200:5efe:7f00:1
"""


@pytest.mark.parametrize("address", PUBLIC)
def test_the_open_internet_is_let_through(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", INNER.split())
def test_no_inner_or_embedding_address_is_let_through(address: str) -> None:
    assert not is_public(ip_address(address))


SPELLINGS = """
http://127.0.0.1/ http://127.1/ http://0/ http://0x7f000001/ http://0177.1/ http://2130706433/ http://[::]/
http://[::ffff:7f00:1]/ http://①②⑦.⓪.⓪.①/ http://%31%32%37.0.0.1/ http://127。0。0。1/ http://user@127.0.0.1/
http:127.0.0.1 http:/127.0.0.1/ http:\\\\127.0.0.1\\ http://127.0.0.1./ https://[64:ff9b::a9fe:a9fe]/x
http://169.254.169.254/latest http://0xa9.0xfe.0xa9.0xfe/ http://1.1.1.1:80@127.0.0.1/
"""


@pytest.mark.parametrize("url", SPELLINGS.split())
def test_every_spelling_of_an_inner_address_is_blocked_before_a_turn(url: str) -> None:
    spelled = sendable(url)
    assert isinstance(spelled, str)
    refusal = AddressPolicy().refuses(spelled)
    assert refusal is not None
    assert refusal.reason is Reason.BLOCKED_ADDRESS


def policy(allow: str = "", **answers: list[str]) -> AddressPolicy:
    """A policy whose names are resolved from the table; underscores stand for dots."""
    table = {name.replace("_", "."): found for name, found in answers.items()}
    settings = Settings.model_validate({"allow_addresses": allow, "contact": "desk@harbour.example"})
    return replace(AddressPolicy.from_settings(settings), resolver=lambda host, _port: table.get(host, []))


def test_of_a_mixed_answer_only_vetted_addresses_are_used() -> None:
    mixed = policy(a_test=["127.0.0.2", "93.184.215.14", "::1"])
    assert mixed.vetted("a.test", 80, 1) == (Target(ip_address("93.184.215.14"), 80),)


@pytest.mark.parametrize(
    ("allow", "host", "port", "reason"),
    [
        ("", "in.test", 80, Reason.BLOCKED_ADDRESS),
        ("", "in.test", 22, Reason.BLOCKED_ADDRESS),
        ("", "out.test", 22, Reason.BLOCKED_PORT),
        ("", "none.test", 80, Reason.DNS_ERROR),
        ("", "none.test", 22, Reason.BLOCKED_PORT),
        ("10.0.0.0/8", "in.test", 80, None),
        ("10.0.0.0/8", "in.test", 8080, Reason.BLOCKED_PORT),
        ("10.0.0.5:8080", "in.test", 8080, None),
        ("10.0.0.5:8080", "in.test", 80, Reason.BLOCKED_ADDRESS),
        ("10.0.0.5:8080", "out.test", 8080, Reason.BLOCKED_PORT),
        ("in.test:8080", "in.test", 8080, None),
        ("[fd00::5]:8080", "six.test", 8080, None),
    ],
)
def test_what_the_allow_list_lets_through(allow: str, host: str, port: int, reason: Reason | None) -> None:
    asked = policy(allow, in_test=["10.0.0.5"], out_test=["93.184.215.14"], six_test=["fd00::5"])
    verdict = asked.vetted(host, port, 1)
    assert (verdict.reason if isinstance(verdict, Refusal) else None) is reason


def test_an_address_is_judged_when_it_is_connected_not_before() -> None:
    """DNS rebinding: whatever a name said first, the answer that is connected is the one that is judged."""
    with RawSite({"*": answer(b"secret")}, address="127.0.0.2") as canary, RawSite({"*": answer(b"page")}) as site:
        answers = iter([["127.0.0.1"], ["127.0.0.2"]])
        settings = site.settings()
        flips = replace(AddressPolicy.from_settings(settings), resolver=lambda _host, _port: next(answers))
        web = Web(flips, "newsdesk")
        port = site.address.partition(":")[2]
        reasons = [fetch(web, f"http://flip.test:{port}/").reason for _ in range(2)]
        assert (reasons, canary.connections) == ([Reason.OK, Reason.BLOCKED_ADDRESS], 0)


@pytest.mark.parametrize("host", ["a" * 70 + ".test", "nosuch.invalid"])
def test_a_name_that_does_not_resolve_is_a_dns_error(host: str) -> None:
    assert fetch(Web(AddressPolicy(), "newsdesk"), f"http://{host}/").reason is Reason.DNS_ERROR


def test_slow_dns_ends_with_the_budget_for_connecting() -> None:
    released = threading.Event()

    def slow(_host: str, _port: int) -> list[str]:
        released.wait(10)
        return []

    started = time.monotonic()
    exchange = fetch(Web(AddressPolicy(resolver=slow), "newsdesk"), "http://slow.test/")
    released.set()
    assert exchange.reason is Reason.DNS_ERROR
    assert time.monotonic() - started < LIMITS.connect_timeout_s + 0.3


def test_a_refused_connection_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"127.0.0.1:{closed.getsockname()[1]}"
    web = Web(policy(address), "newsdesk")
    exchange = fetch(web, f"http://{address}/")
    assert (exchange.reason, exchange.elapsed_s < 0.3) == (Reason.TIMEOUT_CONNECT, True)


def full_backlog() -> tuple[socket.socket, list[socket.socket]]:
    """A listening socket that drops further SYNs, and the connections that fill it."""
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(0)
    fillers = []
    for _ in range(4):
        filler = socket.socket()
        filler.setblocking(False)
        filler.connect_ex(server.getsockname())
        fillers.append(filler)
    return server, fillers


def test_a_connection_that_nobody_accepts_ends_with_the_budget() -> None:
    server, fillers = full_backlog()
    address = f"127.0.0.1:{server.getsockname()[1]}"
    exchange = fetch(Web(policy(address), "newsdesk"), f"http://{address}/")
    for opened in [server, *fillers]:
        opened.close()
    assert (exchange.reason, exchange.elapsed_s < LIMITS.connect_timeout_s + 0.3) == (Reason.TIMEOUT_CONNECT, True)


def test_an_address_that_hangs_does_not_keep_the_next_from_answering() -> None:
    server, fillers = full_backlog()
    with RawSite({"*": answer(b"")}) as site:
        hanging, refused = server.getsockname()[1], 1
        answering = int(site.address.partition(":")[2])
        targets = [Target(ip_address("127.0.0.1"), port) for port in (hanging, refused, answering)]
        before = len(os.listdir("/proc/self/fd"))
        started = time.monotonic()
        dial(targets, started + 2).close()
        assert time.monotonic() - started < 1
        assert len(os.listdir("/proc/self/fd")) <= before + 1
    for opened in [server, *fillers]:
        opened.close()


def test_when_every_address_refuses_the_last_fault_is_raised() -> None:
    with pytest.raises(ConnectionRefusedError):
        dial([Target(ip_address("127.0.0.1"), 1), Target(ip_address("::1"), 1)], time.monotonic() + 2)
