"""DNS and names (C02 to C11, C16): the address that is judged is the one that is connected, hop by hop.

Each test keeps an inner server at 127.0.0.2, at the very port that the site is asked at, and proves that
nobody came.
"""

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from schemas.items.outcome import Reason
from tasks.web.client import AddressPolicy, Web
from tests.hostile.world import certificates
from tests.support.sites.raw_site import AGENT, Behaviour, RawSite, Visit, answer, fetch, redirect

INNER = "127.0.0.2"
SITE = "127.0.0.1"
PAGE = answer(b"<html>page</html>")


class Inner(NamedTuple):
    """A site, and the inner server at the same port."""

    site: RawSite
    port: int
    canary: socket.socket

    def web(self, resolver: Callable[[str, int], list[str]]) -> Web:
        """A web in which names are answered by the resolver and the site's address is let through."""
        return Web(replace(AddressPolicy.from_settings(self.site.settings()), resolver=resolver), AGENT)

    def is_untouched(self) -> bool:
        """Whether nobody has connected inside."""
        self.canary.setblocking(False)
        try:
            self.canary.accept()[0].close()
        except BlockingIOError:
            return True
        return False


@contextmanager
def inner(pages: dict[str, Behaviour]) -> Iterator[Inner]:
    """A site with these pages, and the canary beside it."""
    with RawSite(pages) as site:
        port = int(site.address.partition(":")[2])
        with socket.create_server((INNER, port)) as canary:
            yield Inner(site, port, canary)


def in_turn(*answers: Sequence[str]) -> Callable[[str, int], list[str]]:
    """Answers in this order, the last for ever: a TTL of 0."""
    left = iter(answers)
    return lambda _host, _port: list(next(left, answers[-1]))


def test_the_canary_would_notice_a_visit() -> None:
    with inner({}) as world:
        socket.create_connection((INNER, world.port)).close()
        assert not world.is_untouched()


@pytest.mark.parametrize("addresses", [[SITE, INNER], [INNER, SITE], [INNER, SITE, "::1"]])
def test_c05_of_a_mixed_answer_only_the_vetted_address_is_connected(addresses: list[str]) -> None:
    with inner({"*": PAGE}) as world:
        reasons = {fetch(world.web(in_turn(addresses)), f"http://mixed.test:{world.port}/").reason for _ in range(5)}
        assert (reasons, world.is_untouched()) == ({Reason.OK}, True)


@pytest.mark.parametrize(
    "addresses", [[INNER], [INNER, "::1"], ["169.254.169.254"], ["fd00:ec2::254"], ["::ffff:127.0.0.2"], ["10.0.0.1"]]
)
@pytest.mark.parametrize("name", ["localhost", "metadata.google.internal", "plain.test"])
def test_c03_a_name_that_leads_inside_is_blocked(name: str, addresses: list[str]) -> None:
    with inner({"/a": PAGE}) as world:
        world.site.pages["/a"] = redirect(f"http://{name}:{world.port}/")
        names = {"out.test": [SITE], name: addresses}
        exchange = fetch(world.web(lambda host, _port: names[host]), f"http://out.test:{world.port}/a")
        assert (exchange.reason, len(exchange.hops), world.is_untouched()) == (Reason.BLOCKED_ADDRESS, 1, True)


def test_c02_localhost_as_the_system_resolves_it_is_blocked() -> None:
    with inner({}) as world, RawSite({"*": answer(b"secret")}) as other:
        port = other.address.partition(":")[2]
        world.site.pages["/a"] = redirect(f"http://localhost:{port}/")
        exchange = fetch(world.site.web("out.test"), "http://out.test/a")
        assert (exchange.reason, other.connections) == (Reason.BLOCKED_ADDRESS, 0)


def test_c06_a_name_that_flips_between_two_fetches_is_judged_again() -> None:
    with inner({"*": PAGE}) as world:
        web = world.web(in_turn([SITE], [INNER]))
        reasons = [fetch(web, f"http://flips.test:{world.port}/").reason for _ in range(3)]
        assert (reasons, world.is_untouched()) == ([Reason.OK, Reason.BLOCKED_ADDRESS, Reason.BLOCKED_ADDRESS], True)


def test_c06_a_name_that_flips_between_two_redirects_is_judged_again() -> None:
    with inner({"/a": redirect("/b"), "/b": PAGE}) as world:
        exchange = fetch(world.web(in_turn([SITE], [INNER])), f"http://flips.test:{world.port}/a")
        assert (exchange.reason, exchange.final_url, world.is_untouched()) == (
            Reason.BLOCKED_ADDRESS,
            f"http://flips.test:{world.port}/b",
            True,
        )


def test_c06_one_fetch_resolves_once_and_connects_what_it_vetted() -> None:
    asked = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [SITE] if len(asked) == 1 else [INNER]

    with inner({"*": PAGE}) as world:
        assert fetch(world.web(resolve), f"http://once.test:{world.port}/").reason is Reason.OK
        assert (asked, world.is_untouched()) == (["once.test"], True)


