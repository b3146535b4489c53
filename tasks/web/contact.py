"""Without an address at which publishers reach the operator, no publisher is asked."""

from collections.abc import Iterable
from ipaddress import ip_address

from schemas.errors import SettingsError
from schemas.items.outcome import Refusal
from schemas.settings import Settings
from tasks.pure.urls.domains import endpoint
from tasks.pure.urls.normalise import sendable
from tasks.web.address_guard import AddressPolicy, is_public

RESERVED = ("test", "example", "invalid", "localhost", "example.com", "example.net", "example.org")
"""Domains that no publisher can have (RFC 2606, RFC 6761)."""


def need_contact(settings: Settings, urls: Iterable[str]) -> None:
    """Raise `SettingsError` if a URL may be a publisher's and the settings say no contact. Names are not resolved:
    one that NEWSDESK_HOSTS or NEWSDESK_ALLOW_ADDRESSES does not answer counts as a publisher's."""
    if settings.contact:
        return
    policy = AddressPolicy.from_settings(settings)
    for url in urls:
        target = sendable(url)
        if not isinstance(target, Refusal) and _is_publishers(policy, target):
            raise SettingsError(
                f"NEWSDESK_CONTACT is not set, so {endpoint(target).host!r} is not asked: publishers must be able to "
                "reach you. Set an e-mail address or a URL of yours, as below or as `contact` in newsdesk.toml "
                "(`newsdesk init` makes one), then run again:\n"
                "  export NEWSDESK_CONTACT=…"
            )


def _is_publishers(policy: AddressPolicy, url: str) -> bool:
    end = endpoint(url)
    if end.host in policy.hosts:
        return is_public(policy.hosts[end.host].address)
    if end.is_literal:
        return is_public(ip_address(end.host))
    if (end.host, end.port) in policy.names:
        return False
    return not any(end.host == name or end.host.endswith(f".{name}") for name in RESERVED)
