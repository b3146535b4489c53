"""TLS: verified, and never tried without."""

import datetime
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from schemas.errors import SettingsError
from schemas.items.outcome import Reason
from tasks.web.client import AddressPolicy, Web
from tests.support.sites.raw_site import Behaviour, OnConnect, RawSite, Visit, answer, fetch

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)
KEY = ec.generate_private_key(ec.SECP256R1())
CA_KEY = ec.generate_private_key(ec.SECP256R1())


def named(name: str) -> x509.Name:
    """A distinguished name of that common name."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(host: str, start: int = -1, end: int = 30, is_self_signed: bool = False) -> x509.Certificate:
    """A certificate for the host, valid from `start` to `end` days from now, signed by our CA."""
    return (
        x509.CertificateBuilder()
        .subject_name(named(host))
        .issuer_name(named(host if is_self_signed else "our ca"))
        .public_key(KEY.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + start * DAY)
        .not_valid_after(NOW + end * DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(KEY if is_self_signed else CA_KEY, hashes.SHA256())
    )


@pytest.fixture(scope="module")
def ca_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our CA."""
    ca = (
        x509.CertificateBuilder()
        .subject_name(named("our ca"))
        .issuer_name(named("our ca"))
        .public_key(CA_KEY.public_key())
        .serial_number(1)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + 30 * DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(CA_KEY, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    path.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    return path


def context_of(certified: x509.Certificate, folder: Path) -> ssl.SSLContext:
    """A server's context."""
    path = folder / "server.pem"
    key = KEY.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(key + certified.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@pytest.mark.parametrize(
    ("certified", "kind"),
    [
        (certificate("one.test", is_self_signed=True), "self-signed"),
        (certificate("one.test", start=-9, end=-1), "expired"),
        (certificate("one.test", start=5), "not yet valid"),
        (certificate("two.test"), "hostname mismatch"),
    ],
    ids=["self-signed", "expired", "not yet valid", "wrong host"],
)
def test_a_bad_certificate_is_a_tls_error_and_nothing_is_asked(
    certified: x509.Certificate, kind: str, ca_file: Path, tmp_path: Path
) -> None:
    with RawSite({"*": answer(b"page")}, context=context_of(certified, tmp_path)) as site:
        exchange = fetch(site.web("one.test", ca_file=str(ca_file)), "https://one.test/")
    assert (exchange.reason, kind in (exchange.detail or "")) == (Reason.TLS_ERROR, True), exchange.detail
    assert (site.asked, site.connections) == ([], 1)


def test_an_unknown_ca_is_a_tls_error(tmp_path: Path) -> None:
    with RawSite({"*": answer(b"page")}, context=context_of(certificate("one.test"), tmp_path)) as site:
        exchange = fetch(site.web("one.test"), "https://one.test/")
    assert (exchange.reason, exchange.detail) == (Reason.TLS_ERROR, "unable to get local issuer certificate")


def test_a_file_without_cas_is_an_error_of_the_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot read CAs from"):
        Web(AddressPolicy(), "newsdesk", ca_file=str(tmp_path / "none.pem"))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[RawSite]:
    """A site with a good certificate."""

    def cut(visit: Visit) -> None:
        visit.send(b"HTTP/1.1 200 OK\r\n\r\nhalf a pa")

    def drip(visit: Visit) -> None:
        visit.send(b"HTTP/1.1 200 OK\r\n\r\n")
        visit.drip(b"x")

    pages: dict[str, Behaviour] = {
        "/page": answer(b"page"),
        "/cut": cut,
        "/drip": drip,
        "/hold": Visit.hold,
        "/garbage": b"\x16\x03garbage",
    }
    with RawSite(pages, context=context_of(certificate("one.test"), tmp_path)) as raw:
        yield raw


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/page", Reason.OK),
        ("/cut", Reason.INCOMPLETE_BODY),
        ("/drip", Reason.TIMEOUT_TOTAL),
        ("/hold", Reason.TIMEOUT_READ),
        ("/garbage", Reason.BAD_HTTP),
    ],
)
def test_over_tls_the_same_outcomes_hold(site: RawSite, ca_file: Path, path: str, reason: Reason) -> None:
    assert fetch(site.web("one.test", ca_file=str(ca_file)), f"https://one.test{path}").reason is reason


def stall(connection: socket.socket, closing: threading.Event) -> None:
    """Takes the client's hello and says nothing."""
    connection.recv(65536)
    closing.wait(5)


def drip_hello(connection: socket.socket, closing: threading.Event) -> None:
    """Announces a long handshake record and sends it a byte at a time."""
    connection.sendall(b"\x16\x03\x03\x20\x00")
    while not closing.wait(0.1):
        connection.sendall(b"\x02")


def hang_up(connection: socket.socket, _closing: threading.Event) -> None:
    """Takes the client's hello and closes."""
    connection.recv(65536)


def speak_plainly(connection: socket.socket, _closing: threading.Event) -> None:
    """HTTP where TLS is asked for."""
    connection.recv(65536)
    connection.sendall(answer(b"page"))


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (stall, Reason.TIMEOUT_READ),
        (drip_hello, Reason.TIMEOUT_READ),
        (hang_up, Reason.TLS_ERROR),
        (speak_plainly, Reason.TLS_ERROR),
    ],
)
def test_a_handshake_that_fails_ends_in_time(behaviour: OnConnect, reason: Reason) -> None:
    with RawSite({}, on_connect=behaviour) as site:
        exchange = fetch(site.web("one.test"), "https://one.test/")
    assert (exchange.reason, site.connections, exchange.elapsed_s < 1.5) == (reason, 1, True), exchange.detail


def test_a_proxy_carries_tls_to_the_host_itself(ca_file: Path, tmp_path: Path) -> None:
    asked = []

    def tunnel(connection: socket.socket, _closing: threading.Event) -> None:
        asked.append(connection.recv(65536).split(b"\r\n")[0])
        connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        with context_of(certificate("far.test"), tmp_path).wrap_socket(connection, server_side=True) as inner:
            asked.append(inner.recv(65536).split(b"\r\n")[0])
            inner.sendall(answer(b"page"))

    with RawSite({}, on_connect=tunnel) as proxy:
        policy = AddressPolicy.from_settings(proxy.settings())
        web = Web(policy, "newsdesk", f"http://{proxy.address}", str(ca_file))
        exchange = fetch(web, "https://far.test/page")
    assert (exchange.reason, exchange.body) == (Reason.OK, b"page"), exchange.detail
    assert asked == [b"CONNECT far.test:443 HTTP/1.0", b"GET /page HTTP/1.1"]