@pytest.mark.parametrize(
    ("spelled", "host"),
    [
        ("good.test", "good.test"),
        ("GOOD.test", "good.test"),
        ("good.test.", "good.test."),
        ("g\u043e\u043ed.test", "xn--gd-fmca.test"),
        ("xn--gd-fmca.test", "xn--gd-fmca.test"),
        ("bücher.test", "xn--bcher-kva.test"),
        ("\uff47\uff4f\uff4f\uff44.test", "good.test"),
        ("evil.test#@good.test", "evil.test"),
        ("evil.test?@good.test", "evil.test"),
        ("good.test@evil.test", "evil.test"),
        ("good.test\\@evil.test", "good.test"),
        ("go\tod.test", "good.test"),
        ("go%6fd.test", "good.test"),
    ],
)
def test_c09_the_host_that_is_resolved_is_the_host_that_is_asked(spelled: str, host: str) -> None:
    resolved, named = [], []

    def resolve(name: str, _port: int) -> list[str]:
        resolved.append(name)
        return [SITE]

    def note(visit: Visit) -> None:
        named.append(visit.host)
        visit.send(PAGE)

    with inner({"*": note}) as world:
        exchange = fetch(world.web(resolve), f"http://{with_port(spelled, world.port)}/")
        assert (exchange.reason, resolved, named) == (Reason.OK, [host], [f"{host}:{world.port}"]), exchange.detail


def with_port(spelled: str, port: int) -> str:
    """The port behind the part of the text that is the host by WHATWG's reading."""
    for mark in "#?\\":
        if mark in spelled:
            return spelled.replace(mark, f":{port}{mark}", 1)
    return f"{spelled}:{port}"


@pytest.mark.parametrize("host", ["good%2f.test", "good test", "good<.test", "[::1", "1.2.3.4.5", "good.test:99999"])
def test_c09_what_is_no_host_is_asked_of_nobody(host: str) -> None:
    with inner({"/a": redirect(f"http://{host}/")}) as world:
        exchange = fetch(world.site.web("out.test"), "http://out.test/a")
        assert (exchange.reason, world.is_untouched()) == (Reason.BAD_HTTP, True)


def test_c11_a_redirect_to_another_domain_carries_neither_cookie_nor_password() -> None:
    seen = []

    def note(visit: Visit) -> None:
        seen.append(visit.request.lower())
        visit.send(PAGE)

    start = b"HTTP/1.1 302 Found\r\nSet-Cookie: id=1; Domain=test\r\nLocation: http://user:word@two.test/b\r\n\r\n"
    with RawSite({"one.test/a": start, "two.test/b": note}) as site:
        web = site.web("one.test", "two.test")
        exchange = fetch(web, "http://one.test/a", Authorization="Basic x", Cookie="id=1")
    assert (exchange.reason, exchange.final_url) == (Reason.OK, "http://two.test/b")
    assert (b"cookie" in seen[0], b"authorization" in seen[0], b"word" in seen[0]) == (False, False, False)


def test_c11_a_redirect_from_https_to_http_is_followed_and_stays_to_be_seen(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(certificates.ca_pem())
    context = certificates.server(certificates.issue("one.test", certificates.authority()))
    with RawSite({"*": redirect("http://two.test/b")}, context=context) as sealed, RawSite({"*": PAGE}) as plain:
        settings = sealed.settings("one.test")
        hosts = (*settings.hosts, f"two.test={plain.address}")
        allowed = (*settings.allow_addresses, plain.address)
        policy = AddressPolicy.from_settings(settings.model_copy(update={"hosts": hosts, "allow_addresses": allowed}))
        exchange = fetch(Web(policy, AGENT, ca_file=str(tmp_path / "ca.pem")), "https://one.test/a")
    assert (exchange.reason, exchange.final_url) == (Reason.OK, "http://two.test/b"), exchange.detail
    assert [(hop.url, hop.status) for hop in exchange.hops] == [("https://one.test/a", 302)]


def test_c16_passwords_of_netrc_and_proxies_of_the_environment_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine one.test login user password word\ndefault login user password word\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    seen = []

    def note(visit: Visit) -> None:
        seen.append(visit.request.lower())
        visit.send(PAGE)

    with RawSite({"*": PAGE}) as proxy, RawSite({"*": note}) as site:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://{proxy.address}")
        assert fetch(site.web("one.test"), "http://one.test/").reason is Reason.OK
    assert (b"authorization" in seen[0], proxy.connections) == (False, 0)


def test_c16_a_proxy_that_is_named_passes_the_guard_too() -> None:
    with socket.create_server((INNER, 0)) as canary:
        port = canary.getsockname()[1]
        exchange = fetch(Web(AddressPolicy(), AGENT, proxy=f"http://{INNER}:{port}"), "http://far.test/")
        canary.setblocking(False)
        with pytest.raises(BlockingIOError):
            canary.accept()
    assert exchange.reason in (Reason.BLOCKED_ADDRESS, Reason.BLOCKED_PORT)
