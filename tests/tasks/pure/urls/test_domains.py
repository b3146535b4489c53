"""Domains: host, origin, registrable domain and endpoint of a URL."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.pure.urls.domains import endpoint, host_of, origin_of, registrable_domain
from tasks.pure.urls.normalise import sendable


@pytest.mark.parametrize(
    ("url", "host", "domain"),
    [
        ("https://www.bbc.co.uk/news", "www.bbc.co.uk", "bbc.co.uk"),
        ("https://a.b.example.:8443/", "a.b.example.:8443", "b.example"),
        ("http://one.github.io/", "one.github.io", "one.github.io"),
        ("http://localhost:8000/", "localhost:8000", "localhost"),
        ("http://co.uk/", "co.uk", "co.uk"),
        ("http://127.0.0.1:8000/", "127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://[::1]:8000/", "[::1]:8000", "[::1]:8000"),
        ("https://one.example:443/", "one.example", "one.example"),
    ],
)
def test_host_and_registrable_domain(url: str, host: str, domain: str) -> None:
    assert (host_of(url), registrable_domain(url)) == (host, domain)


def test_the_origin_is_scheme_host_and_port() -> None:
    assert origin_of("http://one.example:8000/a") == "http://one.example:8000"


@given(st.sampled_from(["http://good@evil.example/", "http://evil.example#@good/", "http://good.example\\@evil/"]))
def test_the_host_that_is_checked_is_the_host_that_libraries_ask(url: str) -> None:
    sent = sendable(url)
    assert isinstance(sent, str)
    assert urlsplit(sent).hostname == endpoint(sent).host
