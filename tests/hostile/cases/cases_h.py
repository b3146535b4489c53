"""Section H of the hostile site: TLS.

Each host has a certificate of its own making, most below a CA that the run trusts, so that every verdict is
about the one thing that is wrong. Decided: a broken handshake is `timeout_read` where nothing comes and
`tls_error` else; garbage within TLS is `bad_http`; an end without close_notify cuts a body that has no
length, so it is `incomplete_body` (H03).
"""

import socket
import ssl
import tempfile
import threading
import warnings
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa

from tests.hostile.cases.cases_a import Check, dripping
from tests.hostile.world.certificates import Issued, authority, issue, rsa_authority, server, sha1_signed
from tests.hostile.world.good_publisher import HTML, article_html
from tests.hostile.world.harness import Case, CaseResult
from tests.support.sites.raw_site import NOT_FOUND, Behaviour, OnConnect, Visit, answer, redirect

NOT_RUN: Mapping[str, str] = {
    "H01-revoked": "revocation is asked for at the CA's own servers; there are none on loopback, and we ask none",
    "H02-dh512": "OpenSSL 3 serves no group below 1024 bits at any security level; 1024 bits stand for it",
    "H04-wildcard-good": "the hosts of cases have two labels, and no wildcard may stand for a registrable name",
}
DH_1024 = """-----BEGIN DH PARAMETERS-----
MIGHAoGBANqvixCIVUlHGSoin14o1jB00iYLPTJ2SS8I3FTjp/BY+B2Zrzz+Pa50
L9HgyFdepWNLt+yO6uXLwErUD3Yjv8jjFIyC2Jegl6KvdE741gUnc5e6Re/47kEx
BB9HSa0QSKHFzF+vWS/pPF/tW1TU7w/HrmJBbXRSnYwN09x3W4t3AgEC
-----END DH PARAMETERS-----
"""
ANY_STRENGTH = "@SECLEVEL=0"
PAGE = article_html(2)
WHOLE = answer(PAGE, HTML)


def refused(kind: str) -> Check:
    """The verdict names the fault, and not one request came through, with TLS or without."""

    def check(result: CaseResult) -> None:
        detail = result.details()["/page-feed"] or ""
        assert kind in detail.lower(), detail
        assert result.site.asked == []

    return check


def bad(id_: str, says: str, context: ssl.SSLContext, kind: str) -> Case:
    """A case of a server that must not be talked to: its robots.txt tells it already."""
    return Case(
        id=id_,
        says=f"{says}: tls_error, and no retry without",
        pages={"/page-feed": WHOLE},
        outcomes={"/page-feed": "tls_error"},
        feed="/page-feed",
        captures=0,
        tls=context,
        check=refused(kind),
        seconds=8.0,
    )


def good(id_: str, says: str, context: ssl.SSLContext, page: Behaviour = WHOLE, outcome: str = "loaded") -> Case:
    """A case of a server that may be talked to."""
    return Case(
        id=id_,
        says=says,
        pages={"/page": page},
        outcomes={"/page": outcome},
        feed=None,
        articles=("/page",),
        rows=int(outcome == "loaded"),
        tls=context,
    )


def trusted(name: str, **more: object) -> Issued:
    """A certificate below the CA that the run trusts."""
    return issue(name, authority(), **more)  # type: ignore[arg-type]  # passed on as they are


