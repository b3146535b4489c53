"""Policies: what headers and metas reserve."""

import pytest

from schemas.settings import POLICIES
from tasks.pure.http.content_signals import SIGNALS
from tasks.pure.http.reserved_rights import DIRECTIVES, RESERVED, of_headers, of_metas


@pytest.mark.parametrize(
    ("name", "value", "policies"),
    [
        ("X-Robots-Tag", "NoIndex, nofollow", ("noindex",)),
        ("X-Robots-Tag", "none", ("noindex",)),
        ("x-robots-tag", "newsdesk: noarchive", ("noarchive",)),
        ("X-Robots-Tag", "otherbot: noarchive, noindex", ()),
        ("X-Robots-Tag", "unavailable_after: 25 Jun 2027 15:00:00 PST, noai", ("noai",)),
        ("TDM-Reservation", "1", ("tdm-reservation",)),
        ("TDM-Reservation", "0", ()),
        ("X-Robots-Tag", "", ()),
        ("X-Robots-Tag", ":,::,", ()),
    ],
)
def test_a_header_reserves_for_everybody_or_for_us(name: str, value: str, policies: tuple[str, ...]) -> None:
    assert of_headers(((name, value),)) == policies


def test_metas_reserve_too_and_those_of_other_agents_do_not() -> None:
    metas = {"robots": ("noarchive, follow",), "otherbot": ("noindex",), "tdm-reservation": ("1",)}
    assert of_metas(metas) == ("noarchive", "tdm-reservation")
    assert of_metas({"newsdesk": ("noindex",)}) == ("noindex",)


def test_the_setting_knows_each_policy_that_can_be_found() -> None:
    assert set(POLICIES) == DIRECTIVES | {RESERVED} | {f"no-{use}" for use in SIGNALS}
