"""Certificates made as the tests start: a CA that the runs trust, and servers good and bad below it."""

import ssl
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
SHA256_RSA = bytes.fromhex("06092a864886f70d01010b")
SHA1_RSA = bytes.fromhex("06092a864886f70d010105")
"""Object identifiers of the two kinds of signature, of equal length."""


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key = field(repr=False)

    @property
    def pem(self) -> bytes:
        """The certificate alone."""
        return self.certificate.public_bytes(Encoding.PEM)


def issue(
    name: str,
    issuer: Issued | None = None,
    names: Sequence[str] = (),
    days: tuple[int, int] = (-1, 30),
    is_ca: bool = False,
    key: Key | None = None,
    padding_bytes: int = 0,
) -> Issued:
    """A certificate by the issuer (None: self-signed), valid from and to so many days from now. Server names
    default to `name`; `padding_bytes` swell it."""
    own = key or ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(issuer.certificate.subject if issuer else _named(name))
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + days[0] * DAY)
        .not_valid_after(NOW + days[1] * DAY)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    )
    if not is_ca:
        alternatives = x509.SubjectAlternativeName([_general(each) for each in names or (name,)])
        builder = builder.add_extension(alternatives, critical=False)
    if padding_bytes:
        oid = x509.ObjectIdentifier("1.3.6.1.4.1.55555.1")
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, b"\x04" * padding_bytes), critical=False)
    return Issued(builder.sign(issuer.key if issuer else own, hashes.SHA256()), own)


@cache
def authority() -> Issued:
    """The CA that the runs trust."""
    return issue("the trusted ca", is_ca=True)


@cache
def rsa_authority() -> Issued:
    """Another, whose signatures are RSA's."""
    return issue("the trusted rsa ca", is_ca=True, key=rsa.generate_private_key(65537, 2048))


def ca_pem() -> bytes:
    """The certificates of both."""
    return authority().pem + rsa_authority().pem


def sha1_signed(name: str) -> Issued:
    """A certificate whose signature is over SHA-1, which the library no longer makes: the signed part is
    respelled and signed by hand."""
    ca = rsa_authority()
    assert isinstance(ca.key, rsa.RSAPrivateKey)
    issued = issue(name, ca)
    signed = issued.certificate.tbs_certificate_bytes.replace(SHA256_RSA, SHA1_RSA)
    der = issued.certificate.public_bytes(Encoding.DER).replace(SHA256_RSA, SHA1_RSA)
    der = der[: -len(issued.certificate.signature)] + ca.key.sign(signed, padding.PKCS1v15(), hashes.SHA1())
    return Issued(x509.load_der_x509_certificate(der), issued.key)


def server(issued: Issued, chain: Sequence[Issued] = (), ciphers: str = "") -> ssl.SSLContext:
    """The context of a server that shows the certificate and the chain; `ciphers` in OpenSSL's words."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if ciphers:
        context.set_ciphers(ciphers)
    key = issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "server.pem"
        path.write_bytes(key + issued.pem + b"".join(each.pem for each in chain))
        context.load_cert_chain(path)
    return context


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _general(name: str) -> x509.GeneralName:
    return x509.IPAddress(ip_address(name)) if name[:1].isdigit() else x509.DNSName(name)