def weak(issued: Issued, ciphers: str, newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2) -> ssl.SSLContext:
    """A server that speaks no newer TLS than that, with these ciphers, however bad they are."""
    context = server(issued, ciphers=f"{ciphers}:{ANY_STRENGTH}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = newest
    return context


def weak_dh(name: str) -> ssl.SSLContext:
    """A server whose Diffie-Hellman group has 1024 bits."""
    issued = issue(name, rsa_authority(), key=rsa.generate_private_key(65537, 2048))
    context = weak(issued, "DHE-RSA-AES128-GCM-SHA256")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dh.pem"
        path.write_text(DH_1024)
        context.load_dh_params(str(path))
    return context


MIDDLE = issue("an intermediate ca", authority(), is_ca=True)
H01 = (
    good("H01", "has a good certificate: its page is loaded", server(trusted("h01.test"))),
    bad("H01-expired", "expired yesterday", server(trusted("h01-expired.test", days=(-9, -1))), "expired"),
    bad(
        "H01-future",
        "is not valid before next week",
        server(trusted("h01-future.test", days=(5, 30))),
        "not yet valid",
    ),
    bad("H01-self", "signed itself", server(issue("h01-self.test")), "self-signed"),
    bad(
        "H01-unknown",
        "has a CA that nobody trusts",
        server(issue("h01-unknown.test", issue("some other ca", is_ca=True))),
        "unable to get local issuer",
    ),
    bad("H01-host", "is of another host", server(trusted("another.test")), "hostname mismatch"),
    bad(
        "H01-middle",
        "leaves out its intermediate",
        server(issue("h01-middle.test", MIDDLE)),
        "unable to get local issuer",
    ),
    good(
        "H01-chain", "shows its intermediate: its page is loaded", server(issue("h01-chain.test", MIDDLE), [MIDDLE])
    ),
)
H02 = (
    bad("H02-tls10", "speaks TLS 1.0 only", weak(trusted("h02-tls10.test"), "ALL", ssl.TLSVersion.TLSv1), "version"),
    bad(
        "H02-tls11", "speaks TLS 1.1 only", weak(trusted("h02-tls11.test"), "ALL", ssl.TLSVersion.TLSv1_1), "version"
    ),
    bad("H02-null", "offers no encryption", weak(trusted("h02-null.test"), "eNULL"), "handshake failure"),
    bad("H02-sha1", "has a certificate signed over SHA-1", weak(sha1_signed("h02-sha1.test"), "ALL"), "too weak"),
    bad("H02-dh1024", "has a DH group of 1024 bits", weak_dh("h02-dh1024.test"), "dh key too small"),
)


def stall(connection: socket.socket, closing: threading.Event) -> None:
    """Takes the client's hello and says nothing."""
    connection.recv(65536)
    closing.wait(30)


def drip_hello(connection: socket.socket, closing: threading.Event) -> None:
    """Announces a long record and sends it a byte at a time."""
    connection.sendall(b"\x16\x03\x03\x20\x00")
    while not closing.wait(0.2):
        connection.sendall(b"\x02")


def speak_plainly(connection: socket.socket, _closing: threading.Event) -> None:
    """HTTP where TLS is asked for."""
    connection.recv(65536)
    connection.sendall(WHOLE)


def hang_up(connection: socket.socket, _closing: threading.Event) -> None:
    """Takes the client's hello and closes."""
    connection.recv(65536)


def choosing(cipher: bytes) -> OnConnect:
    """A server that settles on that cipher, offered or not, in a hello written by hand: OpenSSL 3 has neither RC4
    nor export ciphers any more."""
    hello = b"\x03\x03" + bytes(32) + b"\x00" + cipher + b"\x00"
    message = b"\x02" + len(hello).to_bytes(3) + hello

    def speak(connection: socket.socket, closing: threading.Event) -> None:
        connection.recv(65536)
        connection.sendall(b"\x16\x03\x03" + len(message).to_bytes(2) + message)
        connection.recv(65536)
        closing.wait(0.1)

    return speak


def broken(id_: str, says: str, behaviour: OnConnect, reasons: str | frozenset[str]) -> Case:
    """A case of a handshake that comes to nothing."""
    return Case(
        id=id_, says=says, outcomes={"/feed": reasons}, captures=0, on_connect=behaviour, is_https=True, seconds=6.0
    )


def cut_off(visit: Visit) -> None:
    """A body without a length that ends without close_notify."""
    visit.send(b"HTTP/1.1 200 OK\r\n" + HTML.encode() + b"\r\n\r\n" + PAGE)


CHOSEN = (
    broken("H02-rc4", "settles on RC4: tls_error", choosing(b"\x00\x05"), "tls_error"),
    broken("H02-export", "settles on an export cipher: tls_error", choosing(b"\x00\x03"), "tls_error"),
)
UNREACHABLE = "robots_unreachable"
"""What a host's other URLs get when its robots.txt met a timeout."""
H03 = (
    broken("H03-stall", "stalls the handshake: in time", stall, UNREACHABLE),
    broken("H03-drip", "drips the handshake: in time", drip_hello, UNREACHABLE),
    broken("H03-plain", "speaks plain HTTP at 443: tls_error", speak_plainly, "tls_error"),
    broken("H03-close", "closes within the handshake: tls_error", hang_up, "tls_error"),
    good(
        "H03-garbage",
        "speaks garbage within TLS: bad_http",
        server(trusted("h03-garbage.test")),
        b"\x16\x03\x01junk",
        "bad_http",
    ),
    good(
        "H03-abrupt",
        "ends a body without close_notify: incomplete_body",
        server(trusted("h03-abrupt.test")),
        cut_off,
        "incomplete_body",
    ),
    good(
        "H03-slow",
        "drips a body within TLS: timeout_total",
        server(trusted("h03-slow.test")),
        dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        "timeout_total",
    ),
)
SANS = [*(f"n{number}.test" for number in range(1000)), "h04-sans.test"]
H04 = (
    bad("H04-tld", "has a wildcard over a whole domain", server(trusted("w", names=["*.test"])), "hostname mismatch"),
    bad(
        "H04-partial", "has a wildcard within a label", server(trusted("w", names=["h04*.test"])), "hostname mismatch"
    ),
    bad(
        "H04-deep",
        "has a wildcard below its name",
        server(trusted("w", names=["*.h04-deep.test"])),
        "hostname mismatch",
    ),
    bad("H04-ip", "has a certificate of its address", server(trusted("w", names=["127.0.0.1"])), "hostname mismatch"),
    bad(
        "H04-cn",
        "has its name in the subject only",
        server(trusted("h04-cn.test", names=["another.test"])),
        "hostname mismatch",
    ),
    good("H04-sans", "has 1,001 names, the last its own: its page is loaded", server(trusted("w", names=SANS))),
    bad(
        "H04-chain",
        "shows a chain of 200 KB",
        server(trusted("h04-chain.test"), [trusted("fat", padding_bytes=65_000) for _ in range(3)]),
        "excessive message size",
    ),
)


def in_both(context: ssl.SSLContext) -> OnConnect:
    """A site in plain whose page leads to the same host by TLS; both at one port, told apart by the first byte."""
    feed = (
        b'<rss version="2.0"><channel><title>t</title><item><link>http://h05.test/page</link></item></channel></rss>'
    )
    told = {b"/feed": answer(feed, "Content-Type: application/rss+xml"), b"/page": redirect("https://h05.test/page")}

    def speak(connection: socket.socket, _closing: threading.Event) -> None:
        if connection.recv(1, socket.MSG_PEEK) == b"\x16":
            context.wrap_socket(connection, server_side=True).close()
            return
        connection.sendall(told.get(connection.recv(65536).split(b" ")[1], NOT_FOUND))

    return speak


def no_way_back(result: CaseResult) -> None:
    """The page was asked for in plain once, and by TLS not at all."""
    asked = [
        row["url"] for row in result.ask(f"FROM ops.requests WHERE run_id = '{result.run_id}' AND kind = 'article'")
    ]
    assert "http://h05.test/page" in asked


H05 = (
    Case(
        id="H05",
        says="leads from http to https with a bad certificate: tls_error, and no way back to http",
        outcomes={"/feed": "ok", "/page": "tls_error"},
        on_connect=in_both(server(issue("h05.test"))),
        check=no_way_back,
    ),
)
CASES: tuple[Case, ...] = (*H01, *H02, *CHOSEN, *H03, *H04, *H05)
