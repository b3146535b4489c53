"""Reads which uses of a page its publisher forbids, in headers and metas (docs/explanation/hostile-web.md D21)."""

from collections.abc import Iterable, Mapping

from schemas.items.reservation import Reservation
from tasks.pure.http.headers import Headers

AGENT = "newsdesk"
"""Our product token, by which robots.txt and these headers address us."""
DIRECTIVES = frozenset({"noindex", "noarchive", "nosnippet", "noai"})
NONE = "none"
"""Google's short form of noindex and nofollow."""
RESERVED = "tdm-reservation"
"""Text and data mining is reserved where its value is 1 (TDM Reservation Protocol, W3C community group)."""


def of_headers(headers: Headers, agent: str = AGENT) -> tuple[str, ...]:
    """The directives of `X-Robots-Tag` and `tdm-reservation` for every crawler, or for the product token `agent`;
    sorted."""
    named = [(name.lower(), value) for name, value in headers]
    words = [word for name, value in named if name == "x-robots-tag" for word in _addressed(value, agent)]
    return _sorted(words, [value for name, value in named if name == RESERVED])


def joined(headers: Headers, reserved: Iterable[Reservation]) -> tuple[str, ...]:
    """What the headers of an answer and files of its host reserve; sorted."""
    return tuple(sorted({*of_headers(headers), *(each.policy for each in reserved)}))


def of_metas(metas: Mapping[str, tuple[str, ...]], agent: str = AGENT) -> tuple[str, ...]:
    """The directives of a page's metas, by name: `robots`, `agent` and `tdm-reservation`; sorted."""
    values = [*metas.get("robots", ()), *metas.get(agent, ())]
    words = [word for value in values for word in value.split(",")]
    words += [word for value in metas.get("x-robots-tag", ()) for word in _addressed(value, agent)]
    return _sorted(words, metas.get(RESERVED, ()))


def _addressed(value: str, agent: str) -> list[str]:
    """The directives of one header field; none where it addresses another crawler (`otherbot: noindex`)."""
    name, colon, rest = value.partition(":")
    if not colon or "," in name or name.strip().lower() == "unavailable_after":
        return value.split(",")
    return rest.split(",") if name.strip().lower() == agent else []


def _sorted(words: Iterable[str], reservations: Iterable[str]) -> tuple[str, ...]:
    said = {word.strip().lower() for word in words}
    found = said & DIRECTIVES | ({"noindex"} if NONE in said else set())
    return tuple(sorted(found | ({RESERVED} if any(value.strip() == "1" for value in reservations) else set())))
